"""Reviewing one case after the other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from profiles.choices import LifecycleStage
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.unify import make_case
from tests.profiles.views.conftest import undo_token
from tests.unify.views.conftest import Make
from tests.world import World
from unify.choices import CaseState
from unify.models import Merge, ReviewCase
from unify.operations.claim_case import claim_case

Twins = tuple[Profile, Profile]
NEXT = "/admin/review"


def address(case: ReviewCase, act: str = "") -> str:
    return f"/admin/review/{case.pk}{act and '/'}{act}"


def open_next(client: Client) -> Any:
    """Claim the next case and return its page."""
    return client.post(NEXT, follow=True)


def part(client: Client, method: str, where: str, data: dict[str, Any]) -> Any:
    return getattr(client, method)(where, data, headers={"HX-Request": "true"})


@pytest.mark.conforms("B46")
def test_looking_changes_nothing_and_taking_a_case_is_a_press_of_a_button(
    alice: Client, twins: Twins, world: World
) -> None:
    case = make_case(twins)
    before = ReviewCase.objects.values().get()
    start = alice.get(NEXT).content.decode()
    assert "1 case waits for a decision" in start
    shown = alice.get(address(case)).content.decode()
    assert "Somchai Jaidee" in shown
    assert 'name="decision"' not in shown
    assert "Nothing can be chosen before" in shown
    assert ReviewCase.objects.values().get() == before
    assert alice.get(address(case, "claim")).status_code == 405
    taken = alice.post(address(case, "claim"), follow=True).content.decode()
    assert 'name="decision"' in taken
    case.refresh_from_db()
    assert case.claimed_by == str(world.by)
    assert alice.get(NEXT).headers["Location"] == address(case)


def test_a_case_somebody_else_looks_at_is_shown_and_cannot_be_taken(
    alice: Client, twins: Twins, world: World
) -> None:
    case = make_case(twins)
    claim_case(tenant=world.acme, by=world.bob.actor, case_id=case.pk)
    page = alice.get(address(case)).content.decode()
    assert "is looking at these records now" in page
    assert 'name="decision"' not in page
    assert address(case, "claim") not in page
    refused = alice.post(address(case, "claim"))
    assert refused.status_code == 409
    assert "Somebody else is looking" in refused.content.decode()
    assert "Others are looking at what is left" in open_next(alice).content.decode()


@pytest.mark.conforms("B45")
def test_the_next_case_is_claimed_and_shows_both_records(alice: Client, twins: Twins, world: World) -> None:
    case = make_case(twins, score=92.4)
    page = open_next(alice).content.decode()
    case.refresh_from_db()
    assert case.claimed_by == str(world.by)
    for words in ("Somchai Jaidee", "Somchay Jaidee", "may be the same", "How the score came about"):
        assert words in page
    assert '<mark class="differs">y</mark>' in page


def test_what_programs_note_for_themselves_is_no_reason_to_show(alice: Client, twins: Twins) -> None:
    Profile.objects.filter(pk=twins[0].pk).update(
        metadata={"batch": "noted-by-a-program"}, attributes={"shirt": "told-by-a-person"}
    )
    make_case(twins)
    page = open_next(alice).content.decode()
    assert "told-by-a-person" in page
    assert "noted-by-a-program" not in page


@pytest.mark.conforms("B46")
def test_saying_the_same_merges_and_goes_on_at_once(alice: Client, twins: Twins) -> None:
    case, other = make_case(twins, score=95), make_case(score=70)
    open_next(alice)
    response = part(alice, "post", address(case, "decide"), {"decision": "same", "reason": "called"})
    assert response.headers["HX-Push-Url"] == address(other)
    merge = Merge.objects.get()
    assert (merge.winner_id, merge.loser_id, merge.reason) == (twins[0].pk, twins[1].pk, "called")
    assert "Merged Somchai Jaidee and Somchay Jaidee." in response.content.decode()


def test_undo_in_the_message_takes_the_merge_back(alice: Client, twins: Twins) -> None:
    case = make_case(twins)
    open_next(alice)
    html = part(alice, "post", address(case, "decide"), {"decision": "same"}).content.decode()
    alice.post("/admin/undo", {"token": undo_token(html)})
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert Profile.objects.visible().count() == 2


def test_undoing_the_last_one_shows_its_case_again(alice: Client, twins: Twins) -> None:
    case = make_case(twins)
    open_next(alice)
    done = part(alice, "post", address(case, "decide"), {"decision": "different"}).content.decode()
    assert address(case, "undo") in done
    again = part(alice, "post", address(case, "undo"), {})
    assert again.headers["HX-Push-Url"] == address(case)
    assert "Taken back" in again.content.decode()


def test_values_chosen_by_hand_survive_another_winner(alice: Client, twins: Twins) -> None:
    one, two = twins
    case = make_case(twins)
    open_next(alice)
    data = {
        "decision": "same",
        "shown_winner": one.pk,
        "winner": two.pk,
        "choice-firstName": two.pk,
        "choice-email": one.pk,
    }
    shown = part(alice, "get", address(case, "preview"), data).content.decode()
    assert f'value="{two.pk}" checked' in shown
    part(alice, "post", address(case, "decide"), data)
    two.refresh_from_db()
    # The e-mail was what the rules had chosen for the winner that was shown: nobody's word.
    assert (two.first_name, two.email) == ("Somchay", "sj@example.org")
    assert Profile.objects.get(pk=one.pk).merged_into_id == two.pk


def test_a_field_taken_from_the_other_record_is_kept(alice: Client, twins: Twins) -> None:
    one, two = twins
    case = make_case(twins)
    open_next(alice)
    data = {"decision": "same", "shown_winner": one.pk, "winner": one.pk, "choice-email": two.pk}
    part(alice, "post", address(case, "decide"), data)
    one.refresh_from_db()
    assert one.email == "sj@example.org"


def test_a_case_that_shares_a_record_with_anothers_says_who_is_at_it(
    alice: Client, twins: Twins, make: Any, world: World
) -> None:
    third = make(firstName="Somporn", lastName="Jaidee")
    theirs, case = make_case(twins), make_case([twins[0], third])
    claim_case(tenant=world.acme, by=world.bob.actor, case_id=theirs.pk)
    page = alice.get(address(case)).content.decode()
    assert "is looking at these records now" in page
    assert 'name="decision"' not in page
    assert address(case, "claim") not in page


def test_a_change_meanwhile_shows_the_records_anew(alice: Client, twins: Twins, world: World) -> None:
    case = make_case(twins)
    open_next(alice)
    record = ProfileRecord.parse({"firstName": "Sompong"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.bob.actor, profile_id=twins[0].pk, record=record)
    refused = part(alice, "post", address(case, "decide"), {"decision": "same"})
    assert refused.status_code == 409
    assert "Look at them again" in refused.content.decode()
    assert "Sompong" in refused.content.decode()
    part(alice, "post", address(case, "decide"), {"decision": "same"})
    assert Merge.objects.count() == 1


def test_skipping_goes_on_and_the_case_waits(alice: Client, twins: Twins) -> None:
    case, other = make_case(twins, score=95), make_case(score=70)
    open_next(alice)
    response = part(alice, "post", address(case, "skip"), {})
    assert response.headers["HX-Push-Url"] == address(other)
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def test_renewing_and_releasing(alice: Client, twins: Twins) -> None:
    case = make_case(twins)
    open_next(alice)
    assert alice.post(address(case, "renew")).status_code == 204
    assert alice.post(address(case, "release")).status_code == 204
    case.refresh_from_db()
    assert case.claimed_by == ""
    assert alice.post(address(case, "renew")).headers["HX-Redirect"] == address(case)


def test_nothing_left_says_what_to_do(alice: Client) -> None:
    page = open_next(alice).content.decode()
    assert "Nothing to review" in page
    assert "/admin/matching/runs" in page


@pytest.mark.parametrize("where", ["/admin/review", "/admin/review/queue", "/admin/matching/model"])
def test_an_agent_may_not_review(bob: Client, where: str) -> None:
    assert bob.get(where).status_code == 403


def test_an_agent_decides_nothing(bob: Client, twins: Twins) -> None:
    case = make_case(twins)
    assert bob.post(address(case, "decide"), {"decision": "same"}).status_code == 403
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert Merge.objects.count() == 0


@pytest.mark.conforms("B45")
def test_the_reasons_tell_what_differs_what_adds_nothing_and_what_everybody_starts_with(
    alice: Client, make: Make
) -> None:
    def person(last: str, street: str, city: str) -> Profile:
        address = {"street": street, "city": city, "postalCode": "10110"}
        return make(firstName="Somchai", lastName=last, email=f"{last}@example.com", address=address)

    one = person("Jaidee", "12 Sukhumvit Road", "Bangkok")
    two = person("Wongsawat", "99 Silom Road", "Khlong Toei")
    Profile.objects.filter(pk=two.pk).update(lifecycle_stage=LifecycleStage.INACTIVE)
    page = alice.get(address(make_case((one, two)))).content.decode()
    assert "Last name: different" in page
    assert "Adds nothing to the rest: City" in page
    assert "from 2: the other is only what everybody starts with" in page
    assert "nobody else knows it" not in page.split("Lifecycle stage")[1].split("</tr>")[0]


def test_a_score_that_something_contradicts_is_told_as_less_sure(alice: Client, twins: Twins) -> None:
    case = make_case(twins, score=75.4, conflicts=["first_name"])
    queue = alice.get("/admin/review/queue").content.decode()
    head = alice.get(address(case)).content.decode().split("case__head")[1].split("Something contradicts")[0]
    for shown in (queue, head):
        assert "may be the same" in shown
        assert "likely the same" not in shown
