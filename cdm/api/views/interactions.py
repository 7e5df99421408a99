"""Talks."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdm.api import endpoints
from cdm.api.answers import InteractionAnswer, Interactions, InteractionStats
from cdm.api.queries import InteractionsQuery
from cdm.api.subject import CdmViewSet, answered
from cdm.api.views.family import row_id
from cdm.customers import customer_by
from cdm.models import Interaction
from cdm.operations.change_interaction import delete_interaction, restore_interaction, update_interaction
from cdm.operations.log_interaction import log_interaction
from cdm.querysets import interaction_stats
from cdm.records.interaction import InteractionChange, NewInteraction


class InteractionViewSet(CdmViewSet):
    """Calls, messages and meetings; one address names a customer when it is read, and a talk when changed."""

    queryset = Interaction.objects.all()

    @endpoints.list_interactions
    def list(self, request: Request, customer_or_row_id: str, query: InteractionsQuery) -> Response:
        """The latest first."""
        pk = customer_by(customer_or_row_id)
        rows = Interaction.objects.filter(profile=pk).order_by("-occurred_at", "-id")
        if query.type:
            rows = rows.filter(type=query.type)
        found = [InteractionAnswer.model_validate(row) for row in rows[query.window]]
        return answered(customer_or_row_id, pk, Interactions(found))

    @endpoints.log_interaction
    def create(self, request: Request, body: NewInteraction) -> InteractionAnswer:
        """Warms the customer. A follow-up becomes a task, due in a day unless `follow_up_at` says when."""
        row = log_interaction(
            tenant=self.tenant, by=self.actor, profile_id=self.named(body.customer_id), record=body
        )
        return InteractionAnswer.model_validate(row)

    @endpoints.change_interaction
    def update(self, request: Request, customer_or_row_id: str, body: InteractionChange) -> InteractionAnswer:
        """Changes the fields that are given. The id is the interaction's."""
        row = update_interaction(
            tenant=self.tenant,
            by=self.actor,
            interaction_id=row_id(customer_or_row_id, "interaction"),
            record=body,
        )
        return InteractionAnswer.model_validate(row)

    @endpoints.remove_interaction
    def destroy(self, request: Request, customer_or_row_id: str) -> Response:
        """An open follow-up goes with it. The id is the interaction's."""
        pk = row_id(customer_or_row_id, "interaction")
        delete_interaction(tenant=self.tenant, by=self.actor, interaction_id=pk)
        return Response(status=204)

    @endpoints.restore_interaction
    def restore(self, request: Request, interaction_id: uuid.UUID) -> InteractionAnswer:
        """As it was when it was removed."""
        row = restore_interaction(tenant=self.tenant, by=self.actor, interaction_id=interaction_id)
        return InteractionAnswer.model_validate(row)

    @endpoints.count_interactions
    def stats(self, request: Request, customer_id: str) -> Response:
        """By type, direction and answer."""
        pk = customer_by(customer_id)
        return answered(
            customer_id, pk, InteractionStats.model_validate({"customer_id": pk, **interaction_stats(pk)})
        )
