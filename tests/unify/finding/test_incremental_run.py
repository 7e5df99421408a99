"""A run over what has changed: it finds what a run over everybody would find, and looks at nothing else."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from cdp.models import Tenant
from profiles.models import Profile
from profiles.operations.deactivate_profiles import deactivate_profiles
from tests.factories.profiles import CustomerEventFactory
from tests.factories.unify import make_candidate
from tests.unify.finding.people import BY, run, somchai, spouses, stranger, strangers
from unify.choices import CandidateState, CaseState, Decision, RunKind, RunState
from unify.deciding.verdicts import Opinion, record_verdicts
from unify.finding import looking, pairing, searching
from unify.finding.cases import regroup
from unify.matching import candidates
from unify.models import Candidate, MatchRecord, MatchRun, MatchSettings, ReviewCase
from unify.records.policy import OVERLAP


def pass_time(by: timedelta = OVERLAP * 3) -> None:
    """Let everything that was done lie in the past."""
    MatchRun.objects.update(looked_at_until=F("looked_at_until") - by)
    MatchRecord.objects.update(changed_at=F("changed_at") - 2 * by)
    Profile.objects.update(updated_at=F("updated_at") - 2 * by)


def edit(profile: Profile, **values: object) -> None:
    version = Profile.objects.values_list("version", flat=True).get(pk=profile.pk)
    Profile.objects.filter(pk=profile.pk).update(**values, version=version + 1, updated_at=timezone.now())


def found() -> dict[tuple[object, object], tuple[float, str]]:
    rows = Candidate.objects.exclude(state=CandidateState.WITHDRAWN)
    return {(c.low_id, c.high_id): (round(c.score, 6), c.state) for c in rows}


@pytest.fixture
def by_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat a small tenant as a large one: keys are looked up, not everybody compared."""
    monkeypatch.setattr(searching, "LARGE", 0)
    monkeypatch.setattr(pairing, "LARGE", 0)
    monkeypatch.setattr(pairing, "ALL_PAIRS", 0)
    monkeypatch.setattr(candidates, "ALL_PAIRS", 0)
    monkeypatch.setattr(looking, "_MOST_CHANGED", 1.0)


def test_a_first_run_looks_at_everybody(acme: Tenant) -> None:
    strangers()
    done = run(acme, RunKind.INCREMENTAL)
    assert done.counts["whole"] is True


@pytest.mark.conforms("R41")
def test_only_what_changed_is_looked_at(acme: Tenant) -> None:
    people = strangers(30)
    spouses()
    run(acme)
    pass_time()
    edit(people[0], last_name="Srisuk")
    done = run(acme, RunKind.INCREMENTAL)
    assert "whole" not in done.counts
    assert (done.counts["changed"], done.state) == (1, RunState.DONE)
    assert done.counts["pairs"] < 35


def test_nothing_changed_costs_nothing(acme: Tenant, by_the_index: None) -> None:
    strangers()
    spouses()
    run(acme)
    before = found()
    pass_time()
    done = run(acme, RunKind.INCREMENTAL)
    assert (done.counts["changed"], done.counts.get("pairs", 0)) == (0, 0)
    assert found() == before


def test_who_was_deactivated_is_withdrawn(acme: Tenant, by_the_index: None) -> None:
    strangers()
    anong, _ = spouses()
    run(acme)
    pass_time()
    deactivate_profiles(tenant=acme, by=BY, profile_ids=[anong.pk])
    run(acme, RunKind.INCREMENTAL)
    assert set(Candidate.objects.values_list("state", flat=True)) == {CandidateState.WITHDRAWN}
    assert not ReviewCase.objects.filter(state="open").exists()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_finds_what_a_run_over_everybody_finds(acme: Tenant, by_the_index: None, seed: int) -> None:
    rng = Random(seed)
    MatchSettings.objects.create(merges_by_itself=False)
    people = strangers(25)
    people += [somchai(phone=""), somchai(email="")]
    people += [*spouses()]
    run(acme)
    pass_time()
    for profile in rng.sample(people, 3):
        other = rng.choice(people)
        edit(profile, last_name=other.last_name, first_name=other.first_name, date_of_birth="1970-05-04")
    stranger(1)
    somchai(first_name="Somchay")
    done = run(acme, RunKind.INCREMENTAL)
    assert "whole" not in done.counts
    by_increment = found()
    assert run(acme).counts["whole"] is True
    assert found() == by_increment


