"""Customers by whatever they are called: the UUID, the number of an older system, the label of another."""

from __future__ import annotations

import uuid
from collections.abc import Collection

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


def customer_by(reference: str) -> uuid.UUID:
    """Return the id of the customer or survivor; raises ProfileNotFound, AmbiguousCustomer.

    A UUID is the customer's own id. Anything else is looked up among the ids other systems know
    (``ProfileIdentifier``), the member id, and the number of older systems on events
    (``CustomerEvent.customer_id``), in this order.
    """
    own = _uuid(reference)
    if own is not None:
        return _followed(own)
    for found in (_by_identifier(reference), _by_member_id(reference), _by_event(reference)):
        survivors = {_followed(one) for one in found}
        if len(survivors) > 1:
            raise AmbiguousCustomer
        if survivors:
            return survivors.pop()
    raise ProfileNotFound


def customers_by(references: Collection[str]) -> dict[str, uuid.UUID]:
    """Return {reference: id of the customer or survivor} for many at once; what is unknown is left out."""
    own = {reference: pk for reference in references if (pk := _uuid(reference)) is not None}
    known = survivors(own.values())
    found = {reference: known[asked] for reference, asked in own.items() if asked in known}
    for reference in set(references) - own.keys():
        try:
            found[reference] = customer_by(reference)
        except ProfileNotFound:
            continue
    return found


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


def _followed(pk: uuid.UUID) -> uuid.UUID:
    try:
        return Profile.objects.follow(pk).pk
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error


def _by_identifier(reference: str) -> set[uuid.UUID]:
    # By source first, as the index has it: without it a million identifiers would be read.
    rows = ProfileIdentifier.objects.filter(
        source__in=_sources(), external_id=reference, is_active=True
    ).order_by()
    return set(rows.values_list("profile_id", flat=True))


def _by_member_id(reference: str) -> set[uuid.UUID]:
    # Two conditions, as there are two indexes: of those who are themselves, and of those who were merged.
    own = Q(merged_into__isnull=True) | Q(merged_into__isnull=False)
    return set(Profile.objects.filter(own, member_id=reference).values_list("pk", flat=True)[:2])


def _by_event(reference: str) -> set[uuid.UUID]:
    rows = CustomerEvent.objects.filter(customer_id=reference, profile__isnull=False).order_by()
    return set(rows.values_list("profile_id", flat=True).distinct()[:2])


def _sources() -> list[str]:
    with connection.cursor() as cursor:
        table = ProfileIdentifier._meta.db_table
        cursor.execute(_HELD_BY_SOURCE.format(identifiers=table), {"tenant": require_tenant_id()})
        return [source for (source,) in cursor.fetchall()]
