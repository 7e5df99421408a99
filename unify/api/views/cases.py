"""The review queue."""

from __future__ import annotations

import uuid

from rest_framework.request import Request

from cdp.api.views import ApiView, ApiViewSet
from unify.api import endpoints, review_endpoints
from unify.api.bodies import CaseQuery, ClaimBody, DecisionBody, UnmergeBody, VerdictQuery
from unify.api.case_answers import (
    CaseAnswer,
    CaseDetail,
    CasePage,
    ClaimAnswer,
    OutcomeAnswer,
    ProgressAnswer,
    VerdictAnswer,
    VerdictPage,
)
from unify.api.paging import page_of
from unify.deciding.cases import get_case
from unify.deciding.history import cases_of, verdicts_of
from unify.deciding.progress import progress_of_the_day
from unify.models import ReviewCase
from unify.operations.claim_case import claim_case, renew_claim
from unify.operations.decide_case import decide_case
from unify.operations.release_case import release_case
from unify.operations.skip_case import skip_case
from unify.operations.undo_decision import undo_decision


class CaseViewSet(ApiViewSet):
    """Cases."""

    queryset = ReviewCase.objects.all()

    @review_endpoints.list_cases
    def list(self, request: Request, query: CaseQuery) -> CasePage:
        """Those that wait and those that are decided, the most alike first."""
        cases = cases_of(query.profile_id, state=query.state, least_score=query.min_score)
        rows, meta = page_of(cases, query)
        return CasePage(data=[CaseAnswer.of(row) for row in rows], meta=meta)

    @review_endpoints.get_case
    def retrieve(self, request: Request, case_id: uuid.UUID) -> CaseDetail:
        """Its pairs with reasons and differences, whoever looks at it."""
        return CaseDetail.shown(self.tenant, get_case(case_id))


class ClaimView(ApiView):
    """Who looks at what."""

    @review_endpoints.claim_case
    def post(self, request: Request, body: ClaimBody) -> ClaimAnswer:
        """Nobody else is shown the case, or another with one of its records, for ten minutes."""
        case = claim_case(tenant=self.tenant, by=self.actor, case_id=body.case_id)
        return ClaimAnswer(
            case=CaseDetail.shown(self.tenant, case) if case else None,
            progress=ProgressAnswer.of(progress_of_the_day(self.tenant, self.actor)),
        )


class RenewView(ApiView):
    """Looking longer."""

    @review_endpoints.renew_claim
    def post(self, request: Request, case_id: uuid.UUID) -> CaseAnswer:
        """For another ten minutes; what was seen stays what was seen."""
        return CaseAnswer.of(renew_claim(tenant=self.tenant, by=self.actor, case_id=case_id))


class ReleaseView(ApiView):
    """Leaving a case."""

    @review_endpoints.release_case
    def post(self, request: Request, case_id: uuid.UUID) -> CaseAnswer:
        """Others may have it; one the caller does not look at stays as it is."""
        return CaseAnswer.of(release_case(tenant=self.tenant, by=self.actor, case_id=case_id))


class SkipView(ApiView):
    """Putting a case off."""

    @review_endpoints.skip_case
    def post(self, request: Request, case_id: uuid.UUID) -> CaseAnswer:
        """It comes back to the caller when nothing else is left; others get it in its turn."""
        return CaseAnswer.of(skip_case(tenant=self.tenant, by=self.actor, case_id=case_id))


class DecideView(ApiView):
    """Deciding."""

    @review_endpoints.decide_case
    def post(self, request: Request, case_id: uuid.UUID, body: DecisionBody) -> OutcomeAnswer:
        """Whoever does not look at the case yet claims it with the decision."""
        outcome = decide_case(
            tenant=self.tenant,
            by=self.actor,
            case_id=case_id,
            decision=body.decision,
            winner_id=body.winner_id,
            loser_ids=body.loser_ids,
            strategy=body.strategy,
            resolved_conflicts=body.resolved_conflicts,
            reason=body.reason,
            force=body.force,
            seen=body.versions,
        )
        return OutcomeAnswer.of(outcome)


class UndoView(ApiView):
    """Taking a decision back."""

    @endpoints.undo_case
    def post(self, request: Request, case_id: uuid.UUID, body: UnmergeBody) -> CaseDetail:
        """Merges come apart, verdicts no longer count, and the case is open again."""
        case = undo_decision(
            tenant=self.tenant, by=self.actor, case_id=case_id, answers=body.answers, default=body.default
        )
        return CaseDetail.shown(self.tenant, case)


class ProgressView(ApiView):
    """How far the day is."""

    @review_endpoints.get_progress
    def get(self, request: Request) -> ProgressAnswer:
        """Since midnight in the tenant's time zone."""
        return ProgressAnswer.of(progress_of_the_day(self.tenant, self.actor))


class VerdictListView(ApiView):
    """What people have said."""

    @review_endpoints.list_verdicts
    def get(self, request: Request, query: VerdictQuery) -> VerdictPage:
        """The latest first; the latest about a pair counts while both records are as they were."""
        rows, meta = page_of(verdicts_of(query.profile_id, query.case_id), query)
        return VerdictPage(data=[VerdictAnswer.model_validate(row) for row in rows], meta=meta)
