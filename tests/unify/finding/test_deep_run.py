"""A run over everybody: what it finds, merges, puts before people, and leaves alone."""

from __future__ import annotations

import pytest

from cdp.models import AuditEntry, Tenant
from profiles.choices import ProfileStatus
from profiles.models import Profile
from tests.unify.finding.people import BY, run, somchai, spouses, strangers
from unify.choices import CandidateState, CaseState, Decision, RunState
from unify.finding.score_counts import latest_counts
from unify.models import Candidate, MatchModelVersion, MatchRun, MatchSettings, Merge, ReviewCase, Verdict
from unify.operations.unmerge import unmerge


def settings(**values: object) -> None:
    MatchSettings.objects.get_or_create()
    MatchSettings.objects.update(**values)


def pair(one: Profile, other: Profile) -> Candidate:
    low, high = sorted((one.pk, other.pk))
    return Candidate.objects.get(low_id=low, high_id=high)


def status(profile: Profile) -> str:
    return Profile.objects.values_list("status", flat=True).get(pk=profile.pk)


@pytest.mark.conforms("R41")
def test_sure_duplicates_are_merged_and_doubtful_ones_wait(acme: Tenant) -> None:
    strangers()
    one, other = somchai(), somchai(phone="")
    anong, prasert = spouses()
    done = run(acme)
    assert (done.state, done.error) == (RunState.DONE, "")
    assert {status(one), status(other)} == {ProfileStatus.ACTIVE, ProfileStatus.MERGED}
    assert pair(one, other).state == CandidateState.MERGED
    waiting = pair(anong, prasert)
    assert waiting.state == CandidateState.PENDING
    assert "first_name" in waiting.conflicts
    case = waiting.case
    assert (case.state, case.size, case.has_conflict) == (CaseState.OPEN, 2, True)
    assert done.counts["merged"] == 1
    assert done.counts["queued"] == 1


def test_strangers_are_left_alone(acme: Tenant) -> None:
    strangers(20)
    done = run(acme)
    assert not Candidate.objects.exists()
    assert not ReviewCase.objects.exists()
    assert done.counts["records"] == 20


def test_nothing_is_merged_where_the_tenant_wants_to_be_asked(acme: Tenant) -> None:
    strangers()
    one, other = somchai(), somchai()
    settings(merges_by_itself=False)
    run(acme)
    assert not Merge.objects.exists()
    assert pair(one, other).case.state == CaseState.OPEN


def test_different_login_ids_are_a_hard_stop(acme: Tenant) -> None:
    strangers()
    somchai(auth_user_id="a1"), somchai(auth_user_id="b2")
    run(acme)
    assert not Merge.objects.exists()


def test_a_second_run_changes_nothing(acme: Tenant) -> None:
    strangers()
    spouses()
    somchai(), somchai(phone="")
    run(acme)
    before = list(Candidate.objects.order_by("pk").values()), list(ReviewCase.objects.order_by("pk").values())
    second = run(acme)
    assert before == (
        list(Candidate.objects.order_by("pk").values()),
        list(ReviewCase.objects.order_by("pk").values()),
    )
    assert second.counts.get("merged", 0) == 0


@pytest.mark.conforms("B49")
def test_a_cluster_is_one_case(acme: Tenant) -> None:
    strangers()
    settings(merges_by_itself=False)
    people = [somchai(), somchai(phone=""), somchai(email="")]
    run(acme)
    (case,) = ReviewCase.objects.all()
    assert case.size == 3
    assert set(case.candidates.values_list("low_id", flat=True)) <= {one.pk for one in people}


@pytest.mark.conforms("R41")
def test_why_what_is_sure_was_left_to_people_is_counted(acme: Tenant) -> None:
    MatchSettings.objects.create(needs_second_person=True, risky_events=0)
    strangers()
    somchai(), somchai()
    done = run(acme)
    assert not Merge.objects.exists()
    assert done.counts["left_to_people"] == 1
    assert done.counts["left_reasons"] == {"needs-second-person": 1}


