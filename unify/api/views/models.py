"""The settings and the model records are compared by."""

from __future__ import annotations

import uuid

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.paging import PageQuery
from cdp.api.views import ApiView, ApiViewSet
from unify.api import run_endpoints
from unify.api.bodies import DiffQuery, PublishBody, SettingsBody
from unify.api.paging import page_of
from unify.api.run_answers import (
    ModelAnswer,
    ModelDetail,
    ModelDifferenceAnswer,
    ModelPage,
    SettingsAnswer,
)
from unify.api.views.runs import accepted
from unify.finding.current import current_model, load, settings_of, untrained_levels
from unify.finding.errors import ModelNotFound
from unify.models import MatchModelVersion
from unify.operations.calibrate_model import calibrate_model
from unify.operations.change_match_settings import change_match_settings
from unify.operations.diff_models import diff_models
from unify.operations.dry_run_model import dry_run_model
from unify.operations.publish_model import publish_model
from unify.operations.train_model import train_model


class SettingsView(ApiView):
    """How sure the tenant wants to be."""

    @run_endpoints.get_settings
    def get(self, request: Request) -> SettingsAnswer:
        """Thresholds, when two people are needed, and whose word counts for which field."""
        return SettingsAnswer.of(settings_of(self.tenant))

    @run_endpoints.change_settings
    def patch(self, request: Request, body: SettingsBody) -> SettingsAnswer:
        """Changes what is given; the next search follows."""
        return SettingsAnswer.of(
            change_match_settings(tenant=self.tenant, by=self.actor, changes=body.changes())
        )


class ModelViewSet(ApiViewSet):
    """Versions of the model."""

    queryset = MatchModelVersion.objects.all()

    @run_endpoints.list_models
    def list(self, request: Request, query: PageQuery) -> ModelPage:
        """The latest first; one is in use."""
        current_model(self.tenant)
        rows, meta = page_of(MatchModelVersion.objects.defer("model", "report").order_by("-number"), query)
        return ModelPage(data=[ModelAnswer.model_validate(row) for row in rows], meta=meta)

    @run_endpoints.get_model
    def retrieve(self, request: Request, version_id: uuid.UUID) -> ModelDetail:
        """The model file in the shape of Splink's settings, and what it was made of."""
        version = _version(version_id)
        model = load(version)
        return ModelDetail.of(version, model, untrained_levels(model))


class ModelDifferenceView(ApiView):
    """Two versions side by side."""

    @run_endpoints.diff_model
    def get(self, request: Request, version_id: uuid.UUID, query: DiffQuery) -> ModelDifferenceAnswer:
        """Every level whose weight differs from the version in use, or from `against`."""
        after = _version(version_id)
        before = _version(query.against) if query.against else current_model(self.tenant)[0]
        difference = diff_models(tenant=self.tenant, before=before.number, after=after.number)
        return ModelDifferenceAnswer.of(difference)


class PublishView(ApiView):
    """Taking a version into use."""

    @run_endpoints.publish_model
    def post(self, request: Request, version_id: uuid.UUID, body: PublishBody) -> ModelAnswer:
        """The next search looks at everybody with it."""
        version = publish_model(
            tenant=self.tenant, by=self.actor, number=_version(version_id).number, complete=body.complete
        )
        return ModelAnswer.model_validate(version)


class TryView(ApiView):
    """Trying a version."""

    @run_endpoints.try_model
    def post(self, request: Request, version_id: uuid.UUID) -> Response:
        """Has a worker count what would be merged, asked or dropped differently; nothing is written.

        Where nothing was learned about a level its shipped weight is tried: `counts.shipped_levels`.
        """
        number = _version(version_id).number
        return accepted(dry_run_model(tenant=self.tenant, by=self.actor, number=number))


class TrainView(ApiView):
    """Learning a version."""

    @run_endpoints.train_model
    def post(self, request: Request) -> Response:
        """Has a worker learn the weights from the customers; a draft comes of it."""
        return accepted(train_model(tenant=self.tenant, by=self.actor))


class CalibrateView(ApiView):
    """Learning from verdicts."""

    @run_endpoints.calibrate_model
    def post(self, request: Request) -> Response:
        """Makes a draft of the version in use, its scores scaled by what people have said."""
        version = calibrate_model(tenant=self.tenant, by=self.actor)
        location = reverse("unify-model", args=[version.pk])
        return Response(ModelAnswer.model_validate(version), status=201, headers={"Location": location})


def _version(version_id: uuid.UUID) -> MatchModelVersion:
    try:
        return MatchModelVersion.objects.get(pk=version_id)
    except MatchModelVersion.DoesNotExist as error:
        raise ModelNotFound from error
