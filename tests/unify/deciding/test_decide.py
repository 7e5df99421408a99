"""What a decision does."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.unify import make_case, twins
from tests.world import World
from unify.choices import CandidateState, CaseState, Decision
from unify.deciding.errors import CaseChanged, CaseClosed, CaseHeld, CaseNotFound, NotInCase
from unify.finding.verdicts import is_held_apart
from unify.merging.choices import MergeOrigin
from unify.models import Candidate, Merge, ReviewCase, Verdict
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import CaseOutcome, decide_case
from unify.operations.merge import merge
from unify.records.refresh import refresh


@pytest.fixture
def alice(world: World) -> Actor:
    return world.alice.actor


def decide(tenant: Tenant, by: Actor, case: ReviewCase, decision: str, **said: object) -> CaseOutcome:
    outcome = decide_case(tenant=tenant, by=by, case_id=case.pk, decision=decision, **said)  # type: ignore[arg-type]
    case.refresh_from_db()
    return outcome


@pytest.mark.conforms("B46", "R43")
def test_the_same_merges_and_remembers_who_said_so_and_why(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    case = make_case([one, two], score=83)
    outcome = decide(acme, alice, case, Decision.SAME, winner_id=two.pk, reason="Same phone shop")
    one.refresh_from_db()
    assert (one.status, one.merged_into_id) == ("MERGED", two.pk)
    pair, verdict, stored = Candidate.objects.get(), Verdict.objects.get(), Merge.objects.get()
    assert pair.state == CandidateState.MERGED
    assert (verdict.decision, verdict.by, verdict.reason) == ("same", str(alice), "Same phone shop")
    assert verdict.weight == pair.weight
    assert [stored] == list(outcome.merges)
    assert (stored.score, stored.reason, stored.origin) == (83, "Same phone shop", MergeOrigin.PERSON)
    assert stored.candidate_ids == [pair.wire_id]
    assert (case.state, case.decided_by, case.merge_group) == ("decided", str(alice), stored.group_id)
    assert (case.claimed_by, case.claimed_until) == ("", None)
    assert AuditEntry.objects.filter(verb="case.decide", object_id=case.pk).count() == 1


@pytest.mark.conforms("B46")
def test_not_the_same_is_remembered_until_a_record_changes(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    case = make_case([one, two])
    decide(acme, alice, case, Decision.DIFFERENT)
    assert Profile.objects.active().count() == 2
    assert Candidate.objects.get().state == CandidateState.REJECTED
    assert is_held_apart(one.pk, two.pk)
    record = ProfileRecord.parse({"email": "other@example.com"}, tenant=acme)
    update_profile(tenant=acme, by=alice, profile_id=two.pk, record=record)
    refresh(acme, [two.pk])
    assert not is_held_apart(one.pk, two.pk)


@pytest.mark.conforms("B49")
def test_a_cluster_is_decided_once(acme: Tenant, alice: Actor) -> None:
    rows = twins(4)
    case = make_case(rows)
    outcome = decide(acme, alice, case, Decision.SAME, winner_id=rows[1].pk)
    assert len(outcome.merges) == 3
    assert len({merge.group_id for merge in outcome.merges}) == 1
    assert [row.pk for row in Profile.objects.active()] == [rows[1].pk]
    assert Verdict.objects.filter(decision="same").count() == 3


@pytest.mark.conforms("B49")
def test_a_cluster_of_strangers_is_kept_apart_in_every_pair(acme: Tenant, alice: Actor) -> None:
    rows = twins(3)
    decide(acme, alice, make_case(rows), Decision.DIFFERENT)
    assert Verdict.objects.count() == 3
    assert is_held_apart(rows[0].pk, rows[2].pk)


@pytest.mark.conforms("B49")
def test_some_of_a_cluster_merge_and_the_survivor_is_kept_from_the_others(acme: Tenant, alice: Actor) -> None:
    rows = twins(3)
    case = make_case(rows)
    said = {"winner_id": rows[0].pk, "loser_ids": [rows[1].pk]}
    decide(acme, alice, case, Decision.MIXED, **said)
    assert set(Profile.objects.active().values_list("pk", flat=True)) == {rows[0].pk, rows[2].pk}
    assert list(Candidate.objects.order_by("state").values_list("state", flat=True)) == ["merged", "rejected"]
    assert is_held_apart(rows[0].pk, rows[2].pk), "though nobody had found these two alike"
    assert case.state == CaseState.DECIDED


def test_what_a_mixed_decision_leaves_open_becomes_a_case_of_its_own(acme: Tenant, alice: Actor) -> None:
    rows = twins(4)
    case = make_case(rows)
    said = {"winner_id": rows[0].pk, "loser_ids": [rows[1].pk]}
    decide(acme, alice, case, Decision.MIXED, **said)
    rest = claim_case(tenant=acme, by=alice)
    assert rest is not None
    assert rest != case
    assert (rest.size, rest.state) == (2, CaseState.OPEN)
    pair = Candidate.objects.get(case=rest)
    assert {pair.low_id, pair.high_id} == {rows[2].pk, rows[3].pk}


def test_without_a_word_the_most_complete_customer_survives(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    Profile.objects.filter(pk=two.pk).update(company_name="Jaidee Ltd", gender="male")
    decide(acme, alice, make_case([one, two]), Decision.SAME)
    one.refresh_from_db()
    assert one.merged_into_id == two.pk


@pytest.mark.conforms("B46")
def test_what_changed_since_it_was_shown_is_said_before_anything_is_decided(
    acme: Tenant, alice: Actor
) -> None:
    one, two = twins()
    case = make_case([one, two])
    claim_case(tenant=acme, by=alice)
    record = ProfileRecord.parse({"phone": "+66899999999"}, tenant=acme)
    update_profile(tenant=acme, by=alice, profile_id=two.pk, record=record)
    with pytest.raises(CaseChanged) as refusal:
        decide(acme, alice, case, Decision.SAME)
    assert refusal.value.changed == {two.pk: ["phone"]}
    assert not Verdict.objects.exists()
    assert Profile.objects.active().count() == 2
    claim_case(tenant=acme, by=alice)
    decide(acme, alice, case, Decision.SAME)
    assert Profile.objects.active().count() == 1


@pytest.mark.parametrize("until", [None, timezone.now() - timedelta(minutes=1)])
def test_what_a_claim_has_shown_counts_after_it_ended(
    acme: Tenant, alice: Actor, until: datetime | None
) -> None:
    one, two = twins()
    case = make_case([one, two])
    claim_case(tenant=acme, by=alice)
    kept = {} if until else {"claimed_by": ""}  # that of who has gone on to another case names nobody
    ReviewCase.objects.update(claimed_until=until, **kept)
    record = ProfileRecord.parse({"phone": "+66899999999"}, tenant=acme)
    update_profile(tenant=acme, by=alice, profile_id=two.pk, record=record)
    with pytest.raises(CaseChanged):
        decide(acme, alice, case, Decision.SAME)
    if until:
        with pytest.raises(CaseChanged):
            decide(acme, alice, case, Decision.SAME)
    assert Profile.objects.active().count() == 2
    claim_case(tenant=acme, by=alice, case_id=case.pk)
    assert decide(acme, alice, case, Decision.SAME).merges


def test_a_claim_that_ended_is_no_hindrance_where_nothing_changed(
    world: World, acme: Tenant, alice: Actor
) -> None:
    case, other = make_case(), make_case()
    for one, by in ((case, alice), (other, world.bob.actor)):
        claim_case(tenant=acme, by=by, case_id=one.pk)
    ReviewCase.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
    update_profile(
        tenant=acme,
        by=alice,
        profile_id=Candidate.objects.get(case=other).low_id,
        record=ProfileRecord.parse({"phone": "+66899999999"}, tenant=acme),
    )
    assert decide(acme, alice, case, Decision.SAME).merges
    assert decide(acme, alice, other, Decision.SAME).merges, "another's claim has shown her nothing"


def test_the_versions_a_caller_has_seen_count_before_those_of_the_claim(acme: Tenant, alice: Actor) -> None:
    one, two = twins()
    case = make_case([one, two])
    with pytest.raises(CaseChanged):
        decide(acme, alice, case, Decision.SAME, seen={one.pk: one.version + 1})
    decide(acme, alice, case, Decision.SAME, seen={one.pk: one.version})


def test_a_case_somebody_else_looks_at_is_theirs(world: World, acme: Tenant, alice: Actor) -> None:
    case = make_case()
    claim_case(tenant=acme, by=world.bob.actor)
    with pytest.raises(CaseHeld):
        decide(acme, alice, case, Decision.SAME)


def test_a_refused_decision_leaves_the_case_free(acme: Tenant, alice: Actor) -> None:
    case = make_case()
    with pytest.raises(NotInCase):
        decide(acme, alice, case, Decision.SAME, winner_id=uuid.uuid4())
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == (CaseState.OPEN, "")


@pytest.mark.parametrize(
    "said",
    [
        {"decision": "perhaps"},
        {"decision": "same", "strategy": "WHATEVER"},
        {"decision": "same", "reason": "x" * 501},
        {"decision": "mixed"},
        {"decision": "mixed", "loser_ids": [uuid.uuid4()]},
        {"decision": "same", "loser_ids": []},
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    acme: Tenant, alice: Actor, said: dict[str, object]
) -> None:
    case = make_case(twins(3))
    with pytest.raises(Invalid):
        decide(acme, alice, case, **said)  # type: ignore[arg-type]
    assert not Verdict.objects.exists()
    assert Profile.objects.active().count() == 3


def test_a_decided_case_and_one_that_is_not_there_are_refused(acme: Tenant, alice: Actor) -> None:
    case = make_case()
    decide(acme, alice, case, Decision.DIFFERENT)
    with pytest.raises(CaseClosed):
        decide(acme, alice, case, Decision.SAME)
    with pytest.raises(CaseNotFound):
        decide_case(tenant=acme, by=alice, case_id=uuid.uuid4(), decision=Decision.SAME)


@pytest.mark.conforms("B49")
def test_a_merge_outside_of_the_queue_closes_its_cases_there(acme: Tenant, alice: Actor) -> None:
    rows = twins(3)
    whole, half = make_case(rows[:2]), make_case(rows[1:])
    merge(tenant=acme, by=alice, winner_id=rows[0].pk, loser_ids=[rows[1].pk])
    whole.refresh_from_db()
    half.refresh_from_db()
    assert (whole.state, half.state) == (CaseState.WITHDRAWN, CaseState.WITHDRAWN)
    states = Candidate.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == [CandidateState.MERGED, CandidateState.WITHDRAWN]
    assert claim_case(tenant=acme, by=alice) is None
