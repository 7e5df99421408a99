"""Taking decisions back."""

from __future__ import annotations

import pytest

from cdp.actors import Actor
from cdp.models import AuditEntry, Tenant
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.unify import make_case, twins
from tests.world import World
from unify.choices import CandidateState, CaseState, Decision
from unify.deciding.errors import CaseOpen
from unify.finding.verdicts import is_held_apart
from unify.merging.errors import EditedSince
from unify.models import Candidate, Merge, ReviewCase, Verdict
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import decide_case
from unify.operations.undo_decision import undo_decision
from unify.operations.unmerge import unmerge


@pytest.fixture
def alice(world: World) -> Actor:
    return world.alice.actor


def decided(tenant: Tenant, by: Actor, case: ReviewCase, decision: str, **said: object) -> ReviewCase:
    decide_case(tenant=tenant, by=by, case_id=case.pk, decision=decision, **said)  # type: ignore[arg-type]
    return case


@pytest.mark.conforms("R44", "B46")
def test_a_merge_comes_apart_and_the_case_is_open_again(acme: Tenant, alice: Actor) -> None:
    rows = twins(3)
    case = decided(acme, alice, make_case(rows), Decision.SAME, winner_id=rows[0].pk)
    back = undo_decision(tenant=acme, by=alice, case_id=case.pk)
    assert (back.state, back.decision, back.decided_by, back.decided_at) == (CaseState.OPEN, "", "", None)
    assert Profile.objects.active().count() == 3
    assert set(Candidate.objects.values_list("state", flat=True)) == {CandidateState.PENDING}
    assert {merge.status for merge in Merge.objects.all()} == {"UNDONE"}
    assert back.claimed_by == str(alice), "who takes back wants to look again"
    assert claim_case(tenant=acme, by=alice) == case
    assert AuditEntry.objects.filter(verb="case.undo", object_id=case.pk).count() == 1


@pytest.mark.conforms("R44", "B46")
@pytest.mark.parametrize("decision", [Decision.SAME, Decision.DIFFERENT])
def test_what_was_said_no_longer_counts(acme: Tenant, alice: Actor, decision: str) -> None:
    rows = twins(3)
    case = decided(acme, alice, make_case(rows), decision)
    undo_decision(tenant=acme, by=alice, case_id=case.pk)
    latest = {}
    for verdict in Verdict.objects.order_by("created_at", "id"):
        latest[verdict.low_id, verdict.high_id] = verdict.decision
    assert set(latest.values()) == {""}
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert not is_held_apart(rows[one].pk, rows[other].pk)


def test_a_case_can_be_decided_otherwise_after_it_was_taken_back(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    case = decided(acme, alice, make_case([one, two]), Decision.SAME)
    undo_decision(tenant=acme, by=alice, case_id=case.pk)
    decided(acme, alice, case, Decision.DIFFERENT)
    assert is_held_apart(one.pk, two.pk)
    assert Profile.objects.active().count() == 2


@pytest.mark.conforms("R44")
def test_edits_made_since_are_asked_about(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    case = decided(acme, alice, make_case([one, two]), Decision.SAME, winner_id=one.pk)
    record = ProfileRecord.parse({"industry": "Golf"}, tenant=acme)
    update_profile(tenant=acme, by=alice, profile_id=one.pk, record=record)
    with pytest.raises(EditedSince) as question:
        undo_decision(tenant=acme, by=alice, case_id=case.pk)
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED
    answers = {edit.key: "keep" for edit in question.value.edits}
    undo_decision(tenant=acme, by=alice, case_id=case.pk, answers=answers)
    assert Profile.objects.get(pk=one.pk).industry == "Golf"


def test_an_open_case_has_nothing_to_take_back(acme: Tenant, alice: Actor) -> None:
    case = make_case()
    with pytest.raises(CaseOpen):
        undo_decision(tenant=acme, by=alice, case_id=case.pk)


def test_undoing_waits_for_nobody_and_takes_nothing_from_who_looks(
    world: World, acme: Tenant, alice: Actor
) -> None:
    rows = twins(3)
    case = decided(acme, alice, make_case(rows[:2]), Decision.DIFFERENT)
    other = make_case(rows[1:])
    assert claim_case(tenant=acme, by=world.bob.actor) == other
    back = undo_decision(tenant=acme, by=alice, case_id=case.pk)
    assert (back.state, back.claimed_by) == (CaseState.OPEN, "")


@pytest.mark.conforms("R44")
def test_a_merge_taken_back_elsewhere_is_not_made_again_by_a_run(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    decided(acme, alice, make_case([one, two]), Decision.SAME)
    unmerge(tenant=acme, by=alice, merge_id=Merge.objects.get().pk)
    assert is_held_apart(one.pk, two.pk)
    assert Candidate.objects.get().state == CandidateState.REJECTED
