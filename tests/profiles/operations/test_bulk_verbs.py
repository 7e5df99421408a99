"""Tags, segments and status of many customers at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, ProfileTag, SegmentMembership, Tag
from profiles.operations.bulk import BulkResult
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.tag_profiles import tag_profiles, untag_profiles
from profiles.records import TagRef
from tests.factories.profiles import ProfileFactory, SegmentFactory
from tests.world import World


@pytest.mark.conforms("R24")
def test_tags_are_put_on_all_and_unknown_ids_counted(world: World, acme: Tenant) -> None:
    profiles = [ProfileFactory(), ProfileFactory()]
    ids = [*(p.pk for p in profiles), profiles[0].pk, uuid.uuid4()]
    tags = [TagRef(name="VIP", color="#FF0000"), TagRef(name="High Value")]
    result = tag_profiles(tenant=world.acme, by=world.by, profile_ids=ids, tags=tags)
    assert (result.updated, result.failed) == (2, 1)
    assert [tag.name for tag in result.tags] == ["High Value", "VIP"]
    assert ProfileTag.objects.count() == 4
    assert Tag.objects.get(name="VIP").color == "#FF0000"
    assert AuditEntry.objects.filter(verb="profile.tag").count() == 2
    tag_profiles(tenant=world.acme, by=world.by, profile_ids=ids, tags=tags)
    assert ProfileTag.objects.count() == 4
    made = AuditEntry.objects.filter(verb="tag.create")
    assert {entry.object_id for entry in made} == set(Tag.objects.values_list("pk", flat=True))
    assert sorted(entry.changes["name"][1] for entry in made) == ["High Value", "VIP"]


def test_a_tag_by_an_unknown_id_without_a_name_is_refused(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    with pytest.raises(Invalid):
        tag_profiles(
            tenant=world.acme, by=world.by, profile_ids=[profile.pk], tags=[TagRef(id=str(uuid.uuid4()))]
        )
    assert not ProfileTag.objects.exists()


def test_tags_come_off_again(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    tag_profiles(tenant=world.acme, by=world.by, profile_ids=[profile.pk], tags=[TagRef(name="VIP")])
    tag = Tag.objects.get()
    untag_profiles(tenant=world.acme, by=world.by, profile_ids=[profile.pk], tag_ids=[tag.pk])
    assert not ProfileTag.objects.exists()


@pytest.mark.conforms("R24")
@pytest.mark.conforms("R75")
def test_segments_are_joined_and_left(world: World, acme: Tenant) -> None:
    profile, segment = ProfileFactory(), SegmentFactory()
    ids: dict[str, Any] = {"profile_ids": [profile.pk], "segment_ids": [segment.pk]}
    assert add_to_segments(tenant=world.acme, by=world.by, **ids).updated == 1
    assert list(Profile.objects.in_segment(segment.pk)) == [profile]
    remove_from_segments(tenant=world.acme, by=world.by, **ids)
    assert not SegmentMembership.objects.exists()


@pytest.mark.conforms("R24")
def test_deactivated_customers_come_back(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    deactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[profile.pk])
    profile.refresh_from_db()
    assert (profile.status, profile.version) == ("INACTIVE", 2)
    deactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[profile.pk])
    assert AuditEntry.objects.filter(verb="profile.deactivate").count() == 1
    reactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[profile.pk])
    profile.refresh_from_db()
    assert (profile.status, profile.deleted_at) == ("ACTIVE", None)


@pytest.mark.parametrize("verb", [deactivate_profiles, reactivate_profiles])
def test_a_strangers_customer_is_counted_as_failed_and_untouched(
    world: World, verb: Callable[..., BulkResult]
) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
    with tenant_context(world.acme):
        result = verb(tenant=world.acme, by=world.by, profile_ids=[theirs.pk])
    assert result == BulkResult(updated=0, failed=1)
    with tenant_context(world.zenith):
        theirs.refresh_from_db()
        assert (theirs.status, theirs.version) == ("ACTIVE", 1)


def test_a_label_that_is_there_already_changes_nothing(world: World, acme: Tenant) -> None:
    profile, segment = ProfileFactory(), SegmentFactory()
    for _ in range(2):
        tag_profiles(tenant=world.acme, by=world.by, profile_ids=[profile.pk], tags=[TagRef(name="VIP")])
        add_to_segments(tenant=world.acme, by=world.by, profile_ids=[profile.pk], segment_ids=[segment.pk])
    profile.refresh_from_db()
    assert profile.version == 3
    assert AuditEntry.objects.exclude(verb="tag.create").count() == 2
