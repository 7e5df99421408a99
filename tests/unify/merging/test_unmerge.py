"""Taking a merge back: what was edited since is asked about, everything else is as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from profiles.choices import ContactKind
from profiles.models import ContactPoint, CustomerEvent, Profile
from profiles.operations.contact_points import add_contact_point, remove_contact_point
from profiles.operations.identifiers import add_identifier, remove_identifier
from profiles.operations.record_event import record_event
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import (
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
)
from tests.unify.merging.conftest import MergeOne
from tests.unify.merging.dump import changes, dump
from tests.world import World
from unify.merging.choices import MergeStatus
from unify.merging.errors import EditedSince, MergeNotFound, NotActive
from unify.merging.restoring import RowTaken
from unify.models import Merge, MergedRows
from unify.operations.preview_unmerge import preview_unmerge
from unify.operations.unmerge import unmerge

pytestmark = pytest.mark.conforms("R44")
TakeBack = Callable[..., Any]


@pytest.fixture
def change(world: World, acme: Tenant) -> Callable[..., Profile]:
    """Change a customer through the verb."""

    def run(profile: Profile, **said: Any) -> Profile:
        record = ProfileRecord.parse(said, tenant=acme)
        return update_profile(tenant=acme, by=world.by, profile_id=profile.pk, record=record)

    return run


def test_an_untouched_merge_comes_apart_without_a_question(
    acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner = ProfileFactory(industry="Golf", attributes={"a": 1})
    loser = ProfileFactory(website="https://b.example", attributes={"a": 2, "b": 3})
    ProfileTagFactory(profile=loser)
    before = dump()
    merged = merge_one(winner, loser)
    assert changes(before, dump())
    assert preview_unmerge(tenant=acme, merge_id=merged.pk).questions == ()
    result = take_back(merged)
    assert changes(before, dump()) == []
    assert (result.winner.pk, result.loser.pk, result.merge.status) == (winner.pk, loser.pk, "UNDONE")
    assert result.merge.undone_at is not None
    assert not MergedRows.objects.exists()
    assert Profile.objects.follow(loser.pk) == loser


def test_edits_are_listed_and_nothing_happens_until_they_are_answered(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack, change: Callable[..., Profile]
) -> None:
    winner, loser = ProfileFactory(industry="Golf"), ProfileFactory()
    merged = merge_one(winner, loser)
    change(winner, industry="Hotel")
    point = ContactPoint.objects.get(value=loser.email)
    remove_contact_point(tenant=acme, by=world.by, profile_id=winner.pk, contact_point_id=point.pk)
    state = dump()
    with pytest.raises(EditedSince) as refused:
        take_back(merged)
    edits = {edit.key: edit for edit in refused.value.edits}
    assert set(edits) == {"industry", f"contact_points:{point.pk}"}
    assert (edits["industry"].before, edits["industry"].now) == ("Golf", "Hotel")
    assert edits[f"contact_points:{point.pk}"].label == loser.email
    assert changes(state, dump()) == []
    assert Merge.objects.get().is_active


@pytest.mark.parametrize(
    ("answer", "winners", "losers"), [("keep", "New", "B"), ("revert", "A", "B"), ("give", "A", "New")]
)
def test_an_edited_value_is_kept_reverted_or_given(
    merge_one: MergeOne,
    take_back: TakeBack,
    change: Callable[..., Profile],
    answer: str,
    winners: str,
    losers: str,
) -> None:
    winner, loser = ProfileFactory(industry="A"), ProfileFactory(industry="B")
    merged = merge_one(winner, loser)
    change(winner, industry="New")
    result = take_back(merged, answers={"industry": answer})
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert (winner.industry, loser.industry) == (winners, losers)
    assert str(result.answered["industry"]) == answer


@pytest.mark.parametrize(("answer", "owner"), [("keep", "winner"), ("revert", None), ("give", "loser")])
def test_an_added_address_is_kept_removed_or_given(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack, answer: str, owner: str | None
) -> None:
    people = {"winner": ProfileFactory(), "loser": ProfileFactory()}
    merged = merge_one(people["winner"], people["loser"])
    point = add_contact_point(
        tenant=acme,
        by=world.by,
        profile_id=people["winner"].pk,
        kind=ContactKind.EMAIL,
        value="new@example.com",
    )
    take_back(merged, answers={f"contact_points:{point.pk}": answer})
    found = ContactPoint.objects.filter(value="new@example.com").first()
    assert (found and found.profile) == (people[owner] if owner else None)


def test_a_primary_address_that_is_kept_stays_an_address(
    merge_one: MergeOne, take_back: TakeBack, change: Callable[..., Profile]
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    merged = merge_one(winner, loser)
    change(winner, email=loser.email)
    take_back(merged, default="keep")
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert winner.email == loser.email
    for profile in (winner, loser):
        assert ContactPoint.objects.filter(profile=profile, value=profile.email).exists()


def test_events_since_stay_unless_they_are_given(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    first = merge_one(winner, loser)
    event = record_event(tenant=acme, by=world.by, type="seen", profile_id=loser.pk)
    (edit,) = preview_unmerge(tenant=acme, merge_id=first.pk).edits
    assert (edit.key, edit.needs_answer, edit.label) == ("events", False, "1 events")
    take_back(first)
    assert CustomerEvent.objects.get().profile == winner
    second = merge_one(winner, loser)
    later = record_event(tenant=acme, by=world.by, type="seen", profile_id=loser.pk)
    take_back(second, answers={"events": "give"})
    assert CustomerEvent.objects.get(pk=later.pk).profile == loser
    assert CustomerEvent.objects.get(pk=event.pk).profile == winner
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert (winner.last_activity_at, loser.last_activity_at) == (event.timestamp, later.timestamp)


def test_an_address_written_anew_is_no_edit(
    merge_one: MergeOne, acme: Tenant, take_back: TakeBack, change: Callable[..., Profile]
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    before = dump()
    merged = merge_one(winner, loser)
    listed = [
        {"email": point.value, "source": point.source}
        for point in ContactPoint.objects.filter(profile=winner, kind="email")
    ]
    change(winner, emails=listed)
    assert preview_unmerge(tenant=acme, merge_id=merged.pk).questions == ()
    take_back(merged)
    assert changes(before, dump()) == []


def test_an_id_somebody_else_has_by_now_must_be_let_go(
    world: World, acme: Tenant, merge_one: MergeOne, take_back: TakeBack
) -> None:
    winner, loser, third = ProfileFactory(), ProfileFactory(), ProfileFactory()
    row = ProfileIdentifierFactory(profile=loser, source="ERP", source_type=None, external_id="E1")
    merged = merge_one(winner, loser)
    remove_identifier(tenant=acme, by=world.by, profile_id=winner.pk, identifier_id=row.pk)
    add_identifier(tenant=acme, by=world.by, profile_id=third.pk, source="ERP", external_id="E1")
    with pytest.raises(RowTaken) as refused:
        take_back(merged, default="revert")
    (key,) = refused.value.fields
    take_back(merged, default="revert", answers={key: "keep"})
    assert third.identifiers.get().external_id == "E1"


@pytest.mark.parametrize(
    "options", [{"answers": {"nothing": "keep"}}, {"answers": {"industry": "burn"}}, {"default": "burn"}]
)
def test_answers_to_nothing_are_refused(
    merge_one: MergeOne, take_back: TakeBack, change: Callable[..., Profile], options: dict[str, Any]
) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    merged = merge_one(winner, loser)
    change(winner, industry="Hotel")
    with pytest.raises(Invalid):
        take_back(merged, **options)
    assert Merge.objects.get().is_active


def test_a_merge_is_taken_back_once(world: World, acme: Tenant, merge_one: MergeOne) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    merged = merge_one(winner, loser)
    unmerge(tenant=acme, by=world.by, merge_id=merged.pk)
    with pytest.raises(NotActive):
        unmerge(tenant=acme, by=world.by, merge_id=merged.pk)
    with pytest.raises(MergeNotFound):
        unmerge(tenant=acme, by=world.by, merge_id=winner.pk)
    again = merge_one(winner, loser)
    assert again.status == MergeStatus.ACTIVE


def test_both_trails_tell_of_the_way_back(world: World, merge_one: MergeOne, take_back: TakeBack) -> None:
    winner, loser = ProfileFactory(gender=""), ProfileFactory(gender="female")
    take_back(merge_one(winner, loser))
    mine = AuditEntry.objects.filter(object_id=winner.pk, verb="profile.unmerge").get()
    its = AuditEntry.objects.filter(object_id=loser.pk, verb="profile.come_out").get()
    assert mine.changes["gender"] == ["female", ""]
    assert its.changes["status"] == ["MERGED", "ACTIVE"]
    assert mine.actor_label == world.by.label
