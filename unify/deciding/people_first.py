"""Pairs that are people's, however sure a run is of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from unify.choices import CandidateState, CaseState
from unify.deciding.cases import Pair
from unify.models import Candidate, MatchRecord, ReviewCase, Verdict


def left_to_people(among: Sequence[uuid.UUID] | None = None) -> set[Pair]:
    """Return the pairs (lower id first) a run must not merge; ``among`` asks about these customers alone.

    Somebody looks at them, a second person is asked, two have disagreed, or a decision was taken back and
    neither record has changed since.
    """
    return _in_hand(among) | _taken_back(among)


def _in_hand(among: Sequence[uuid.UUID] | None) -> set[Pair]:
    is_held = Q(claimed_until__gt=timezone.now()) | Q(state=CaseState.SECOND) | ~Q(earlier_decisions=[])
    cases = ReviewCase.objects.filter(is_held, state__in=[CaseState.OPEN, CaseState.SECOND])
    pairs = Candidate.objects.filter(state=CandidateState.PENDING, case__in=cases.values("pk"))
    return set(_both(pairs, among).values_list("low_id", "high_id"))


def _taken_back(among: Sequence[uuid.UUID] | None) -> set[Pair]:
    asked = set(_both(Verdict.objects.filter(decision=""), among).values_list("low_id", "high_id"))
    if not asked:
        return set()
    people = {pk for pair in asked for pk in pair}
    now = dict(MatchRecord.objects.filter(profile__in=people).values_list("profile_id", "fingerprint"))
    latest = Verdict.objects.filter(low__in=people, high__in=people)
    latest = latest.order_by("low_id", "high_id", "-created_at", "-id").distinct("low_id", "high_id")
    return {
        (said.low_id, said.high_id)
        for said in latest
        if not said.decision
        and (now.get(said.low_id), now.get(said.high_id)) == (said.low_fingerprint, said.high_fingerprint)
    }


def _both(rows: QuerySet[Any], among: Sequence[uuid.UUID] | None) -> QuerySet[Any]:
    return rows if among is None else rows.filter(low__in=among, high__in=among)
