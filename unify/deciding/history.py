"""What was merged and what was said."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet

from unify.deciding.cases import touching
from unify.merging.errors import MergeNotFound
from unify.models import Merge, ReviewCase, Verdict


def get_merge(merge_id: uuid.UUID) -> Merge:
    """Return the merge; raises MergeNotFound."""
    try:
        return Merge.objects.get(pk=merge_id)
    except Merge.DoesNotExist as error:
        raise MergeNotFound from error


def merges_of(
    profile_id: uuid.UUID | None = None, *, status: str | None = None, origin: str | None = None
) -> QuerySet[Merge]:
    """Return merges, the latest first; of one customer, those on either side."""
    rows = Merge.objects.order_by("-merged_at", "-id")
    if profile_id is not None:
        rows = rows.filter(Q(winner=profile_id) | Q(loser=profile_id))
    if status:
        rows = rows.filter(status=status)
    return rows.filter(origin=origin) if origin else rows


def verdicts_of(profile_id: uuid.UUID | None = None, case_id: uuid.UUID | None = None) -> QuerySet[Verdict]:
    """Return verdicts, the latest first."""
    rows: QuerySet[Verdict] = Verdict.objects.order_by("-created_at", "-id")
    if profile_id is not None:
        rows = rows.filter(touching([profile_id]))
    return rows.filter(case=case_id) if case_id else rows


def cases_of(
    profile_id: uuid.UUID | None = None, *, state: str | None = None, least_score: float | None = None
) -> QuerySet[ReviewCase]:
    """Return cases, the most alike first."""
    rows: QuerySet[ReviewCase] = ReviewCase.objects.order_by("-best_score", "id")
    if state:
        rows = rows.filter(state=state)
    if least_score is not None:
        rows = rows.filter(least_score__gte=least_score)
    if profile_id is not None:
        rows = rows.filter(Q(candidates__low=profile_id) | Q(candidates__high=profile_id)).distinct()
    return rows
