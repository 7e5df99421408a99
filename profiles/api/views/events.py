"""What happened to a customer."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.paging import PageMeta, PageQuery
from cdp.api.views import ApiViewSet
from profiles.api import answers, endpoints
from profiles.api.fetching import followed
from profiles.api.serializers.bodies import EventBody
from profiles.api.serializers.parts import EventAnswer
from profiles.api.serializers.queries import EventPage
from profiles.counting import page_of
from profiles.filters import EventFilter
from profiles.models import CustomerEvent
from profiles.operations.record_event import record_event


class EventViewSet(ApiViewSet):
    """Events of a customer."""

    queryset = CustomerEvent.objects.all()

    def get_queryset(self) -> Any:
        self.meant = followed(self.kwargs["profile_id"])
        return super().get_queryset().filter(profile=self.meant)

    @endpoints.list_events
    def list(
        self, request: Request, profile_id: uuid.UUID, query: PageQuery, filters: EventFilter
    ) -> Response:
        """Newest first."""
        rows, total = page_of(filters.qs.order_by("-timestamp", "-id"), query.window, filters.total)
        meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
        page = EventPage.model_validate({"data": rows, "meta": meta})
        return answers.about(profile_id, self.meant.pk, page)

    @endpoints.record_event
    def create(self, request: Request, profile_id: uuid.UUID, body: EventBody) -> EventAnswer:
        """An event of a merged customer goes to the one it was merged into."""
        event = record_event(tenant=self.tenant, by=self.actor, profile_id=profile_id, **dict(body))
        return EventAnswer.model_validate(event)
