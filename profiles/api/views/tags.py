"""Tags."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.paging import PageMeta, PageQuery
from cdp.api.views import ApiViewSet
from cdp.errors import NotFound
from profiles.api import label_endpoints as endpoints
from profiles.api.serializers.bodies import TagBody, TagChangeBody
from profiles.api.serializers.parts import TagAnswer
from profiles.api.serializers.queries import TagPage
from profiles.counting import bounded
from profiles.models import Tag
from profiles.operations.tags import create_tag, delete_tag, update_tag


class TagViewSet(ApiViewSet):
    """Coloured labels of customers."""

    queryset = Tag.objects.order_by("name", "id")

    @endpoints.list_tags
    def list(self, request: Request, query: PageQuery) -> TagPage:
        """By name. The customers with a tag are at `/profiles?tagId=`."""
        total = bounded(self.get_queryset())
        meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
        return TagPage.model_validate({"data": list(self.get_queryset()[query.window]), "meta": meta})

    @endpoints.get_tag
    def retrieve(self, request: Request, tag_id: uuid.UUID) -> TagAnswer:
        """One tag."""
        tag = self.get_queryset().filter(pk=tag_id).first()
        if tag is None:
            raise NotFound("There is no such tag.")
        return TagAnswer.model_validate(tag)

    @endpoints.make_tag
    def create(self, request: Request, body: TagBody) -> TagAnswer:
        """Names are unique."""
        return TagAnswer.model_validate(create_tag(tenant=self.tenant, by=self.actor, **dict(body)))

    @endpoints.change_tag
    def update(self, request: Request, tag_id: uuid.UUID, body: TagChangeBody) -> TagAnswer:
        """Changes what is given."""
        tag = update_tag(tenant=self.tenant, by=self.actor, tag_id=tag_id, **body.said())
        return TagAnswer.model_validate(tag)

    partial_update = update

    @endpoints.remove_tag
    def destroy(self, request: Request, tag_id: uuid.UUID) -> Response:
        """Takes it off every customer."""
        delete_tag(tenant=self.tenant, by=self.actor, tag_id=tag_id)
        return Response(status=204)
