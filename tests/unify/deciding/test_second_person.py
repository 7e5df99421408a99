"""Risky merges take two people."""

from __future__ import annotations

import pytest

from cdp.actors import Actor
from cdp.models import ApiKey, AuditEntry, Tenant
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import CustomerEventFactory
from tests.factories.unify import make_case, twins
from tests.world import World
from unify.choices import CaseState, Decision
from unify.deciding.errors import OwnDecision, PeopleOnly
from unify.models import MatchSettings, Merge, ReviewCase, Verdict
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import CaseOutcome, decide_case
from unify.operations.undo_decision import undo_decision


@pytest.fixture
def alice(world: World) -> Actor:
    return world.alice.actor


@pytest.fixture
def bob(world: World) -> Actor:
    return world.bob.actor


@pytest.fixture(autouse=True)
def strict(acme: Tenant) -> MatchSettings:
    return MatchSettings.objects.create(needs_second_person=True, risky_events=3)


def decide(tenant: Tenant, by: Actor, case: ReviewCase, decision: str, **said: object) -> CaseOutcome:
    outcome = decide_case(tenant=tenant, by=by, case_id=case.pk, decision=decision, **said)  # type: ignore[arg-type]
    case.refresh_from_db()
    return outcome


@pytest.mark.conforms("B46")
def test_a_risky_merge_waits_for_a_second_person(acme: Tenant, alice: Actor, bob: Actor) -> None:
    one, two = twins()
    case = make_case([one, two], conflicts=["birth_date"])
    said = {"winner_id": two.pk, "reason": "Her brother's date"}
    assert decide(acme, alice, case, Decision.SAME, **said).needs_second
    assert case.state == CaseState.SECOND
    assert (case.first_decision["by"], case.first_decision["reason"]) == (str(alice), "Her brother's date")
    assert not Merge.objects.exists()
    assert not Verdict.objects.exists()
    assert claim_case(tenant=acme, by=alice) is None, "her own is not shown to her again"
    assert claim_case(tenant=acme, by=bob) == case
    assert not decide(acme, bob, case, Decision.SAME, winner_id=two.pk).needs_second
    assert (case.state, case.decided_by) == (CaseState.DECIDED, str(bob))
    assert case.first_decision["by"] == str(alice), "both are remembered"
    assert Merge.objects.get().winner_id == two.pk


def test_nobody_confirms_their_own_decision(acme: Tenant, alice: Actor) -> None:
    case = make_case(is_risky=True)
    decide(acme, alice, case, Decision.SAME)
    for decision in (Decision.SAME, Decision.DIFFERENT):
        with pytest.raises(OwnDecision):
            decide(acme, alice, case, decision)
    with pytest.raises(OwnDecision):
        claim_case(tenant=acme, by=alice, case_id=case.pk)
    assert not Merge.objects.exists()


def test_a_program_is_no_second_person_and_no_first(world: World, acme: Tenant, alice: Actor) -> None:
    """Whoever makes a key could confirm themselves with it."""
    key = ApiKey.objects.filter(tenant=acme).get().actor
    case = make_case(is_risky=True)
    with pytest.raises(PeopleOnly):
        decide(acme, key, case, Decision.SAME)
    decide(acme, alice, case, Decision.SAME)
    with pytest.raises(PeopleOnly):
        decide(acme, key, case, Decision.SAME)
    assert not Merge.objects.exists()


@pytest.mark.conforms("B46")
@pytest.mark.parametrize("decision", [Decision.DIFFERENT, Decision.MIXED])
def test_two_who_disagree_open_the_case_again_with_both_decisions(
    acme: Tenant, alice: Actor, bob: Actor, decision: Decision
) -> None:
    rows = twins(3)
    case = make_case(rows, is_risky=True)
    decide(acme, alice, case, Decision.SAME, winner_id=rows[0].pk)
    said = {"winner_id": rows[0].pk, "loser_ids": [rows[1].pk]} if decision == Decision.MIXED else {}
    outcome = decide(acme, bob, case, decision, **said)
    assert outcome.is_reopened
    assert (case.state, case.first_decision) == (CaseState.OPEN, {})
    assert [row["decision"] for row in case.earlier_decisions] == ["same", decision]
    assert [row["by"] for row in case.earlier_decisions] == [str(alice), str(bob)]
    assert Profile.objects.active().count() == 3
    assert AuditEntry.objects.filter(verb="case.disagree", object_id=case.pk).exists()
    assert claim_case(tenant=acme, by=alice) == case


