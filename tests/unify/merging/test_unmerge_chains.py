"""Merges that stand on one another come apart in any order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.models import Profile, ProfileTag
from profiles.operations.contact_points import add_contact_point, remove_contact_point
from profiles.operations.tag_profiles import untag_profiles
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import CustomerEventFactory, ProfileFactory, ProfileTagFactory, TagFactory
from tests.unify.merging.conftest import MergeOne
from tests.unify.merging.dump import changes, dump
from tests.world import World
from unify.models import Merge
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge_group

pytestmark = pytest.mark.conforms("R44")
TakeBack = Callable[..., Any]


def three() -> tuple[Profile, Profile, Profile]:
    """Make three customers who all carry one tag, and one event each."""
    tag = TagFactory()
    people = tuple(ProfileFactory(member_id=f"M{n}", industry=f"I{n}" if n else "") for n in range(3))
    for profile in people:
        ProfileTagFactory(profile=profile, tag=tag)
        CustomerEventFactory(profile=profile)
    return people  # type: ignore[return-value]


@pytest.mark.parametrize("shape", ["into one", "one after the other"])
@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_chains_come_apart_in_any_order(
    acme: Tenant, merge_one: MergeOne, take_back: TakeBack, shape: str, order: tuple[int, ...]
) -> None:
    a, b, c = three()
    before = dump()
    merges = [merge_one(a, b), merge_one(a, c) if shape == "into one" else merge_one(c, a)]
    for number in order:
        take_back(Merge.objects.get(pk=merges[number].pk), default="revert")
    assert changes(before, dump()) == []


def test_without_one_the_others_are_merged_as_if_it_had_never_been(
    acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    a, b, c = three()
    first = merge_one(a, b)
    merge_one(a, c)
    a.refresh_from_db()
    assert (a.industry, a.merged_from) == ("I1", [str(b.pk), str(c.pk)])
    take_back(first)
    a.refresh_from_db()
    assert (a.industry, a.merged_from) == ("I2", [str(c.pk)])
    assert a.events.count() == 2
    assert b.events.count() == 1


def test_who_was_merged_away_itself_gives_its_own_back(
    acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    """B into A, A into C: B comes out of C."""
    a, b, c = three()
    first = merge_one(a, b)
    merge_one(c, a)
    result = take_back(first)
    assert result.winner.pk == c.pk
    assert (b.events.count(), c.events.count()) == (1, 2)
    c.refresh_from_db()
    assert c.merged_from == [str(a.pk)]
    assert Profile.objects.follow(a.pk) == c
    assert Profile.objects.follow(b.pk) == b


def test_what_stayed_behind_moves_up_when_its_twin_leaves(
    acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    a, b, c = ProfileFactory(), ProfileFactory(), ProfileFactory()
    link = ProfileTagFactory(profile=b)
    twin = ProfileTagFactory(profile=c, tag=link.tag)
    first = merge_one(a, b)
    second = merge_one(a, c)
    take_back(first)
    assert list(ProfileTag.objects.filter(profile=a)) == [twin]
    take_back(second)
    assert list(ProfileTag.objects.filter(profile=c)) == [twin]


def test_a_label_taken_off_does_not_come_back_by_another_way(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    a, b, c = three()
    merge_one(a, b)
    second = merge_one(a, c)
    tag_id = ProfileTag.objects.get(profile=a).tag_id
    untag_profiles(tenant=acme, by=world.by, profile_ids=[a.pk], tag_ids=[tag_id])
    take_back(second, default="keep")
    assert not ProfileTag.objects.filter(profile=a).exists()
    assert ProfileTag.objects.filter(profile=c).exists()


def test_edits_between_two_merges_are_edits_of_the_first(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    a, b, c = three()
    before = dump()
    first = merge_one(a, b)
    record = ProfileRecord.parse({"industry": "Edited"}, tenant=acme)
    update_profile(tenant=acme, by=world.by, profile_id=a.pk, record=record)
    second = merge_one(c, a, strategy="PROFILE2_WINS")
    c.refresh_from_db()
    assert c.industry == "Edited"
    take_back(second)
    a.refresh_from_db()
    assert a.industry == "Edited"
    take_back(first, default="revert")
    assert changes(before, dump()) == []


def test_a_decision_is_taken_back_as_a_whole(world: World, acme: Tenant) -> None:
    a, b, c = three()
    before = dump()
    merges = merge(tenant=acme, by=world.by, winner_id=a.pk, loser_ids=[b.pk, c.pk])
    record = ProfileRecord.parse({"industry": "Edited"}, tenant=acme)
    update_profile(tenant=acme, by=world.by, profile_id=a.pk, record=record)
    answers = {"industry": "revert"}
    results = unmerge_group(tenant=acme, by=world.by, group_id=merges[0].group_id, answers=answers)
    assert [result.loser.pk for result in results] == [c.pk, b.pk]
    assert changes(before, dump()) == []


def test_what_was_added_between_and_is_gone_since_does_not_come_back(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    a, b, c = three()
    before = dump()
    first = merge_one(a, b)
    added: dict[str, Any] = {"kind": ContactKind.EMAIL, "value": "between@example.com"}
    point = add_contact_point(tenant=acme, by=world.by, profile_id=a.pk, **added)
    second = merge_one(c, a)
    remove_contact_point(tenant=acme, by=world.by, profile_id=c.pk, contact_point_id=point.pk)
    take_back(first, default="revert")
    take_back(second, default="revert")
    assert changes(before, dump()) == []
