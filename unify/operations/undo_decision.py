"""Taking a decision back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import CandidateState, CaseState
from unify.deciding.cases import locked_case, measure, records_of
from unify.deciding.claims import hold, is_held_by_others, lock_claims
from unify.deciding.errors import CaseClosed, CaseOpen
from unify.deciding.verdicts import record_verdicts
from unify.merging.choices import MergeStatus
from unify.models import Candidate, Merge, ReviewCase
from unify.operations.unmerge import unmerge

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
    case = locked_case(case_id, CaseState.values)
    if case.state == CaseState.SECOND:
        return _take_proposal_back(case, by)
    if case.state != CaseState.DECIDED:
        raise CaseOpen
    _unmerge(tenant, by, case, answers, default)
    pairs = list(Candidate.objects.filter(case=case, state__in=_DECIDED))
    Candidate.objects.filter(pk__in=[pair.pk for pair in pairs]).update(state=CandidateState.PENDING)
    record_verdicts(tenant, ((pair, "") for pair in pairs), by=by, case=case)
    return _open_again(tenant, case, by)


def _unmerge(
    tenant: Tenant,
    by: Actor,
    case: ReviewCase,
    answers: Mapping[str, str] | None,
    default: str | None,
) -> None:
    if case.merge_group is None:
        return
    rows = Merge.objects.filter(group=case.merge_group, status=MergeStatus.ACTIVE)
    for merge_id in rows.order_by("-merged_at", "-id").values_list("pk", flat=True):
        unmerge(tenant=tenant, by=by, merge_id=merge_id, answers=answers, default=default)


def _open_again(tenant: Tenant, case: ReviewCase, by: Actor) -> ReviewCase:
    records = records_of(case)
    if not records.candidates:
        raise CaseClosed(str(CaseState.WITHDRAWN.label))
    before = case.decision
    measure(case, records)
    case.state, case.decision, case.decided_by, case.decided_at = CaseState.OPEN, "", "", None
    case.merge_group, case.first_decision = None, {}
    case.save()
    audit.record(verb="case.undo", obj=case, by=by, changes={"decision": [before, ""]})
    lock_claims(tenant.pk)
    return case if is_held_by_others(case, records, by) else hold(case, records, by)


def _take_proposal_back(case: ReviewCase, by: Actor) -> ReviewCase:
    if case.first_decision.get("by") != str(by):
        raise CaseOpen
    before, case.state, case.first_decision = case.first_decision["decision"], CaseState.OPEN, {}
    case.save()
    audit.record(verb="case.undo", obj=case, by=by, changes={"decision": [before, ""]})
    return hold(case, records_of(case), by)