def test_who_survives_may_differ_between_the_two(acme: Tenant, alice: Actor, bob: Actor) -> None:
    one, two = twins()
    case = make_case([one, two], is_risky=True)
    decide(acme, alice, case, Decision.SAME, winner_id=one.pk)
    assert decide(acme, bob, case, Decision.SAME, winner_id=two.pk).merges
    assert Merge.objects.get().winner_id == two.pk, "the second person has the last word"


def test_not_the_same_takes_one_person(acme: Tenant, alice: Actor) -> None:
    case = make_case(is_risky=True)
    assert not decide(acme, alice, case, Decision.DIFFERENT).needs_second
    assert case.state == CaseState.DECIDED


@pytest.mark.parametrize("risk", ["company", "events", "nothing"])
def test_what_is_risky(acme: Tenant, alice: Actor, risk: str) -> None:
    one, two = twins()
    if risk == "company":
        Profile.objects.filter(pk=one.pk).update(type="COMPANY")
    for _ in range({"company": 0, "events": 3, "nothing": 2}[risk]):
        CustomerEventFactory(profile=two)
    outcome = decide(acme, alice, make_case([one, two]), Decision.SAME)
    assert outcome.needs_second is (risk != "nothing")


def test_where_nobody_asks_for_two_one_is_enough(acme: Tenant, alice: Actor, strict: MatchSettings) -> None:
    MatchSettings.objects.update(needs_second_person=False)
    assert decide(acme, alice, make_case(is_risky=True, conflicts=["branch"]), Decision.SAME).merges


def test_a_first_decision_can_be_taken_back_by_who_made_it(acme: Tenant, alice: Actor, bob: Actor) -> None:
    case = make_case(is_risky=True)
    decide(acme, alice, case, Decision.SAME)
    undo_decision(tenant=acme, by=alice, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, case.first_decision, case.claimed_by) == (CaseState.OPEN, {}, str(alice))


def test_a_second_person_who_looks_already_keeps_the_case(acme: Tenant, alice: Actor, bob: Actor) -> None:
    case = make_case(is_risky=True)
    decide(acme, alice, case, Decision.SAME)
    assert claim_case(tenant=acme, by=bob) == case
    undo_decision(tenant=acme, by=alice, case_id=case.pk)
    case.refresh_from_db()
    assert (case.state, case.first_decision, case.claimed_by) == (CaseState.OPEN, {}, str(bob))
    assert decide(acme, bob, case, Decision.SAME).needs_second


@pytest.mark.parametrize("decision", [Decision.SAME, Decision.DIFFERENT])
def test_who_comes_second_is_the_first_to_speak_of_data_that_changed_since(
    acme: Tenant, alice: Actor, bob: Actor, decision: Decision
) -> None:
    one, two = twins()
    case = make_case([one, two], is_risky=True)
    decide(acme, alice, case, Decision.SAME)
    record = ProfileRecord.parse({"email": "other@example.com"}, tenant=acme)
    update_profile(tenant=acme, by=alice, profile_id=two.pk, record=record)
    assert claim_case(tenant=acme, by=bob) == case
    outcome = decide(acme, bob, case, decision)
    assert not outcome.merges
    assert not outcome.is_reopened
    assert outcome.needs_second is (decision == Decision.SAME)
    if outcome.needs_second:
        assert (case.state, case.first_decision["by"]) == (CaseState.SECOND, str(bob))
        assert decide(acme, alice, case, Decision.SAME).merges
    else:
        assert (case.state, case.first_decision) == (CaseState.DECIDED, {})
