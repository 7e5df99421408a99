"""Who is meant by an id now, and locks that keep it so.

The order is that of every verb of customers: the tenant's lock (shared) and the values, then rows of
customers in the order of their ids, in one statement. What was read before the locks is read again behind
them; when it has changed meanwhile, everything is let go and tried again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from django.db import transaction

from cdp.errors import Conflict
from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.errors import ProfileNotFound
from profiles.identity import EXACT_IDS
from profiles.locking import lock_values
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from profiles.querysets import MOST_MERGES

T = TypeVar("T")
MOST_ATTEMPTS = 20


class Moved(Exception):
    """What was read has changed before it could be locked; caught by ``until_still``."""


class TooBusy(Conflict):
    """Others kept changing the same customers."""

    slug = "too-busy"
    title = "Others are changing these customers"

    def __init__(self) -> None:
        super().__init__("Others are changing these customers at this moment: try again.")


def until_still(work: Callable[[], T]) -> T:
    """Run ``work`` in a transaction, and again whenever it raises Moved."""
    for _ in range(MOST_ATTEMPTS):
        try:
            with transaction.atomic():
                return work()
        except Moved:
            continue
    raise TooBusy


def survivors_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the customer each id stands for, merged or not; raises ProfileNotFound."""
    asked = list(dict.fromkeys(ids))
    lost: dict[uuid.UUID, uuid.UUID | None] = {}
    missing = set(asked)
    for _ in range(MOST_MERGES):
        if not missing:
            break
        found = Profile.objects.filter(pk__in=missing).exclude(status=ProfileStatus.DELETED)
        rows = dict(found.values_list("pk", "merged_into_id"))
        if missing - rows.keys():
            raise ProfileNotFound
        lost |= rows
        missing = set(filter(None, rows.values())) - lost.keys()
    return {profile_id: _end(profile_id, lost) for profile_id in asked}


def lock_customers(tenant: Tenant, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Profile]:
    """Lock what identifies these customers, then their rows; raises Moved when one was merged meanwhile."""
    values = identifying_values(_families(ids))
    lock_values(tenant.pk, values)
    found = lock_rows(ids)
    is_stale = any(profile.merged_into_id for profile in found.values())
    if is_stale or not identifying_values(_families(ids)) <= values:
        raise Moved
    return found


def lock_rows(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Profile]:
    """Lock the rows of customers in the order of their ids; raises ProfileNotFound."""
    rows = Profile.objects.select_for_update().filter(pk__in=ids).order_by("pk").defer("search_text")
    found = {profile.pk: profile for profile in rows}
    if len(found) < len(set(ids)):
        raise ProfileNotFound
    return found


def identifying_values(ids: Collection[uuid.UUID]) -> set[str]:
    """Return what the customers are known by, in the form ``lock_values`` takes."""
    values = set(ContactPoint.objects.filter(profile__in=ids).values_list("value", flat=True))
    rows = ProfileIdentifier.objects.filter(profile__in=ids)
    values |= {f"{source}:{external}" for source, external in rows.values_list("source", "external_id")}
    own = Profile.objects.filter(pk__in=ids).values(*EXACT_IDS.values())
    for row in own:
        values |= {f"{name}:{row[column]}" for name, column in EXACT_IDS.items() if row[column] is not None}
    return values


def _families(ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return the customers with all that were merged into them: what those are known by leads here too."""
    family, found = set(ids), set(ids)
    while found:
        lost = Profile.objects.filter(merged_into__in=found).values_list("pk", flat=True)
        found = set(lost) - family
        family |= found
    return family


def _end(profile_id: uuid.UUID, lost: dict[uuid.UUID, uuid.UUID | None]) -> uuid.UUID:
    for _ in range(MOST_MERGES):
        into = lost[profile_id]
        if into is None:
            return profile_id
        profile_id = into
    raise ProfileNotFound
