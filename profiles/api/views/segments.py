"""Segments and who is in them."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.paging import PageMeta, PageQuery
from cdp.api.views import ApiViewSet
from cdp.errors import NotFound
from profiles.api import label_endpoints as endpoints
from profiles.api.fetching import sorted_by, summaries
from profiles.api.serializers.bodies import ProfileIdsBody, SegmentBody, SegmentChangeBody
from profiles.api.serializers.parts import SegmentAnswer
from profiles.api.serializers.profiles import ProfilePage
from profiles.api.serializers.queries import BulkAnswer, SegmentPage
from profiles.counting import bounded
from profiles.models import Profile, Segment
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.segments import create_segment, delete_segment, update_segment


def segment_of(segment_id: uuid.UUID) -> Segment:
    """Return a segment; raises NotFound."""
    segment: Segment | None = Segment.objects.filter(pk=segment_id).first()
    if segment is None:
        raise NotFound("There is no such segment.")
    return segment


class SegmentViewSet(ApiViewSet):
    """Named groups of customers."""

    queryset = Segment.objects.order_by("name", "id")

    @endpoints.list_segments
    def list(self, request: Request, query: PageQuery) -> SegmentPage:
        """By name."""
        total = bounded(self.get_queryset())
        meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
        return SegmentPage.model_validate({"data": list(self.get_queryset()[query.window]), "meta": meta})

    @endpoints.get_segment
    def retrieve(self, request: Request, segment_id: uuid.UUID) -> SegmentAnswer:
        """One segment."""
        return SegmentAnswer.model_validate(segment_of(segment_id))

    @endpoints.make_segment
    def create(self, request: Request, body: SegmentBody) -> SegmentAnswer:
        """Names are unique."""
        segment = create_segment(tenant=self.tenant, by=self.actor, **dict(body))
        return SegmentAnswer.model_validate(segment)

    @endpoints.change_segment
    def update(self, request: Request, segment_id: uuid.UUID, body: SegmentChangeBody) -> SegmentAnswer:
        """Changes what is given."""
        segment = update_segment(tenant=self.tenant, by=self.actor, segment_id=segment_id, **body.said())
        return SegmentAnswer.model_validate(segment)

    partial_update = update

    @endpoints.remove_segment
    def destroy(self, request: Request, segment_id: uuid.UUID) -> Response:
        """Its members stay customers."""
        delete_segment(tenant=self.tenant, by=self.actor, segment_id=segment_id)
        return Response(status=204)


class MemberViewSet(ApiViewSet):
    """Members of a segment."""

    queryset = Profile.objects.all()

    @endpoints.list_members
    def list(self, request: Request, segment_id: uuid.UUID, query: PageQuery) -> ProfilePage:
        """The newest customers first."""
        members = Profile.objects.visible().in_segment(segment_of(segment_id).pk)
        total = bounded(members)
        page = summaries(sorted_by(members, "createdAt", is_descending=True))[query.window]
        meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
        return ProfilePage.model_validate({"data": list(page), "meta": meta})

    @endpoints.add_members
    def create(self, request: Request, segment_id: uuid.UUID, body: ProfileIdsBody) -> BulkAnswer:
        """At most 1000 customers."""
        segment = segment_of(segment_id)
        result = add_to_segments(
            tenant=self.tenant, by=self.actor, profile_ids=body.profile_ids, segment_ids=[segment.pk]
        )
        return BulkAnswer.model_validate(result)

    @endpoints.remove_members
    def destroy(self, request: Request, segment_id: uuid.UUID, body: ProfileIdsBody) -> BulkAnswer:
        """At most 1000 customers; they stay customers."""
        segment = segment_of(segment_id)
        result = remove_from_segments(
            tenant=self.tenant, by=self.actor, profile_ids=body.profile_ids, segment_ids=[segment.pk]
        )
        return BulkAnswer.model_validate(result)
