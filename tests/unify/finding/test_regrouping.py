"""Cases put together among what changed are those that are put together among everybody."""

from __future__ import annotations

import uuid
from itertools import combinations
from random import Random

import pytest
from django.db import transaction

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.factories.unify import make_candidate
from unify.choices import CandidateState, CaseState
from unify.finding import cases
from unify.finding.cases import regroup
from unify.models import Candidate, ReviewCase

PEOPLE, PAIRS, CHANGED = 60, 42, 8
Group = tuple[frozenset[uuid.UUID], int, float, float, bool, bool]


class _TakenBackError(Exception):
    pass


def grouped(known: set[uuid.UUID]) -> dict[Group, uuid.UUID | None]:
    """Return what each open case holds and says, with its id where it was there before."""
    rows = ReviewCase.objects.filter(state=CaseState.OPEN)
    pairs = Candidate.objects.filter(state=CandidateState.PENDING)
    return {
        (
            frozenset(pairs.filter(case=row).values_list("pk", flat=True)),
            row.size,
            row.best_score,
            row.least_score,
            row.has_conflict,
            row.is_risky,
        ): row.pk if row.pk in known else None
        for row in rows
    }


def change(rng: Random, people: list[Profile]) -> set[uuid.UUID]:
    """Let some pairs end and others begin, and a customer become a company; return whom it touches."""
    touched: set[uuid.UUID] = set()
    for pair in rng.sample(list(Candidate.objects.order_by("pk")), CHANGED):
        Candidate.objects.filter(pk=pair.pk).update(state=CandidateState.WITHDRAWN)
        touched.add(rng.choice((pair.low_id, pair.high_id)))
    there = set(Candidate.objects.values_list("low_id", "high_id"))
    free = [pair for pair in combinations(sorted(one.pk for one in people), 2) if pair not in there]
    for low, high in rng.sample(free, CHANGED):
        make_candidate(low, high, score=rng.uniform(60, 100), weight=rng.uniform(5, 20))
        touched.add(rng.choice((low, high)))
    company = rng.choice(people)
    Profile.objects.filter(pk=company.pk).update(type="COMPANY")
    return touched | {company.pk}


def after(among: set[uuid.UUID] | None, known: set[uuid.UUID]) -> dict[Group, uuid.UUID | None]:
    """Return the cases after regrouping, which is taken back."""
    found: dict[Group, uuid.UUID | None] = {}
    try:
        with transaction.atomic():
            regroup(among=among)
            found = grouped(known)
            raise _TakenBackError
    except _TakenBackError:
        return found


@pytest.mark.conforms("R41")
@pytest.mark.parametrize("seed", range(8))
def test_regrouping_what_is_touched_says_what_regrouping_everything_says(
    acme: Tenant, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(cases, "CASE_SIZE", 4)
    rng = Random(seed)
    people = [ProfileFactory() for _ in range(PEOPLE)]
    ids = sorted(one.pk for one in people)
    for low, high in rng.sample(list(combinations(ids, 2)), PAIRS):
        make_candidate(low, high, score=rng.uniform(60, 100), weight=rng.uniform(5, 20))
    made = regroup()
    known = set(ReviewCase.objects.values_list("pk", flat=True))
    assert made == len(known)
    touched = change(rng, people)
    everything = after(None, known)
    assert after(touched, known) == everything
    assert everything != grouped(known)


def test_a_case_nobody_touches_is_not_measured_again(acme: Tenant) -> None:
    one, other, third = (ProfileFactory() for _ in range(3))
    make_candidate(one.pk, other.pk)
    regroup()
    ReviewCase.objects.update(best_score=1)
    regroup(among=[third.pk])
    assert ReviewCase.objects.get().best_score == 1
    regroup(among=[one.pk])
    assert ReviewCase.objects.get().best_score == 80


def test_a_case_that_fell_apart_is_split_when_one_part_is_touched(acme: Tenant) -> None:
    first, second, third, fourth = sorted((ProfileFactory() for _ in range(4)), key=lambda one: one.pk)
    make_candidate(first.pk, second.pk)
    link = make_candidate(second.pk, third.pk)
    make_candidate(third.pk, fourth.pk)
    regroup()
    Candidate.objects.filter(pk=link.pk).update(state=CandidateState.REJECTED, case=None)
    regroup(among=[first.pk])
    assert list(ReviewCase.objects.values_list("size", flat=True)) == [2, 2]
