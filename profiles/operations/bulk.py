"""What all verbs over many customers share."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from profiles.models import Profile

MOST_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class BulkResult:
    """How many customers there were, and how many ids named none."""

    updated: int
    failed: int


def lock_profiles(profile_ids: Sequence[uuid.UUID]) -> list[Profile]:
    """Return the visible customers among the ids, locked in the order of their keys."""
    return list(Profile.objects.visible().filter(pk__in=set(profile_ids)).select_for_update().order_by("pk"))


def bulk_result(found: Sequence[Profile], profile_ids: Sequence[uuid.UUID]) -> BulkResult:
    """Compare what was found with what was asked for."""
    return BulkResult(updated=len(found), failed=len(set(profile_ids)) - len(found))


def touch(profiles: Sequence[Profile], *, by: Actor) -> None:
    """Give customers whose labels changed a new version."""
    for profile in profiles:
        profile.version += 1
        profile.updated_by = str(by)
        profile.updated_at = timezone.now()
    Profile.objects.bulk_update(profiles, ["version", "updated_by", "updated_at"], batch_size=1000)


def record_label(
    profiles: Sequence[Profile],
    *,
    verb: str,
    field: str,
    before: list[str] | None,
    after: list[str] | None,
    by: Actor,
) -> None:
    """Write an audit entry per customer for a label that was put on or taken off."""
    audit.record_many(verb=verb, entries=[(profile, {field: [before, after]}) for profile in profiles], by=by)
