"""Pairs that are people's, however sure a run is of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from unify.choices import CandidateOrigin, CandidateState, CaseState, Decision
from unify.deciding.cases import Pair, ordered
from unify.merging.kin import survivor_of_each, with_merged
from unify.models import Candidate, ReviewCase, Verdict


def left_to_people(among: Sequence[uuid.UUID] | None = None) -> set[Pair]:
    """Return the pairs (lower id first) a run must not merge; ``among`` asks about these customers alone.

    Somebody looks at them, a person or contradicting ids have asked about them, a second person is asked, two
    have disagreed, or the last word on them is that they are not the same, or was taken back. A change to a
    record may bring such a pair back to people; it never makes it a run's. What was said of somebody counts
    for the customer it was merged into, for as long as the merge holds.
    """
    return _in_hand(among) | _spoken_of(among)


def _in_hand(among: Sequence[uuid.UUID] | None) -> set[Pair]:
    is_held = Q(claimed_until__gt=timezone.now()) | Q(state=CaseState.SECOND) | ~Q(earlier_decisions=[])
    cases = ReviewCase.objects.filter(is_held, state__in=[CaseState.OPEN, CaseState.SECOND])
    is_theirs = Q(case__in=cases.values("pk")) | ~Q(origin=CandidateOrigin.JOB)
    pairs = Candidate.objects.filter(is_theirs, state=CandidateState.PENDING)
    return set(_both(pairs, among).values_list("low_id", "high_id"))


def _spoken_of(among: Sequence[uuid.UUID] | None) -> set[Pair]:
    kin = None if among is None else with_merged(among)
    latest = _both(Verdict.objects.all(), None if kin is None else list(kin))
    latest = latest.order_by("low_id", "high_id", "-created_at", "-id").distinct("low_id", "high_id")
    said = latest.values_list("low_id", "high_id", "decision")
    apart = [(low, high) for low, high, decision in said if decision != Decision.SAME]
    if kin is None:
        kin = survivor_of_each({one for pair in apart for one in pair})
    return {ordered(kin[low], kin[high]) for low, high in apart if kin[low] != kin[high]}


def _both(rows: QuerySet[Any], among: Sequence[uuid.UUID] | None) -> QuerySet[Any]:
    return rows if among is None else rows.filter(low__in=among, high__in=among)