def test_another_model_means_everybody(acme: Tenant) -> None:
    strangers()
    run(acme)
    pass_time()
    MatchRun.objects.update(model_version=None)
    assert run(acme, RunKind.INCREMENTAL).counts["whole"] is True


def test_another_review_score_is_applied_at_once(acme: Tenant) -> None:
    strangers()
    spouses()
    run(acme)
    pass_time()
    pair = Candidate.objects.get()
    assert pair.state == CandidateState.PENDING
    above, below = int(pair.score) + 1, int(pair.score) - 1
    for score, state in ((above, CandidateState.WITHDRAWN), (below, CandidateState.PENDING)):
        MatchSettings.objects.update(review_score=score, merge_score=99)
        done = run(acme, RunKind.INCREMENTAL)
        assert done.counts["whole"] is True
        pair.refresh_from_db()
        assert pair.state == state
    assert "whole" not in run(acme, RunKind.INCREMENTAL).counts


def test_a_pair_found_again_as_it_was_is_not_written(acme: Tenant) -> None:
    strangers()
    spouses()
    run(acme)

    def marks() -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT xmin::text, xmax::text FROM match_candidates ORDER BY id")
            return list(cursor.fetchall())

    before = marks()
    assert before
    assert run(acme).counts["candidates"] == 0
    assert marks() == before, "not even locked: a night in which nothing changes costs nothing"


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.FAILED])
def test_what_a_stopped_search_left_without_a_case_gets_one(
    acme: Tenant, by_the_index: None, state: RunState
) -> None:
    people = strangers()
    run(acme)
    pass_time()
    stopped = run(acme)
    MatchRun.objects.filter(pk=stopped.pk).update(state=state, looked_at_until=None)
    left = make_candidate(people[0].pk, people[1].pk)
    emptied = ReviewCase.objects.create(best_score=70, least_score=70)
    done = run(acme, RunKind.INCREMENTAL)
    assert "whole" not in done.counts
    left.refresh_from_db()
    assert left.case is not None
    emptied.refresh_from_db()
    assert emptied.state == CaseState.WITHDRAWN


def test_other_rules_of_what_is_risky_are_applied_at_once(acme: Tenant, by_the_index: None) -> None:
    rules = MatchSettings.objects.create(needs_second_person=True)
    one, other, *_ = strangers()
    make_candidate(one.pk, other.pk, origin="person")
    run(acme)
    pass_time()
    assert not ReviewCase.objects.get().is_risky
    CustomerEventFactory(profile=one)
    MatchSettings.objects.filter(pk=rules.pk).update(risky_events=1)
    done = run(acme, RunKind.INCREMENTAL)
    assert "whole" not in done.counts
    assert ReviewCase.objects.get().is_risky


def test_a_case_people_took_a_link_out_of_is_split(acme: Tenant, by_the_index: None) -> None:
    people = sorted(strangers(), key=lambda one: one.pk)
    run(acme)
    pairs = [make_candidate(people[at].pk, people[at + 1].pk, origin="person") for at in range(3)]
    regroup()
    pass_time()
    Candidate.objects.filter(pk=pairs[1].pk).update(state=CandidateState.REJECTED)
    record_verdicts(acme, [Opinion.of(pairs[1], Decision.DIFFERENT)], by=BY, case=None)
    done = run(acme, RunKind.INCREMENTAL)
    assert done.counts["changed"] == 0
    assert sorted(ReviewCase.objects.values_list("size", flat=True)) == [2, 2]
