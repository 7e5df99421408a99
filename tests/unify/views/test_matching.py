"""Searches, the model, the settings, and the page that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdp.models import AuditEntry, Tenant
from profiles.models import Profile
from tests.factories.unify import make_candidate, make_case
from tests.factories.unify import twins as make_twins
from tests.profiles.views.conftest import undo_token
from tests.unify.views.conftest import Make
from tests.world import World
from unify.choices import CaseState, ModelOrigin, ModelState, RunKind, RunState
from unify.finding.current import current_model, settings_of
from unify.finding.score_counts import count_scores
from unify.models import (
    BulkDecision,
    Candidate,
    MatchModelVersion,
    MatchRecord,
    MatchRun,
    ReviewCase,
    Verdict,
)
from unify.records.refresh import refresh

Twins = tuple[Profile, Profile]
RUNS, MODEL, SETTINGS = "/admin/matching/runs", "/admin/matching/model", "/admin/matching/settings"


def html(client: Client, address: str, **data: Any) -> str:
    return client.get(address, data).content.decode()


@pytest.mark.conforms("R175")
def test_a_search_is_started_shown_and_cancelled(alice: Client, acme: Tenant) -> None:
    assert "Nobody has looked for duplicates yet" in html(alice, RUNS)
    alice.post(f"{RUNS}/start", {"kind": "deep"})
    run = MatchRun.objects.get()
    assert (run.kind, run.state) == (RunKind.DEEP, RunState.WAITING)
    assert 'hx-trigger="every 1s"' in html(alice, RUNS)
    alice.post(f"{RUNS}/start", {"kind": "incremental"})
    assert "wait for its end" in html(alice, RUNS)
    alice.post(f"{RUNS}/{run.pk}/cancel")
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_progress_is_a_part_until_the_search_has_ended(alice: Client, acme: Tenant) -> None:
    part = {"HX-Request": "true"}
    run = MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.RUNNING, done=3, total=4, step="compare")
    assert "75 %" in alice.get(f"{RUNS}/progress", headers=part).content.decode()
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.DONE, counts={"merged": 7, "pairs": 12})
    assert alice.get(f"{RUNS}/progress", headers=part).headers["HX-Refresh"] == "true"
    assert "<strong>7</strong>" in html(alice, RUNS)


def test_the_model_page_shows_weights_in_words(alice: Client, acme: Tenant) -> None:
    page = html(alice, MODEL)
    assert "speaks strongly for it" in page
    assert "speaks against it" in page
    assert "pairs of strangers" in page
    assert "0 of 200 decisions" in page


def test_learning_from_decisions_is_offered_when_it_would_do(alice: Client, acme: Tenant) -> None:
    number = current_model(acme)[0].number
    people = make_twins(25)
    pairs = list(combinations(people, 2))[:210]

    def said(decision: str, pairs: Sequence[Twins]) -> None:
        usual = {"low_fingerprint": 1, "high_fingerprint": 2, "model_number": number, "by": "user:x"}
        Verdict.objects.bulk_create(
            Verdict(low=low, high=high, decision=decision, weight=9.0, **usual) for low, high in pairs
        )

    said("same", pairs)
    page = html(alice, MODEL)
    assert "It takes at least 10 decisions of either kind." in page
    assert "disabled>Learn from decisions" in page
    said("different", pairs[:20])  # the last word counts
    page = html(alice, MODEL)
    assert "of either kind" not in page
    assert "disabled>Learn from decisions" not in page
    case = make_case(bulk=BulkDecision.objects.create(least_score=90, state=RunState.DONE))
    Verdict.objects.update(case=case)
    assert "0 of 200 decisions" in html(alice, MODEL)


def draft(acme: Tenant) -> MatchModelVersion:
    """Make a draft in which the first name says more."""
    _version, model = current_model(acme)
    stored = model.model_dump(mode="json")
    stored["comparisons"][0]["comparison_levels"][1]["u_probability"] = 1e-5
    return MatchModelVersion.objects.create(
        number=2, state=ModelState.DRAFT, origin=ModelOrigin.TRAINED, model=stored, records=10
    )


def test_a_draft_shows_what_is_different_is_tried_and_used(alice: Client, acme: Tenant) -> None:
    version = draft(acme)
    address = f"{MODEL}/{version.pk}"
    page = html(alice, address)
    assert "What is different from version 1" in page
    assert "counts more now" in page
    alice.post(f"{address}/try")
    assert MatchRun.objects.get().kind == RunKind.DRY_RUN
    alice.post(f"{address}/publish")
    assert current_model(acme)[0].number == 2


@pytest.mark.conforms("B51")
def test_a_trial_names_pairs_that_would_fare_otherwise(alice: Client, acme: Tenant, twins: Twins) -> None:
    version = draft(acme)
    pair = {"low": str(twins[0].pk), "high": str(twins[1].pk), "before": 70.2, "after": 91.7}
    counts = {
        "records": 2,
        "before": {"merge": 0, "queue": 1},
        "after": {"merge": 1, "queue": 0},
        "changes": {"queue_to_merge": {"count": 1, "pairs": [pair]}},
    }
    MatchRun.objects.create(kind=RunKind.DRY_RUN, state=RunState.DONE, model_version=version, counts=counts)
    page = html(alice, f"{MODEL}/{version.pk}")
    assert "would be merged without asking instead of waiting for a person" in page
    assert "70 → 92" in page


@pytest.mark.conforms("B52")
def test_settings_are_saved_checked_and_audited(alice: Client, acme: Tenant) -> None:
    data = {
        "merge_score": "95",
        "review_score": "70",
        "largest_cluster": "4",
        "bulk_score": "90",
        "risky_events": "50",
        "digest_from": "0",
        "source_ranks": "ERP, CRM,, ERP",
        "rule_email": "most_recent",
    }
    assert alice.post(SETTINGS, data).status_code == 302
    saved = settings_of(acme)
    assert (saved.merge_score, saved.source_ranks, saved.merges_by_itself) == (95, ["ERP", "CRM"], False)
    assert saved.survivorship == {"email": "most_recent"}
    assert AuditEntry.objects.filter(verb="match_settings.change").count() == 1
    refused = alice.post(SETTINGS, data | {"review_score": "99"})
    assert refused.status_code == 400
    assert "Ask people from a lower score" in refused.content.decode()
    assert settings_of(acme).review_score == 70


def test_moving_a_score_says_what_it_would_mean(alice: Client, acme: Tenant, twins: Twins) -> None:
    make_candidate(twins[0].pk, twins[1].pk, score=88.5)
    counts = {"scores": count_scores()}
    MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE, counts=counts, finished_at=timezone.now())
    asked = {"merge_score": "88", "review_score": "60"}
    page = html(alice, f"{SETTINGS}/consequences", **asked)
    assert '<span class="consequence__number">1</span><span>pairs from 88 on' in page
    page = html(alice, f"{SETTINGS}/consequences", merge_score="9" * 40, review_score="x")
    assert '<span class="consequence__number">1</span><span>pairs from 60 to 100' in page


def test_moving_a_score_reads_no_pair_however_many_there_are(alice: Client, acme: Tenant) -> None:
    MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE, counts={"scores": {"97": 1_000_000}})
    html(alice, SETTINGS)
    for address in (SETTINGS, f"{SETTINGS}/consequences"):
        with CaptureQueriesContext(connection) as captured:
            assert "1,000,000" in html(alice, address)
        assert not [query for query in captured if Candidate._meta.db_table in query["sql"]]


def test_why_groups_were_left_to_people_is_told(alice: Client, acme: Tenant) -> None:
    counts = {"left_to_people": 3, "left_reasons": {"not-sure-any-more": 2, "something-new": 1}}
    MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE, counts=counts)
    page = html(alice, RUNS)
    assert "2: changed while the search was at work" in page
    assert "1: something new" in page


def test_the_explanation_is_scored_by_the_tenants_own_model(alice: Client, acme: Tenant) -> None:
    page = html(alice, "/admin/matching/how")
    assert "One customer, written twice" in page
    assert "Their first names differ, as between members of one household" in page


def test_sure_cases_are_merged_at_once_and_taken_back_at_once(
    alice: Client, acme: Tenant, make: Make
) -> None:
    # Every pair is compared once more, so these have to be as alike as the score says.
    facts = {"lastName": "Jaidee", "phone": "081 234 5678", "dateOfBirth": "1985-03-14"}
    twins = make(firstName="Somchai", **facts), make(firstName="Somchay", **facts)
    case = make_case(twins, score=96)
    refresh(acme, [one.pk for one in twins])
    prints = {str(row.profile_id): row.fingerprint for row in MatchRecord.objects.all()}
    Candidate.objects.update(
        low_fingerprint=prints[str(min(one.pk for one in twins))],
        high_fingerprint=prints[str(max(one.pk for one in twins))],
    )
    assert "Merge 1 case" in html(alice, "/admin/review/accept", least_score="95")
    assert "Merge 1 case" not in html(alice, "/admin/review/accept", least_score="97")
    done = alice.post("/admin/review/accept", {"least_score": "95"}, follow=True).content.decode()
    assert "Merged 1 case." in done
    assert ReviewCase.objects.get(pk=case.pk).state == CaseState.DECIDED
    alice.post("/admin/undo", {"token": undo_token(done)})
    assert ReviewCase.objects.get(pk=case.pk).state == CaseState.OPEN


def test_the_queue_is_filtered(alice: Client, acme: Tenant, world: World) -> None:
    make_case(score=95)
    make_case(score=70, conflicts=["birth_date"])
    queue = "/admin/review/queue"
    assert html(alice, queue).count('class="cases__item"') == 2
    assert html(alice, queue, score="90").count('class="cases__item"') == 1
    assert html(alice, queue, kind="conflict").count('class="cases__item"') == 1
    assert html(alice, queue, held="me").count('class="cases__item"') == 0
    alice.post("/admin/review")
    assert "You are looking at it" in html(alice, queue, held="me")


@pytest.mark.parametrize("address", ["/admin/review/queue", "/admin/review/accept", RUNS, MODEL])
def test_more_cases_cost_no_more_queries(alice: Client, acme: Tenant, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert alice.get(address).status_code == 200
        return len(captured)

    make_case(score=95)
    MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE)
    queries()  # the first call makes the settings and the model
    before = queries()
    for score in (96, 97, 98):
        make_case(score=score)
        MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE)
    assert queries() == before
