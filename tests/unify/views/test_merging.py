"""Merging by hand, taking it back, and what the customer's page says about it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cdp.models import Tenant
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.unify import make_case
from tests.profiles.views.conftest import undo_token
from tests.unify.views.conftest import Make
from tests.world import World
from unify.finding.current import settings_of
from unify.merging.choices import MergeStatus
from unify.models import Merge, ReviewCase
from unify.operations.change_match_settings import change_match_settings
from unify.operations.merge import merge
from unify.operations.merge_by_hand import merge_by_hand
from unify.records.refresh import refresh

Twins = tuple[Profile, Profile]


def page_of(profile: Profile, tail: str = "") -> str:
    return f"/admin/customers/{profile.pk}{tail}"


def merged(world: World, twins: Twins) -> Merge:
    return merge_by_hand(
        tenant=world.acme, by=world.by, winner_id=twins[0].pk, loser_ids=[twins[1].pk], reason="called"
    )[0]


def test_those_alike_are_offered_and_others_found(
    alice: Client, twins: Twins, acme: Tenant, make: Make
) -> None:
    one, two = twins
    refresh(acme, [one.pk, two.pk])
    offered = alice.get(page_of(one, "/merge")).content.decode()
    assert "Somchay Jaidee" in offered
    found = alice.get(page_of(one, "/merge"), {"q": "sj@example.org"}).content.decode()
    assert page_of(one, f"/merge/{two.pk}") in found
    assert "No other customer fits" in alice.get(page_of(one, "/merge"), {"q": "xyz"}).content.decode()


def test_merging_leads_to_the_survivor_and_can_be_undone(alice: Client, twins: Twins) -> None:
    one, two = twins
    address = page_of(two, f"/merge/{one.pk}")
    assert "What differs" in alice.get(address).content.decode()
    response = alice.post(address, {"winner": one.pk, "shown_winner": one.pk, "reason": "called"})
    assert response.headers["Location"] == page_of(one)
    html = alice.get(page_of(one)).content.decode()
    assert "Merged into Somchai Jaidee." in html
    alice.post("/admin/undo", {"token": undo_token(html)})
    assert Merge.objects.get().status == MergeStatus.UNDONE


def test_values_nobody_has_seen_are_not_merged(alice: Client, twins: Twins, world: World) -> None:
    one, two = twins
    address = page_of(two, f"/merge/{one.pk}")
    html = alice.get(address).content.decode()
    shown = {
        f"version-{pk}": version for pk, version in re.findall(r'name="version-(.+?)" value="(.+?)"', html)
    }
    assert shown == {f"version-{one.pk}": str(one.version), f"version-{two.pk}": str(two.version)}
    record = ProfileRecord.parse({"industry": "Tea"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=two.pk, record=record)

    said = {"winner": one.pk, "shown_winner": one.pk, **shown}
    refused = alice.post(address, said)
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "have been changed since" in html
    assert "Tea" in html
    assert not Merge.objects.exists()
    seen = {
        f"version-{pk}": version for pk, version in re.findall(r'name="version-(.+?)" value="(.+?)"', html)
    }
    assert alice.post(address, {**said, f"version-{two.pk}": "x"}).status_code == 409
    assert alice.post(address, {**said, **seen}).headers["Location"] == page_of(one)


@pytest.mark.conforms("R28")
def test_the_losers_address_leads_to_the_survivor_with_a_notice(
    alice: Client, twins: Twins, world: World
) -> None:
    merged(world, twins)
    response = alice.get(page_of(twins[1]), follow=True)
    assert response.redirect_chain[0][0] == page_of(twins[0])
    assert "was merged into this one" in response.content.decode()


@pytest.mark.conforms("B29")
def test_the_page_tells_of_merges_and_where_values_come_from(
    alice: Client, twins: Twins, world: World
) -> None:
    record = ProfileRecord.parse({"industry": "Tea"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=twins[1].pk, record=record)
    done = merged(world, twins)
    html = alice.get(page_of(twins[0])).content.decode()
    assert "Merged from" in html
    assert f"/admin/merges/{done.pk}" in html
    origins = alice.get(page_of(twins[0], "/panels/origins")).content.decode()
    assert "Kept because: the survivor&#x27;s value." in origins
    assert ", by Alice. Kept because: nobody else knows it." in origins


@pytest.mark.conforms("B29")
def test_a_merge_into_somebody_who_was_merged_later_is_taken_back_from_the_page(
    alice: Client, twins: Twins, make: Make, world: World, acme: Tenant
) -> None:
    first = merged(world, twins)
    last = make(firstName="Somchai", lastName="Jaidee", email="last@example.com")
    merge(tenant=acme, by=world.by, winner_id=last.pk, loser_ids=[twins[0].pk])
    html = alice.get(page_of(last)).content.decode()
    assert "Somchay Jaidee" in html
    assert f"/admin/merges/{first.pk}" in html
    assert alice.get(f"/admin/merges/{first.pk}").status_code == 200


def test_a_possible_duplicate_shows_a_banner_to_those_who_may_decide(
    alice: Client, bob: Client, twins: Twins
) -> None:
    case = make_case(twins)
    html = alice.get(page_of(twins[0])).content.decode()
    assert "1 possible duplicate" in html
    assert f"/admin/review/{case.pk}" in html
    assert "possible duplicate" not in bob.get(page_of(twins[0])).content.decode()


@pytest.mark.conforms("R44")
def test_unmerging_asks_about_what_was_edited_since(alice: Client, twins: Twins, world: World) -> None:
    one, two = twins
    merge = merged(world, twins)
    record = ProfileRecord.parse({"industry": "Tea"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=one.pk, record=record)
    page = alice.get(f"/admin/merges/{merge.pk}").content.decode()
    assert "Industry" in page
    assert "answer-industry" in page
    response = alice.post(f"/admin/merges/{merge.pk}", {"answer-industry": "give"}, follow=True)
    html = response.content.decode()
    assert "Two customers again" in html
    assert page_of(one) in html
    assert page_of(two) in html
    two.refresh_from_db()
    assert (two.industry, two.status) == ("Tea", "ACTIVE")


def test_an_answer_that_is_none_changes_nothing(alice: Client, twins: Twins, world: World) -> None:
    merge = merged(world, twins)
    record = ProfileRecord.parse({"industry": "Tea"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=twins[0].pk, record=record)
    assert alice.post(f"/admin/merges/{merge.pk}", {"answer-industry": "burn"}).status_code == 400
    assert alice.post(f"/admin/merges/{merge.pk}").status_code == 409
    merge.refresh_from_db()
    assert merge.is_active


def test_a_risky_merge_by_hand_waits_for_a_second_person(
    alice: Client, twins: Twins, world: World, acme: Tenant
) -> None:
    changes = {"needs_second_person": True, "risky_events": 0}
    change_match_settings(tenant=acme, by=world.by, changes=changes)
    one, two = twins
    response = alice.post(page_of(one, f"/merge/{two.pk}"), {"winner": one.pk, "shown_winner": one.pk})
    assert response.headers["Location"] == f"/admin/review/{ReviewCase.objects.get().pk}"
    assert Merge.objects.count() == 0


def test_a_warning_names_the_field_as_people_do(alice: Client, make: Make) -> None:
    one = make(name="Ann Lee", dateOfBirth="1990-01-02")
    two = make(name="Ann Lee", dateOfBirth="1991-01-02")
    page = alice.get(page_of(one, f"/merge/{two.pk}")).content.decode()
    assert "They differ in: date of birth" in page
    assert "dateOfBirth." not in page


def test_two_accounts_cannot_be_merged_and_the_page_says_so(alice: Client, make: Make) -> None:
    one = make(name="Ann", authUserId="auth|1")
    two = make(name="Ann", authUserId="auth|2")
    response = alice.post(page_of(one, f"/merge/{two.pk}"), {"winner": one.pk})
    assert response.status_code == 409
    assert "different login ids" in response.content.decode()
    assert Merge.objects.count() == 0


def test_an_agent_merges_nothing(bob: Client, twins: Twins, acme: Tenant) -> None:
    one, two = twins
    assert bob.post(page_of(one, f"/merge/{two.pk}"), {"winner": one.pk}).status_code == 403
    assert Merge.objects.count() == 0
    assert settings_of(acme).merge_score == 90
