"""Everybody who is one customer by now: the survivor, and all that were merged into it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from profiles.models import Profile


def with_merged(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return {customer: the one of ``ids`` it was merged into}, those of ``ids`` themselves included."""
    stands_for = {one: one for one in ids}
    above = list(stands_for)
    while above:
        rows = Profile.objects.filter(merged_into__in=above).exclude(pk__in=stands_for)
        below = dict(rows.values_list("pk", "merged_into_id"))
        stands_for |= {one: stands_for[into] for one, into in below.items()}
        above = list(below)
    return stands_for


def survivor_of_each(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return {customer: who stands for it today}, whatever became of them."""
    into: dict[uuid.UUID, uuid.UUID] = {}
    asked = set(ids)
    ahead = asked
    while ahead:
        rows = Profile.objects.filter(pk__in=ahead, merged_into__isnull=False)
        found = dict(rows.values_list("pk", "merged_into_id"))
        into |= found
        ahead = set(found.values()) - into.keys()
    return {one: _end(one, into) for one in asked}


def _end(one: uuid.UUID, into: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    while one in into:
        one = into[one]
    return one