def test_a_search_counts_how_many_pairs_have_which_score(acme: Tenant) -> None:
    strangers()
    somchai(), somchai()
    spouses()
    done = run(acme)
    scores = sorted(int(pair.score) for pair in Candidate.objects.exclude(state=CandidateState.WITHDRAWN))
    assert scores
    assert sorted(int(score) for score, n in done.counts["scores"].items() for _ in range(n)) == scores
    assert latest_counts().numbers == {int(score): n for score, n in done.counts["scores"].items()}


def test_a_cluster_with_a_conflict_inside_is_left_to_people(acme: Tenant) -> None:
    strangers()
    somchai(auth_user_id="a1", email="")
    somchai()
    somchai(auth_user_id="b2", phone="")
    run(acme)
    logins = Profile.objects.active().filter(auth_user_id__isnull=False)
    assert logins.count() == 2


def test_no_customer_grows_past_the_largest_cluster_unasked(acme: Tenant) -> None:
    strangers()
    settings(largest_cluster=2)
    people = [somchai() for _ in range(4)]
    for _ in range(3):
        run(acme)
        left = Profile.objects.active().filter(pk__in=[one.pk for one in people])
        assert left.count() == 2, "two customers of two records each, and people decide whether they are one"
    assert ReviewCase.objects.get(state=CaseState.OPEN).size == 2


@pytest.mark.conforms("B46")
def test_a_verdict_holds_until_a_record_changes(acme: Tenant) -> None:
    strangers()
    anong, prasert = spouses()
    run(acme)
    found = pair(anong, prasert)
    Verdict.objects.create(
        low_id=found.low_id,
        high_id=found.high_id,
        decision=Decision.DIFFERENT,
        low_fingerprint=found.low_fingerprint,
        high_fingerprint=found.high_fingerprint,
        by="user:x",
    )
    run(acme)
    assert pair(anong, prasert).state == CandidateState.REJECTED
    assert not ReviewCase.objects.filter(state=CaseState.OPEN).exists()
    Profile.objects.filter(pk=anong.pk).update(last_name="Srisook", version=2)
    run(acme)
    assert pair(anong, prasert).state == CandidateState.PENDING
    assert pair(anong, prasert).case.state == CaseState.OPEN


def test_what_was_unmerged_is_not_merged_again(acme: Tenant) -> None:
    strangers()
    one, other = somchai(), somchai()
    run(acme)
    unmerge(tenant=acme, by=BY, merge_id=Merge.objects.get().pk)
    assert pair(one, other).state == CandidateState.REJECTED
    run(acme)
    assert {status(one), status(other)} == {ProfileStatus.ACTIVE}
    assert pair(one, other).state == CandidateState.REJECTED


def test_pairs_that_are_no_longer_alike_are_withdrawn(acme: Tenant) -> None:
    strangers()
    anong, prasert = spouses()
    run(acme)
    changed = {"last_name": "Wongsawat", "phone": "+66877777777", "address": {}, "version": 2}
    Profile.objects.filter(pk=anong.pk).update(**changed)
    anong.contact_points.all().delete()
    run(acme)
    assert pair(anong, prasert).state == CandidateState.WITHDRAWN
    assert ReviewCase.objects.get().state == CaseState.WITHDRAWN


def test_a_run_is_in_the_audit_trail_with_its_counts(acme: Tenant) -> None:
    strangers()
    spouses()
    done = run(acme)
    entry = AuditEntry.objects.get(verb="match_run.end")
    assert entry.object_id == done.pk
    assert entry.changes["state"] == ["running", "done"]
    assert entry.changes["queued"] == [0, 1]


def test_the_shipped_model_learns_how_often_values_occur(acme: Tenant) -> None:
    strangers(20)
    run(acme)
    versions = MatchModelVersion.objects.order_by("number")
    latest = versions.last()
    assert latest is not None
    assert (latest.state, latest.records) == ("published", 20)
    assert MatchRun.objects.get().model_version_id == latest.pk
