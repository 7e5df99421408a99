"""How many pairs have which score: counted once by each search, so that no page has to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField
from django.db.models.functions import Cast, Floor

from unify.choices import CandidateState, RunState
from unify.finding.policy import LOOKS
from unify.models import Candidate, MatchRun

COUNTS = "scores"
# Withdrawn pairs are no longer alike; all others are what a score would be applied to.
COUNTED = (CandidateState.PENDING, CandidateState.MERGED, CandidateState.REJECTED)


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """How many pairs had each whole score when the last search ended."""

    numbers: dict[int, int]
    counted_at: datetime | None


def count_scores() -> dict[str, int]:
    """Return how many pairs have each whole score, as a run keeps it; reads every pair."""
    whole = Cast(Floor(F("score")), IntegerField())
    found = Candidate.objects.filter(state__in=COUNTED).order_by().annotate(whole=whole).values("whole")
    return {str(row["whole"]): row["number"] for row in found.annotate(number=Count("pk"))}


def latest_counts() -> ScoreCounts:
    """Return what the last search has counted: one row is read, however many pairs there are."""
    runs = MatchRun.objects.filter(kind__in=LOOKS, state=RunState.DONE)
    latest = runs.order_by("-created_at", "-id").values_list("counts", "finished_at").first()
    if latest is None:
        return ScoreCounts({}, None)
    counts, finished_at = latest
    return ScoreCounts({int(score): number for score, number in counts.get(COUNTS, {}).items()}, finished_at)
