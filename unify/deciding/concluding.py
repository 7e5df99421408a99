"""What follows from a decision for the pairs, the case and what was said of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import CandidateState, CaseState, Decision
from unify.deciding.cases import CaseRecords, ids_in
from unify.deciding.claims import let_go
from unify.deciding.said import Said
from unify.deciding.verdicts import of_merge, record_verdicts, unlike
from unify.models import Candidate, Merge, ReviewCase

STATE_OF = {Decision.SAME: CandidateState.MERGED, Decision.DIFFERENT: CandidateState.REJECTED}


def close(
    tenant: Tenant, case: ReviewCase, records: CaseRecords, said: Said, by: Actor, merges: Sequence[Merge]
) -> None:
    """Write what was said of each pair; pairs it says nothing about become a case of their own."""
    case.decided_at, pairs = timezone.now(), records.candidates
    if said.winner_id is None:
        opinions = list(unlike(pairs))
    else:
        opinions = list(of_merge(pairs, said.winner_id, said.merged))
    for decision, state in STATE_OF.items():
        spoken_of = [one.pair.pk for one in opinions if one.pair and one.decision == decision]
        Candidate.objects.filter(pk__in=spoken_of).update(state=state)
    record_verdicts(tenant, opinions, by=by, case=case, reason=said.reason)
    decided = {one.pair.pk for one in opinions if one.pair}
    if rest := [pair for pair in pairs if pair.pk not in decided]:
        _split_off(case, rest)
    case.state, case.decision = CaseState.DECIDED, said.decision
    case.decided_by = str(by)
    case.merge_group = merges[0].group_id if merges else None
    let_go(case)
    case.save()


def _split_off(case: ReviewCase, pairs: Sequence[Candidate]) -> None:
    scores = [pair.score for pair in pairs]
    other = ReviewCase.objects.create(
        size=len(ids_in(pairs)),
        best_score=max(scores),
        least_score=min(scores),
        has_conflict=any(pair.conflicts for pair in pairs),
        is_risky=case.is_risky,
    )
    Candidate.objects.filter(pk__in=[pair.pk for pair in pairs]).update(case=other)
