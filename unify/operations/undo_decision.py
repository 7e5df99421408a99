"""Taking a decision back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import CandidateState, CaseState
from unify.deciding.cases import CaseRecords, Pair, locked_case, measure, ordered, records_of
from unify.deciding.claims import hold, is_held_by_others, lock_claims
from unify.deciding.errors import CaseClosed, CaseOpen
from unify.deciding.verdicts import Opinion, record_verdicts
from unify.models import Candidate, ReviewCase, Verdict
from unify.operations.unmerge import unmerge_group

_DECIDED = (CandidateState.MERGED, CandidateState.REJECTED)


@transaction.atomic
def undo_decision(
    *,
    tenant: Tenant,
    by: Actor,
    case_id: uuid.UUID,
    answers: Mapping[str, str] | None = None,
    default: str | None = None,
) -> ReviewCase:
    """Take back what was decided: merges come apart, verdicts no longer count, the case is open again.

    The person holds it, unless somebody else looks at one of its records.
    ``answers`` and ``default`` say what becomes of edits made since, as for ``unmerge``. Raises CaseNotFound,
    CaseOpen when nothing was decided, CaseClosed when the records are gone since, EditedSince.
    """
    # Before any row, as whoever claims a case does: they may be about to take this one from somebody.
    lock_claims(tenant.pk)
    case = locked_case(case_id, CaseState.values)
    if case.state == CaseState.SECOND:
        return _take_proposal_back(case, by)
    if case.state != CaseState.DECIDED:
        raise CaseOpen
    pairs = {(pair.low_id, pair.high_id): pair for pair in _decided_pairs(case)}
    spoken_of = {*pairs, *_unmerge(tenant, by, case, answers, default), *_spoken_of(case)}
    Candidate.objects.filter(pk__in=[pair.pk for pair in pairs.values()]).update(state=CandidateState.PENDING)
    opinions = [Opinion(ids, "", pairs.get(ids)) for ids in sorted(spoken_of)]
    record_verdicts(tenant, opinions, by=by, case=case)
    return _open_again(case, by)


def _decided_pairs(case: ReviewCase) -> list[Candidate]:
    return list(Candidate.objects.filter(case=case, state__in=_DECIDED))


def _spoken_of(case: ReviewCase) -> set[Pair]:
    """Return the pairs the decision spoke about, those that nobody had found alike included."""
    rows = Verdict.objects.filter(case=case, created_at__gte=case.decided_at)
    return set(rows.values_list("low_id", "high_id"))


def _unmerge(
    tenant: Tenant,
    by: Actor,
    case: ReviewCase,
    answers: Mapping[str, str] | None,
    default: str | None,
) -> set[Pair]:
    """Take the merges back; return whom they had made one."""
    if case.merge_group is None:
        return set()
    results = unmerge_group(tenant=tenant, by=by, group_id=case.merge_group, answers=answers, default=default)
    return {ordered(result.merge.winner_id, result.merge.loser_id) for result in results}


def _open_again(case: ReviewCase, by: Actor) -> ReviewCase:
    records = records_of(case)
    if not records.candidates:
        raise CaseClosed(str(CaseState.WITHDRAWN.label))
    before = case.decision
    measure(case, records)
    case.state, case.decision, case.decided_by, case.decided_at = CaseState.OPEN, "", "", None
    case.merge_group, case.bulk, case.first_decision = None, None, {}
    case.save()
    return _give_back(case, records, by, before)


def _take_proposal_back(case: ReviewCase, by: Actor) -> ReviewCase:
    if case.first_decision.get("by") != str(by):
        raise CaseOpen
    before, case.state, case.first_decision = case.first_decision["decision"], CaseState.OPEN, {}
    case.save()
    return _give_back(case, records_of(case), by, before)


def _give_back(case: ReviewCase, records: CaseRecords, by: Actor, before: str) -> ReviewCase:
    """Let the person look again, unless somebody else does."""
    audit.record(verb="case.undo", obj=case, by=by, changes={"decision": [before, ""]})
    return case if is_held_by_others(case, records, by) else hold(case, records, by)
