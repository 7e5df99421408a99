"""What merges and their undoing mean for the queue, whoever ordered them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.utils.translation import gettext_noop

from cdp.actors import Actor
from unify.choices import CandidateState, Decision
from unify.deciding.cases import WAITING, ordered, refresh, touching
from unify.deciding.progress import count_anew
from unify.deciding.verdicts import Opinion, record_verdicts
from unify.models import Candidate, Merge, ReviewCase

TAKEN_BACK = gettext_noop("The merge was taken back.")


def close_pairs(merges: Sequence[Merge], by: Actor) -> None:
    """Close the pairs of customers that are gone, and the cases that have no other."""
    gone = {merge.loser_id for merge in merges}
    merged = gone | {merge.winner_id for merge in merges}
    pending = Candidate.objects.filter(touching(gone), state=CandidateState.PENDING)
    pairs = list(pending.select_for_update().order_by("pk"))
    inside = [pair.pk for pair in pairs if {pair.low_id, pair.high_id} <= merged]
    Candidate.objects.filter(pk__in=inside).update(state=CandidateState.MERGED)
    outside = [pair.pk for pair in pairs if pair.pk not in set(inside)]
    Candidate.objects.filter(pk__in=outside).update(state=CandidateState.WITHDRAWN)
    _refresh_cases({pair.case_id for pair in pairs if pair.case_id})
    count_anew(merges[0].tenant)


def keep_apart(merges: Sequence[Merge], by: Actor) -> None:
    """Remember that these are not the same, or the next run would merge them once more."""
    pairs = {ordered(merge.winner_id, merge.loser_id) for merge in merges}
    known = {
        (pair.low_id, pair.high_id): pair
        for pair in Candidate.objects.filter(
            low__in=[low for low, _high in pairs], high__in=[high for _low, high in pairs]
        )
    }
    found = [known[ids] for ids in sorted(pairs & known.keys())]
    Candidate.objects.filter(pk__in=[pair.pk for pair in found]).update(state=CandidateState.REJECTED)
    opinions = [Opinion(ids, Decision.DIFFERENT, known.get(ids)) for ids in sorted(pairs)]
    record_verdicts(merges[0].tenant, opinions, by=by, case=None, reason=TAKEN_BACK)


def _refresh_cases(case_ids: Collection[uuid.UUID]) -> None:
    # Somebody deciding one of them has it locked, and will find the records gone.
    cases = ReviewCase.objects.filter(pk__in=case_ids, state__in=WAITING).order_by("pk")
    for case in cases.select_for_update(skip_locked=True):
        refresh(case)
