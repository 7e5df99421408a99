"""What was deleted for good, and who was deactivated, after a merge: asked about, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cdp.models import AuditEntry, Tenant
from profiles.models import ProfileTag, Tag
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.segments import delete_segment
from profiles.operations.tags import create_tag, delete_tag
from tests.factories.profiles import ProfileFactory, ProfileTagFactory, SegmentMembershipFactory
from tests.unify.merging.conftest import MergeOne
from tests.unify.merging.dump import changes, dump
from tests.world import World
from unify.merging.choices import Answer, EditKind
from unify.merging.errors import EditedSince
from unify.operations.preview_unmerge import preview_unmerge

pytestmark = pytest.mark.conforms("R44")
TakeBack = Callable[..., Any]


def test_a_tag_or_segment_deleted_for_good_is_asked_about_and_comes_back(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    link = ProfileTagFactory(profile=loser)
    ProfileTagFactory(profile=winner, tag=link.tag)
    place = SegmentMembershipFactory(profile=winner)
    before = dump()
    merged = merge_one(winner, loser)
    delete_tag(tenant=acme, by=world.by, tag_id=link.tag_id)
    delete_segment(tenant=acme, by=world.by, segment_id=place.segment_id)
    questions = preview_unmerge(tenant=acme, merge_id=merged.pk).questions
    assert [edit.label for edit in questions].count(link.tag.name) == 2
    assert {edit.kind for edit in questions} == {EditKind.REMOVED}
    with pytest.raises(EditedSince):
        take_back(merged)
    take_back(merged, default="revert")
    assert changes(before, dump()) == []
    assert AuditEntry.objects.filter(verb__endswith=".put_back").count() == 2


def test_a_tag_deleted_for_good_may_stay_deleted(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    link = ProfileTagFactory(profile=loser)
    merged = merge_one(winner, loser)
    delete_tag(tenant=acme, by=world.by, tag_id=link.tag_id)
    take_back(merged, default="keep")
    assert not ProfileTag.objects.exists()
    assert not Tag.objects.exists()


def test_a_tag_whose_name_is_taken_by_now_stays_deleted_and_says_so(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    link = ProfileTagFactory(profile=loser)
    merged = merge_one(winner, loser)
    delete_tag(tenant=acme, by=world.by, tag_id=link.tag_id)
    create_tag(tenant=acme, by=world.by, name=link.tag.name)
    (edit,) = preview_unmerge(tenant=acme, merge_id=merged.pk).edits
    assert (edit.label, edit.needs_answer, edit.options) == (link.tag.name, False, (Answer.KEEP,))
    take_back(merged, default="revert")
    assert not ProfileTag.objects.exists()


@pytest.mark.parametrize(
    ("answer", "statuses"),
    [("keep", ("INACTIVE", "ACTIVE")), ("revert", ("ACTIVE", "ACTIVE")), ("give", ("ACTIVE", "INACTIVE"))],
)
def test_that_the_survivor_was_deactivated_since_is_asked_about(
    world: World,
    acme: Tenant,
    merge_one: MergeOne,
    take_back: TakeBack,
    answer: str,
    statuses: tuple[str, str],
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    before = dump()
    merged = merge_one(winner, loser)
    deactivate_profiles(tenant=acme, by=world.by, profile_ids=[winner.pk])
    (edit,) = preview_unmerge(tenant=acme, merge_id=merged.pk).questions
    assert (edit.key, edit.before, edit.now) == ("status", "ACTIVE", "INACTIVE")
    with pytest.raises(EditedSince):
        take_back(merged)
    take_back(merged, answers={"status": answer})
    for profile, status in zip((winner, loser), statuses, strict=True):
        profile.refresh_from_db()
        assert profile.status == status
        assert (profile.deleted_at is not None) == (status == "INACTIVE")
    if answer == "revert":
        assert changes(before, dump()) == []


def test_a_survivor_deactivated_and_active_again_is_no_question(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    before = dump()
    merged = merge_one(winner, loser)
    deactivate_profiles(tenant=acme, by=world.by, profile_ids=[winner.pk])
    reactivate_profiles(tenant=acme, by=world.by, profile_ids=[winner.pk])
    take_back(merged)
    assert changes(before, dump()) == []


@pytest.mark.parametrize("answer", ["keep", "revert"])
def test_a_survivor_deactivated_and_then_merged_on_is_what_it_is_said_to_be(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack, answer: str
) -> None:
    winner, loser, last = ProfileFactory(), ProfileFactory(), ProfileFactory()
    before = dump()
    merged = merge_one(winner, loser)
    deactivate_profiles(tenant=acme, by=world.by, profile_ids=[winner.pk])
    on = merge_one(last, winner, force=True)
    take_back(merged, answers={"status": answer})
    last.refresh_from_db()
    loser.refresh_from_db()
    assert (last.status, loser.status) == ("ACTIVE", "ACTIVE")
    take_back(on)
    winner.refresh_from_db()
    assert winner.status == ("INACTIVE" if answer == "keep" else "ACTIVE")
    if answer == "revert":
        assert changes(before, dump()) == []
