"""Customers by whatever they are called: the UUID, the number of an older system, the label of another."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from cdm.errors import AmbiguousCustomer
from cdp.tenancy.context import require_tenant_id
from profiles.choices import ProfileStatus
from profiles.errors import ProfileNotFound
from profiles.models import CustomerEvent, Profile, ProfileIdentifier

_HELD_BY_SOURCE = """
    WITH RECURSIVE sources AS (
        (SELECT source FROM {identifiers} WHERE tenant_id = %(tenant)s ORDER BY source LIMIT 1)
        UNION ALL
        SELECT (SELECT source FROM {identifiers} i WHERE i.tenant_id = %(tenant)s AND i.source > s.source
                ORDER BY source LIMIT 1)
        FROM sources s WHERE s.source IS NOT NULL
    )
    SELECT source FROM sources WHERE source IS NOT NULL
"""


_Pair = tuple[str, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Found:
    """Whom references mean: customers or survivors, or several; who is in neither is unknown."""

    known: dict[str, uuid.UUID]
    ambiguous: set[str] = field(default_factory=set)


def customer_by(reference: str) -> uuid.UUID:
    """Return the id of the customer or survivor; raises ProfileNotFound, AmbiguousCustomer.

    A UUID is the customer's own id if it is anybody's. Anything else is looked up among the ids other systems
    know (``ProfileIdentifier``), the member id, and the number of older systems on events
    (``CustomerEvent.customer_id``), in this order.
    """
    found = customers_by([reference])
    if reference in found.ambiguous:
        raise AmbiguousCustomer
    if reference not in found.known:
        raise ProfileNotFound
    return found.known[reference]


def customers_by(references: Collection[str]) -> Found:
    """Return whom each of many references means, by the rules of ``customer_by``.

    The number of queries depends on how deep merges are, and not on how many references there are.
    """
    own = {reference: pk for reference in references if (pk := _uuid(reference)) is not None}
    known = survivors(own.values())
    found = Found({reference: known[pk] for reference, pk in own.items() if pk in known})
    left = set(references) - found.known.keys()
    for look_up in (_by_identifiers, _by_member_ids, _by_events):
        pairs = look_up(left) if left else set()
        ends = survivors({pk for _reference, pk in pairs})
        held: dict[str, set[uuid.UUID | None]] = {}
        for reference, pk in pairs:
            held.setdefault(reference, set()).add(ends.get(pk))
        for reference, customers in held.items():
            _settle(found, reference, customers)
        left -= held.keys()
    return found


def _settle(found: Found, reference: str, customers: set[uuid.UUID | None]) -> None:
    """Note whom a reference means; None stands for a customer who is not to be seen any more."""
    named = {customer for customer in customers if customer is not None}
    if len(named) < len(customers):
        return
    if len(named) > 1:
        found.ambiguous.add(reference)
    else:
        found.known[reference] = named.pop()


def survivors(profile_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return {id: id of the visible customer it stands for} in as many queries as merges are deep."""
    asked = {pk: pk for pk in profile_ids}
    leads: dict[uuid.UUID, uuid.UUID] = {}
    waiting = set(asked)
    while waiting:
        rows = Profile.objects.filter(pk__in=waiting).values_list("pk", "status", "merged_into_id")
        waiting = set()
        for pk, status, merged_into in rows:
            if status == ProfileStatus.MERGED:
                leads[pk] = merged_into
                waiting |= {merged_into} - leads.keys()
            elif status in {ProfileStatus.ACTIVE, ProfileStatus.INACTIVE}:
                leads[pk] = pk
    return {pk: end for pk in asked for end in _end(leads, pk)}


def _end(leads: dict[uuid.UUID, uuid.UUID], pk: uuid.UUID) -> list[uuid.UUID]:
    """Return who stands at the end of the merges, if anybody visible does."""
    following = leads.get(pk)
    while following is not None and following != pk:
        pk, following = following, leads.get(following)
    return [] if following is None else [following]


def _uuid(reference: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(reference)
    except ValueError:
        return None


def _by_identifiers(references: Collection[str]) -> set[_Pair]:
    # By source first, as the index has it: without it a million identifiers would be read.
    rows = ProfileIdentifier.objects.filter(
        source__in=_sources(), external_id__in=references, is_active=True
    ).order_by()
    return set(rows.values_list("external_id", "profile_id"))


def _by_member_ids(references: Collection[str]) -> set[_Pair]:
    # Two conditions, as there are two indexes: of those who are themselves, and of those who were merged.
    own = Q(merged_into__isnull=True) | Q(merged_into__isnull=False)
    rows = Profile.objects.filter(own, member_id__in=references).order_by()
    return {(said, pk) for said, pk in rows.values_list("member_id", "pk") if said is not None}


def _by_events(references: Collection[str]) -> set[_Pair]:
    rows = CustomerEvent.objects.filter(customer_id__in=references, profile__isnull=False).order_by()
    pairs = rows.values_list("customer_id", "profile_id").distinct()
    return {(said, pk) for said, pk in pairs if said is not None}


def _sources() -> list[str]:
    with connection.cursor() as cursor:
        table = ProfileIdentifier._meta.db_table
        cursor.execute(_HELD_BY_SOURCE.format(identifiers=table), {"tenant": require_tenant_id()})
        return [source for (source,) in cursor.fetchall()]
