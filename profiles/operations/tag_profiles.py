"""Putting tags on many customers, and taking them off."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import ProfileTag, Tag
from profiles.operations.bulk import BulkResult, bulk_result, lock_profiles, record_label, touch
from profiles.operations.labelling import find_or_make_tags
from profiles.records import TagRef


@dataclass(frozen=True, slots=True)
class Tagged(BulkResult):
    """How many customers there were, and the tags they carry now."""

    tags: Sequence[Tag]


@transaction.atomic
def tag_profiles(
    *, tenant: Tenant, by: Actor, profile_ids: Sequence[uuid.UUID], tags: Sequence[TagRef]
) -> Tagged:
    """Put the tags on each customer; new names make new tags; tags a customer has already stay."""
    found = lock_profiles(profile_ids)
    wanted = find_or_make_tags(tags, by=by)
    links = ProfileTag.objects.filter(profile__in=found, tag__in=wanted)
    had = set(links.values_list("profile_id", "tag_id"))
    new = [
        ProfileTag(profile=profile, tag=tag)
        for profile in found
        for tag in wanted
        if (profile.pk, tag.pk) not in had
    ]
    ProfileTag.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    changed = list({link.profile_id: link.profile for link in new}.values())
    touch(changed, by=by)
    names = [tag.name for tag in wanted]
    record_label(changed, verb="profile.tag", field="tags", before=None, after=names, by=by)
    result = bulk_result(found, profile_ids)
    return Tagged(result.updated, result.failed, wanted)


@transaction.atomic
def untag_profiles(
    *, tenant: Tenant, by: Actor, profile_ids: Sequence[uuid.UUID], tag_ids: Sequence[uuid.UUID]
) -> BulkResult:
    """Take the tags off each customer."""
    found = lock_profiles(profile_ids)
    links = ProfileTag.objects.filter(profile__in=found, tag_id__in=tag_ids)
    names = sorted(set(links.values_list("tag__name", flat=True)))
    carriers = set(links.values_list("profile_id", flat=True))
    links.delete()
    changed = [profile for profile in found if profile.pk in carriers]
    touch(changed, by=by)
    record_label(changed, verb="profile.untag", field="tags", before=names, after=None, by=by)
    return bulk_result(found, profile_ids)
