"""What a run must leave to people, however sure it is."""

from __future__ import annotations

import pytest
from django.db.models import F

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.models import Profile
from tests.factories.unify import make_case, twins
from tests.unify.finding.people import STREET, run, somchai, strangers
from tests.world import World
from unify.choices import CandidateOrigin, CandidateState, CaseState, Decision, RunState
from unify.deciding.cases import ordered, records_of
from unify.deciding.earlier import earlier_verdicts
from unify.deciding.people_first import left_to_people
from unify.models import Candidate, MatchRecord, MatchSettings, Merge, ReviewCase
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import decide_case
from unify.operations.merge import merge
from unify.operations.open_candidate import open_candidate
from unify.operations.release_case import release_case
from unify.operations.undo_decision import undo_decision
from unify.operations.unify_profile import unify_profile
from unify.operations.unmerge import unmerge
from unify.records.refresh import refresh


@pytest.fixture
def alice(world: World) -> Actor:
    return world.alice.actor


@pytest.fixture
def case(acme: Tenant) -> ReviewCase:
    """Two records a run is sure of, in a tenant that began by asking."""
    strangers()
    somchai()
    somchai(phone="")
    MatchSettings.objects.create(merges_by_itself=False)
    assert run(acme).state == RunState.DONE
    MatchSettings.objects.update(merges_by_itself=True)
    return ReviewCase.objects.get()


def merged() -> int:
    return Profile.objects.filter(status=ProfileStatus.MERGED).count()


def move(tenant: Tenant, profile: Profile) -> None:
    """Change the city, so that what was said of the customer is said of another record."""
    before = MatchRecord.objects.get(profile=profile).fingerprint
    address = {**STREET, "city": "Phuket"}
    Profile.objects.filter(pk=profile.pk).update(address=address, version=F("version") + 1)
    refresh(tenant, [profile.pk])
    assert MatchRecord.objects.get(profile=profile).fingerprint != before


def test_without_a_person_in_it_the_run_merges(acme: Tenant, case: ReviewCase) -> None:
    run(acme)
    assert merged() == 1


@pytest.mark.conforms("B46")
def test_what_somebody_looks_at_is_not_merged_under_their_eyes(
    acme: Tenant, alice: Actor, case: ReviewCase
) -> None:
    claim_case(tenant=acme, by=alice)
    run(acme)
    case.refresh_from_db()
    assert (merged(), case.state, case.claimed_by) == (0, CaseState.OPEN, str(alice))
    release_case(tenant=acme, by=alice, case_id=case.pk)
    run(acme)
    assert merged() == 1


@pytest.mark.conforms("B46")
def test_a_decision_taken_back_is_not_made_again_by_the_next_run(
    acme: Tenant, alice: Actor, case: ReviewCase
) -> None:
    decide_case(tenant=acme, by=alice, case_id=case.pk, decision=Decision.SAME)
    undo_decision(tenant=acme, by=alice, case_id=case.pk)
    release_case(tenant=acme, by=alice, case_id=case.pk)
    assert run(acme).state == RunState.DONE
    assert merged() == 0
    assert Candidate.objects.get().state == CandidateState.PENDING
    assert claim_case(tenant=acme, by=alice) is not None


@pytest.mark.conforms("B46")
def test_a_risky_merge_takes_two_people_also_when_a_run_is_sure(acme: Tenant, case: ReviewCase) -> None:
    MatchSettings.objects.update(needs_second_person=True, risky_events=0)
    run(acme)
    assert merged() == 0
    MatchSettings.objects.update(needs_second_person=False)
    run(acme)
    assert merged() == 1


@pytest.mark.conforms("B46")
def test_what_was_unmerged_waits_for_people_when_a_record_changes(acme: Tenant, alice: Actor) -> None:
    strangers()
    one, _ = somchai(), somchai(phone="")
    run(acme)
    unmerge(tenant=acme, by=alice, merge_id=Merge.objects.get().pk)
    move(acme, one)
    run(acme)
    pair = Candidate.objects.select_related("case").get()
    assert pair.score >= MatchSettings().merge_score
    assert pair.case is not None
    assert (merged(), pair.state, pair.case.state) == (0, CandidateState.PENDING, CaseState.OPEN)
    assert unify_profile(tenant=acme, by=alice, profile_id=one.pk).merges == ()


@pytest.mark.conforms("B46")
def test_a_decision_taken_back_stays_with_people_when_a_record_changes(
    acme: Tenant, alice: Actor, case: ReviewCase
) -> None:
    decide_case(tenant=acme, by=alice, case_id=case.pk, decision=Decision.DIFFERENT)
    undo_decision(tenant=acme, by=alice, case_id=case.pk)
    release_case(tenant=acme, by=alice, case_id=case.pk)
    move(acme, Candidate.objects.get().low)
    run(acme)
    assert (merged(), Candidate.objects.get().state) == (0, CandidateState.PENDING)


@pytest.mark.conforms("B46")
def test_what_was_said_of_a_merged_customer_counts_for_its_survivor_while_the_merge_holds(
    acme: Tenant, alice: Actor
) -> None:
    strangers()
    survivor, loser, other = somchai(), somchai(phone=""), somchai(email="")
    case = make_case([loser, other])
    decide_case(tenant=acme, by=alice, case_id=case.pk, decision=Decision.DIFFERENT, reason="Two people")
    said = ordered(loser.pk, other.pk)
    assert left_to_people() == {said}
    merges = merge(tenant=acme, by=alice, winner_id=survivor.pk, loser_ids=[loser.pk])
    carried = ordered(survivor.pk, other.pk)
    assert left_to_people() == left_to_people([survivor.pk, other.pk]) == {carried}
    (earlier,) = earlier_verdicts([survivor.pk, other.pk])
    assert (set(earlier.names), earlier.reason) == ({loser.name, other.name}, "Two people")
    run(acme)
    assert merged() == 1, "no run merges against what people have said"
    pair = Candidate.objects.get(low=carried[0], high=carried[1])
    assert (pair.state, pair.score >= MatchSettings().merge_score) == (CandidateState.PENDING, True)
    assert unify_profile(tenant=acme, by=alice, profile_id=survivor.pk).merges == ()
    unmerge(tenant=acme, by=alice, merge_id=merges[0].pk)
    assert left_to_people() >= {said, ordered(survivor.pk, loser.pk)}
    assert carried not in left_to_people()


def test_a_pair_that_has_become_one_customer_is_nobodys(acme: Tenant, alice: Actor) -> None:
    case = make_case(twins())
    one, other = sorted(records_of(case).ids)
    decide_case(tenant=acme, by=alice, case_id=case.pk, decision=Decision.DIFFERENT)
    merge(tenant=acme, by=alice, winner_id=one, loser_ids=[other])
    assert left_to_people() == left_to_people([one]) == set()


@pytest.mark.conforms("B46")
@pytest.mark.parametrize("origin", [CandidateOrigin.RESOLVE, CandidateOrigin.PERSON])
def test_what_people_or_contradicting_ids_ask_about_is_not_merged_unasked(
    acme: Tenant, alice: Actor, origin: CandidateOrigin
) -> None:
    strangers()
    one, other = somchai(), somchai(phone="")
    open_candidate(tenant=acme, low_id=one.pk, high_id=other.pk, origin=origin)
    run(acme)
    pair = Candidate.objects.get()
    assert pair.score >= MatchSettings().merge_score
    assert (merged(), pair.state, pair.origin) == (0, CandidateState.PENDING, origin)
    assert unify_profile(tenant=acme, by=alice, profile_id=one.pk).merges == ()
