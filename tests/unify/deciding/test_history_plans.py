"""Lists of what was decided read a page, not the whole history."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from cdp.models import Tenant
from tests.factories.unify import twins
from tests.unify.finding.test_plans import read, steps_on
from unify.choices import CaseState, Decision
from unify.deciding.history import cases_of, verdicts_of
from unify.models import ReviewCase, Verdict

ROWS, PAGE = 3000, 25


@pytest.fixture
def history(acme: Tenant) -> None:
    states = [CaseState.DECIDED] * 9 + [CaseState.OPEN]
    ReviewCase.objects.bulk_create(
        ReviewCase(state=states[n % 10], best_score=60 + n * 40 / ROWS, least_score=60) for n in range(ROWS)
    )
    people, now = twins(80), timezone.now()
    pairs = list(combinations(people, 2))[:ROWS]
    said = Verdict.objects.bulk_create(
        Verdict(
            low=low,
            high=high,
            decision=Decision.SAME if n % 2 else Decision.DIFFERENT,
            low_fingerprint=1,
            high_fingerprint=2,
            by="user:x",
        )
        for n, (low, high) in enumerate(pairs)
    )
    for n, verdict in enumerate(said):
        verdict.created_at = now - timedelta(minutes=n)
    Verdict.objects.bulk_update(said, ["created_at"], batch_size=500)
    with connection.cursor() as cursor:
        for table in ("review_cases", "match_verdicts"):
            cursor.execute(f"ANALYZE {table}")


def read_for(rows: QuerySet[Any], table: str) -> float:
    """Return how many rows of the table a page of a list reads."""
    statement, values = rows[:PAGE].query.sql_with_params()
    return read(steps_on(table, statement, values))  # type: ignore[arg-type]


def test_a_page_of_cases_reads_a_page(acme: Tenant, history: None) -> None:
    assert read_for(cases_of(), "review_cases") <= 2 * PAGE
    assert read_for(cases_of(state=CaseState.DECIDED), "review_cases") <= 2 * PAGE
    assert read_for(cases_of(state=CaseState.OPEN), "review_cases") <= 20 * PAGE


def test_a_page_of_verdicts_reads_a_page(acme: Tenant, history: None) -> None:
    assert Verdict.objects.count() == ROWS
    assert read_for(verdicts_of(), "match_verdicts") <= 2 * PAGE
