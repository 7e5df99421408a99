"""Searches for duplicates."""

from __future__ import annotations

import uuid

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiView, ApiViewSet
from unify.api import run_endpoints
from unify.api.bodies import RunBody, RunQuery
from unify.api.paging import page_of
from unify.api.run_answers import MatchRunAnswer, MatchRunPage
from unify.choices import RunKind
from unify.finding.runs import get_run
from unify.models import MatchRun
from unify.operations.cancel_run import cancel_run
from unify.operations.start_run import start_run


class RunViewSet(ApiViewSet):
    """Searches."""

    queryset = MatchRun.objects.all()

    @run_endpoints.list_runs
    def list(self, request: Request, query: RunQuery) -> MatchRunPage:
        """The latest first, trainings and trials included."""
        runs = MatchRun.objects.order_by("-created_at", "-id")
        rows, meta = page_of(runs.filter(kind=query.kind) if query.kind else runs, query)
        return MatchRunPage(data=[MatchRunAnswer.of(row) for row in rows], meta=meta)

    @run_endpoints.start_run
    def create(self, request: Request, body: RunBody) -> Response:
        """Has a worker look at what changed, or at everybody."""
        return accepted(start_run(tenant=self.tenant, by=self.actor, kind=RunKind(body.kind)))

    @run_endpoints.get_run
    def retrieve(self, request: Request, match_run_id: uuid.UUID) -> MatchRunAnswer:
        """How far it is, and what it found."""
        return MatchRunAnswer.of(get_run(match_run_id))


class CancelView(ApiView):
    """Giving a search up."""

    @run_endpoints.cancel_run
    def post(self, request: Request, match_run_id: uuid.UUID) -> MatchRunAnswer:
        """What it has merged stays merged, and can be taken back."""
        return MatchRunAnswer.of(cancel_run(tenant=self.tenant, by=self.actor, run_id=match_run_id))


def accepted(run: MatchRun) -> Response:
    """Answer a run that a worker has been told to carry out."""
    location = reverse("unify-run", args=[run.pk])
    return Response(MatchRunAnswer.of(run), status=202, headers={"Location": location})
