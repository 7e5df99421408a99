"""The account as a whole, templates, and what ad platforms report."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api import bodies, endpoints, findings, parts
from campaigns.models import AssetTemplate
from campaigns.operations import templates
from campaigns.operations.record_spend import report_daily_spend
from campaigns.spending import DailyTotal
from campaigns.summary import account_standing, account_summary
from cdp.api.caller import caller_of
from cdp.api.paging import PageMeta
from cdp.api.views import ApiView, ApiViewSet
from cdp.permissions import CAMPAIGN_DELETE


class StandingView(ApiView):
    """Whether somebody is new here."""

    @endpoints.account_standing
    def get(self, request: Request) -> findings.StandingAnswer:
        """New is who has no target profile, no brand guideline and no budget."""
        return findings.StandingAnswer.of(account_standing(), self.tenant.pk)


class SummaryView(ApiView):
    """The six numbers."""

    @endpoints.account_summary
    def get(self, request: Request) -> findings.SummaryAnswer:
        """What lies in the bin is not counted."""
        return findings.SummaryAnswer.model_validate(account_summary(self.tenant))


class InsightView(ApiView):
    """What ad platforms report."""

    @endpoints.report_insight
    def post(self, request: Request, body: DailyTotal) -> parts.InsightAnswer:
        """The day's total so far: the ledger gets the difference to what it has."""
        spend = report_daily_spend(tenant=self.tenant, by=self.actor, report=body)
        return parts.InsightAnswer.model_validate({"spend": spend})


class TemplateViewSet(ApiViewSet):
    """Starting points for new assets."""

    queryset = AssetTemplate.objects.all()

    @endpoints.list_templates
    def list(self, request: Request, query: bodies.TemplateQuery) -> parts.TemplatePage:
        """One's own, and those that are public."""
        rows = templates.visible_templates(self.actor).order_by("template_name", "id")
        if query.kind is not None:
            rows = rows.filter(template_type=query.kind)
        meta = PageMeta.of(query, rows.count())
        return parts.TemplatePage.model_validate({"data": list(rows[query.window]), "meta": meta})

    @endpoints.change_template
    def update(
        self, request: Request, template_id: uuid.UUID, body: templates.TemplateRecord
    ) -> parts.TemplateAnswer:
        """Only one's own."""
        template = templates.update_template(
            tenant=self.tenant, by=self.actor, template_id=template_id, record=body
        )
        return parts.TemplateAnswer.model_validate(template)

    partial_update = update

    @endpoints.remove_template
    def destroy(self, request: Request, template_id: uuid.UUID) -> Response:
        """One's own, and public ones with `campaign:delete`; what was made of it stays."""
        may_tidy_up = CAMPAIGN_DELETE in caller_of(request).codes
        templates.delete_template(
            tenant=self.tenant, by=self.actor, template_id=template_id, may_tidy_up=may_tidy_up
        )
        return Response(status=204)

    @endpoints.use_template
    def use(self, request: Request, template_id: uuid.UUID, body: bodies.TemplateUseBody) -> parts.MadeAnswer:
        """`changes` win over what the template says."""
        made = templates.create_from_template(
            tenant=self.tenant, by=self.actor, template_id=template_id, changes=body.changes
        )
        return parts.MadeAnswer.model_validate(made)
