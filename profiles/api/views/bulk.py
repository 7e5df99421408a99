"""Doing something to many customers at once."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiView
from profiles.api import endpoints
from profiles.api.serializers.bodies import BulkSegmentsBody, BulkTagsBody, ProfileIdsBody
from profiles.api.serializers.queries import BulkAnswer
from profiles.operations.deactivate_profiles import deactivate_profiles
from profiles.operations.segment_profiles import add_to_segments
from profiles.operations.tag_profiles import tag_profiles


class BulkTagsView(ApiView):
    """Tags on many customers."""

    @endpoints.tag_profiles
    def post(self, request: Request, body: BulkTagsBody) -> BulkAnswer:
        """Tags are named by id, or by name; a new name makes a new tag. At most 1000 customers."""
        result = tag_profiles(tenant=self.tenant, by=self.actor, profile_ids=body.profile_ids, tags=body.tags)
        return BulkAnswer.model_validate(result)


class BulkSegmentsView(ApiView):
    """Segments of many customers."""

    @endpoints.segment_profiles
    def post(self, request: Request, body: BulkSegmentsBody) -> BulkAnswer:
        """The segments must exist. At most 1000 customers."""
        result = add_to_segments(
            tenant=self.tenant, by=self.actor, profile_ids=body.profile_ids, segment_ids=body.segment_ids
        )
        return BulkAnswer.model_validate(result)


class BulkView(ApiView):
    """Many customers."""

    @endpoints.deactivate_profiles
    def delete(self, request: Request, body: ProfileIdsBody) -> Response:
        """Ids that name nobody are passed over. At most 1000 customers."""
        result = deactivate_profiles(tenant=self.tenant, by=self.actor, profile_ids=body.profile_ids)
        headers = {"X-Updated": str(result.updated), "X-Failed": str(result.failed)}
        return Response(status=204, headers=headers)
