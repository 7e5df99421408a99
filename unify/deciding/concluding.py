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
from unify.deciding.verdicts import decision_about, record_verdicts
from unify.models import Candidate, Merge, ReviewCase

STATE_OF = {Decision.SAME: CandidateState.MERGED, Decision.DIFFERENT: CandidateState.REJECTED}


def close(
    tenant: Tenant, case: ReviewCase, records: CaseRecords, said: Said, by: Actor, merges: Sequence[Merge]
) -> None:
    """Write what was said of each pair; pairs it says nothing about become a case of their own."""
    decided: list[tuple[Candidate, str]] = []
    rest: list[Candidate] = []
    for pair in records.candidates:
        verdict = Decision.DIFFERENT if said.decision == Decision.DIFFERENT else None
        verdict = verdict or decision_about(pair, said.merged)
        if verdict is None:
            rest.append(pair)
        else:
            decided.append((pair, verdict))
    for verdict, state in STATE_OF.items():
        pairs = [pair.pk for pair, said_of_it in decided if said_of_it == verdict]
        Candidate.objects.filter(pk__in=pairs).update(state=state, case=case)
    record_verdicts(tenant, decided, by=by, case=case, reason=said.reason)
    if rest:
        _split_off(case, rest)
    case.state, case.decision = CaseState.DECIDED, said.decision
    case.decided_by, case.decided_at = str(by), timezone.now()
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
    # A merge may have withdrawn them meanwhile; their records are as they were.
    Candidate.objects.filter(pk__in=[pair.pk for pair in pairs]).update(
        case=other, state=CandidateState.PENDING
    )
