"""Deactivating customers (soft delete), and taking it back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.models import Profile
from profiles.operations.bulk import BulkResult, bulk_result, lock_profiles
from profiles.registries import tell_changed


def deactivate_profiles(*, tenant: Tenant, by: Actor, profile_ids: Sequence[uuid.UUID]) -> BulkResult:
    """Make customers inactive; they keep their names, which lists show with a mark."""
    return _set_status(profile_ids, ProfileStatus.INACTIVE, verb="profile.deactivate", by=by)


def reactivate_profiles(*, tenant: Tenant, by: Actor, profile_ids: Sequence[uuid.UUID]) -> BulkResult:
    """Make inactive customers active again."""
    return _set_status(profile_ids, ProfileStatus.ACTIVE, verb="profile.reactivate", by=by)


@transaction.atomic
def _set_status(
    profile_ids: Sequence[uuid.UUID], status: ProfileStatus, *, verb: str, by: Actor
) -> BulkResult:
    found = lock_profiles(profile_ids)
    moved = [profile for profile in found if profile.status != status]
    before = {profile.pk: profile.status for profile in moved}
    now = timezone.now()
    for profile in moved:
        profile.status = status
        profile.deleted_at = now if status == ProfileStatus.INACTIVE else None
        profile.version += 1
        profile.updated_by, profile.updated_at = str(by), now
    Profile.objects.bulk_update(
        moved, ["status", "deleted_at", "version", "updated_by", "updated_at"], batch_size=1000
    )
    entries = [(profile, {"status": [before[profile.pk], status.value]}) for profile in moved]
    audit.record_many(verb=verb, entries=entries, by=by)
    tell_changed([profile.pk for profile in moved])
    return bulk_result(found, profile_ids)
