"""Accepting many cases at once."""

from __future__ import annotations

import uuid

from rest_framework.request import Request

from cdp.api.views import ApiView
from unify.api import review_endpoints
from unify.api.bodies import AcceptBody
from unify.api.case_answers import BulkDecisionAnswer
from unify.deciding.bulk import get_bulk
from unify.operations.accept_many import accept_many, stop_accepting


class AcceptView(ApiView):
    """Many decisions in one."""

    @review_endpoints.accept_many
    def post(self, request: Request, body: AcceptBody) -> BulkDecisionAnswer:
        """Merges every clear case from the score on: a few at once, more by a worker (`state` says so)."""
        bulk = accept_many(
            tenant=self.tenant, by=self.actor, least_score=body.least_score, reason=body.reason
        )
        return BulkDecisionAnswer.of(bulk)


class BulkDecisionView(ApiView):
    """An order to accept many."""

    @review_endpoints.get_bulk
    def get(self, request: Request, bulk_id: uuid.UUID) -> BulkDecisionAnswer:
        """How far it is, and what was left for people."""
        return BulkDecisionAnswer.of(get_bulk(bulk_id))


class StopView(ApiView):
    """Stopping an order."""

    @review_endpoints.stop_bulk
    def post(self, request: Request, bulk_id: uuid.UUID) -> BulkDecisionAnswer:
        """No further case is merged; what was merged stays merged."""
        return BulkDecisionAnswer.of(stop_accepting(tenant=self.tenant, by=self.actor, bulk_id=bulk_id))
