"""Merging many cases from the page, and taking exactly those back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cdp.models import Tenant
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.unify import as_scored, make_case
from tests.profiles.views.conftest import undo_token
from tests.world import World
from unify.choices import CaseState, Decision
from unify.deciding.bulk import clear_cases
from unify.models import BulkDecision, Merge, ReviewCase
from unify.operations.decide_case import decide_case
from unify.operations.undo_decision import undo_decision
from unify.views import undo_verbs
from unify.views.review import bulk as page

WHERE = "/admin/review/accept"


def state_of(case: ReviewCase) -> str:
    case.refresh_from_db()
    return case.state


@pytest.mark.conforms("B46")
def test_undo_takes_back_what_the_order_decided_and_nothing_else(
    alice: Client, world: World, acme: Tenant
) -> None:
    ordered, by_hand, again = (make_case(score=95) for _ in range(3))
    as_scored(acme, ordered, by_hand, again)
    done = alice.post(WHERE, {"least_score": "90"}, follow=True).content.decode()
    bulk = BulkDecision.objects.get()
    assert bulk.accepted == 3
    # Decided again by the same person, above the score, in what would be the order's own time.
    for case in (by_hand, again):
        undo_decision(tenant=acme, by=world.by, case_id=case.pk)
    decide_case(tenant=acme, by=world.by, case_id=by_hand.pk, decision=Decision.SAME)
    BulkDecision.objects.update(finished_at=None)
    alice.post("/admin/undo", {"token": undo_token(done)})
    assert state_of(ordered) == CaseState.OPEN
    assert state_of(by_hand) == CaseState.DECIDED, "decided anew by hand, so it is none of the order's"
    assert state_of(again) == CaseState.OPEN
    assert ReviewCase.objects.filter(bulk__isnull=False).count() == 0


@pytest.mark.conforms("B46")
def test_undo_says_what_is_left_and_goes_on_with_it(
    alice: Client, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_verbs, "MOST_UNDONE", 2)
    cases = [make_case(score=95) for _ in range(5)]
    as_scored(acme, *cases)
    page_of_it = alice.post(WHERE, {"least_score": "90"}, follow=True).content.decode()
    for left, words in (
        (3, "3 more are still merged"),
        (1, "1 more is still merged"),
        (0, "1 case waits again"),
    ):
        page_of_it = alice.post(
            "/admin/undo", {"token": undo_token(page_of_it), "next": WHERE}, follow=True
        ).content.decode()
        assert words in page_of_it
        assert ReviewCase.objects.filter(state=CaseState.DECIDED).count() == left
    assert 'name="token"' not in page_of_it


def test_what_cannot_be_taken_back_is_tried_once(
    alice: Client, world: World, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_verbs, "MOST_UNDONE", 1)
    cases = [make_case(score=95) for _ in range(2)]
    as_scored(acme, *cases)
    done = alice.post(WHERE, {"least_score": "90"}, follow=True).content.decode()
    first = ReviewCase.objects.order_by("decided_at").first()
    assert first is not None
    survivor = Merge.objects.get(group=first.merge_group).winner_id
    record = ProfileRecord.parse({"firstName": "Sompong"}, tenant=acme)
    update_profile(tenant=acme, by=world.by, profile_id=survivor, record=record)
    done = alice.post("/admin/undo", {"token": undo_token(done), "next": WHERE}, follow=True).content.decode()
    assert "1 was changed since and stays merged. 1 more is still merged" in done
    assert "wait again" not in done
    done = alice.post("/admin/undo", {"token": undo_token(done), "next": WHERE}, follow=True).content.decode()
    assert "1 case waits again." in done
    assert [case.pk for case in ReviewCase.objects.filter(state=CaseState.DECIDED)] == [first.pk]


def test_the_orders_page_takes_back_what_holds_of_it(alice: Client, acme: Tenant) -> None:
    cases = [make_case(score=95) for _ in range(2)]
    as_scored(acme, *cases)
    alice.post(WHERE, {"least_score": "90"}, follow=True)
    where = f"/admin/review/accepted/{BulkDecision.objects.get().pk}"
    shown = alice.get(where).content.decode()
    assert "Take 2 merges back" in shown
    alice.post("/admin/undo", {"token": undo_token(shown)})
    assert ReviewCase.objects.filter(state=CaseState.OPEN).count() == 2
    assert "Take" not in alice.get(where).content.decode().split("<main", 1)[1]


def test_the_page_counts_no_further_than_anybody_reads(
    alice: Client, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_COUNTED", 2)
    for _ in range(4):
        make_case(score=95)
    with CaptureQueriesContext(connection) as asked:
        shown = alice.get(WHERE, {"least_score": "90"}).content.decode()
    assert "Merge 2+ cases" in shown
    assert any("LIMIT 3" in query["sql"] and "COUNT" in query["sql"] for query in asked)


CASES = """
INSERT INTO review_cases (tenant_id, id, state, size, best_score, least_score, has_conflict, is_risky,
                          claimed_by, skipped_by, seen, first_decision, earlier_decisions, decision,
                          decided_by, created_at, updated_at, created_by, updated_by)
SELECT %(tenant)s, gen_random_uuid(), 'open', 2, n %% 100, n %% 100, false, false, '', '{}', '{}', '{}', '[]',
       '', '', now(), now(), '', ''
  FROM generate_series(1, 20000) AS n
"""


def test_what_is_sure_is_found_in_the_index_however_long_the_queue_is(acme: Tenant) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CASES, {"tenant": acme.pk})
        cursor.execute("ANALYZE review_cases")
        statement, values = clear_cases(acme, 98).order_by()[: page.MOST_COUNTED].query.sql_with_params()
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT TEXT) {statement}", values)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    # While hardly anything is decided, the index of all cases is as short as that of those that wait.
    assert "review_cases_waiting" in plan or "review_cases_by_score" in plan
    assert "Seq Scan" not in plan
