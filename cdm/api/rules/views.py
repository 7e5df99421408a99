"""Rules, whom they fired on, and what agents say about recommendations."""

from __future__ import annotations

import uuid

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from cdm.api.rules import answers, bodies, endpoints
from cdm.automation.errors import RuleChanged
from cdm.automation.keeping import get_rule, rules
from cdm.automation.preview import preview
from cdm.customers import customer_by
from cdm.models import AutomationRule, RuleFiring
from cdm.operations.order_rules import remove_rule
from cdm.operations.save_rule import save_rule
from cdm.operations.say_wrong import say_wrong
from cdm.operations.take_back_feedback import take_back_feedback
from cdp.api.preconditions import PreconditionFailed, demanded_version, entity_tag
from cdp.api.views import ApiView, ApiViewSet


class RuleViewSet(ApiViewSet):
    """Rules."""

    queryset = AutomationRule.objects.all()

    @endpoints.list_rules
    def list(self, request: Request) -> answers.RuleList:
        """In the order they are evaluated."""
        return answers.RuleList(data=[answers.RuleAnswer.of(rule) for rule in rules()])

    @endpoints.create_rule
    def create(self, request: Request, body: bodies.RuleBody) -> Response:
        """At the end of the list; evaluated at once when it is active."""
        return self._shown(save_rule(tenant=self.tenant, by=self.actor, record=body), status=201)

    @endpoints.get_rule
    def retrieve(self, request: Request, rule_id: uuid.UUID) -> Response:
        """One rule, with its version as ETag."""
        return self._shown(get_rule(rule_id))

    @endpoints.change_rule
    def update(self, request: Request, rule_id: uuid.UUID, body: bodies.RuleBody) -> Response:
        """Replaces the rule as a whole."""
        version = self._version(rule_id)
        try:
            changed = save_rule(
                tenant=self.tenant, by=self.actor, record=body, rule_id=rule_id, version=version
            )
        except RuleChanged as error:
            raise PreconditionFailed(error.detail) from error
        return self._shown(changed)

    @endpoints.remove_rule
    def destroy(self, request: Request, rule_id: uuid.UUID) -> Response:
        """What it did stays told."""
        try:
            remove_rule(tenant=self.tenant, by=self.actor, rule_id=rule_id, version=self._version(rule_id))
        except RuleChanged as error:
            raise PreconditionFailed(error.detail) from error
        return Response(status=204)

    @endpoints.list_firings
    def firings(self, request: Request, rule_id: uuid.UUID, query: bodies.FiringsQuery) -> answers.FiringList:
        """The latest first."""
        rows = RuleFiring.objects.filter(rule=get_rule(rule_id))[: query.limit]
        return answers.FiringList(data=[answers.FiringAnswer.of(row) for row in rows])

    def _version(self, rule_id: uuid.UUID) -> int | None:
        return demanded_version(self.request, lambda: get_rule(rule_id).version)

    def _shown(self, rule: AutomationRule, *, status: int = 200) -> Response:
        headers = {"ETag": entity_tag(rule.version)}
        if status == 201:  # noqa: PLR2004 (Created)
            headers["Location"] = reverse("cdm-rule", args=[rule.pk])
        return Response(answers.RuleAnswer.of(rule), status=status, headers=headers)


class PreviewView(ApiView):
    """Counting who matches."""

    @endpoints.preview_rule
    def post(self, request: Request, body: bodies.PreviewBody) -> answers.PreviewAnswer:
        """In one statement, for four seconds at most; nothing is written."""
        return answers.PreviewAnswer.of(preview(self.tenant, body.conditions))


class FeedbackView(ApiView):
    """What is said about a recommendation."""

    @endpoints.say_wrong
    def post(self, request: Request, customer_id: str, body: bodies.FeedbackBody) -> answers.FeedbackAnswer:
        """Kept with who said so; where the reason asks for it, the customer leaves the lists for a while."""
        said = say_wrong(
            tenant=self.tenant,
            by=self.actor,
            profile_id=customer_by(customer_id),
            reason=body.reason,
            note=body.note,
        )
        return answers.FeedbackAnswer.of(said)

    @endpoints.take_back
    def delete(self, request: Request, customer_id: str) -> answers.FeedbackAnswer:
        """The latest that stands; it stays in the history."""
        said = take_back_feedback(tenant=self.tenant, by=self.actor, profile_id=customer_by(customer_id))
        return answers.FeedbackAnswer.of(said)
