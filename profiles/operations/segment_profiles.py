"""Putting many customers into segments, and taking them out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import SegmentMembership
from profiles.operations.bulk import BulkResult, bulk_result, lock_profiles, record_label, touch
from profiles.operations.labelling import existing_segments


@transaction.atomic
def add_to_segments(
    *, tenant: Tenant, by: Actor, profile_ids: Sequence[uuid.UUID], segment_ids: Sequence[uuid.UUID]
) -> BulkResult:
    """Make each customer a member of each segment; raises Invalid for a segment that does not exist."""
    found = lock_profiles(profile_ids)
    segments = existing_segments(segment_ids)
    memberships = SegmentMembership.objects.filter(profile__in=found, segment__in=segments)
    had = set(memberships.values_list("profile_id", "segment_id"))
    new = [
        SegmentMembership(profile=profile, segment=segment)
        for profile in found
        for segment in segments
        if (profile.pk, segment.pk) not in had
    ]
    SegmentMembership.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    changed = list({membership.profile_id: membership.profile for membership in new}.values())
    touch(changed, by=by)
    names = [segment.name for segment in segments]
    record_label(changed, verb="profile.segment", field="segments", before=None, after=names, by=by)
    return bulk_result(found, profile_ids)


@transaction.atomic
def remove_from_segments(
    *, tenant: Tenant, by: Actor, profile_ids: Sequence[uuid.UUID], segment_ids: Sequence[uuid.UUID]
) -> BulkResult:
    """End each customer's membership in each segment."""
    found = lock_profiles(profile_ids)
    memberships = SegmentMembership.objects.filter(profile__in=found, segment_id__in=segment_ids)
    names = sorted(set(memberships.values_list("segment__name", flat=True)))
    members = set(memberships.values_list("profile_id", flat=True))
    memberships.delete()
    changed = [profile for profile in found if profile.pk in members]
    touch(changed, by=by)
    record_label(changed, verb="profile.unsegment", field="segments", before=names, after=None, by=by)
    return bulk_result(found, profile_ids)
