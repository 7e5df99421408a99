"""What other systems call a customer."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiViewSet
from profiles.api import endpoints
from profiles.api.serializers.bodies import IdentifierBody
from profiles.api.serializers.parts import IdentifierAnswer
from profiles.operations.identifiers import add_identifier, remove_identifier


class IdentifierViewSet(ApiViewSet):
    """External ids of a customer."""

    @endpoints.add_identifier
    def create(self, request: Request, profile_id: uuid.UUID, body: IdentifierBody) -> IdentifierAnswer:
        """An id belongs to one customer; adding it a second time is a conflict."""
        identifier = add_identifier(tenant=self.tenant, by=self.actor, profile_id=profile_id, **dict(body))
        return IdentifierAnswer.model_validate(identifier)

    @endpoints.remove_identifier
    def destroy(self, request: Request, profile_id: uuid.UUID, identifier_id: uuid.UUID) -> Response:
        """The customer stays."""
        remove_identifier(
            tenant=self.tenant, by=self.actor, profile_id=profile_id, identifier_id=identifier_id
        )
        return Response(status=204)
