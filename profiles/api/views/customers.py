"""Customers as S1 asks for them."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.caller import caller_of
from cdp.api.paging import WindowMeta, WindowQuery
from cdp.api.views import ApiView, ApiViewSet
from cdp.choices import ActorKind
from cdp.permissions import PROFILE_WRITE
from profiles.api import answers, endpoints
from profiles.api.changing import change_profile
from profiles.api.fetching import sorted_by, summaries
from profiles.api.serializers.hints import HintsBody
from profiles.api.serializers.profiles import CustomerWindow, ResolutionAnswer, ResolvedCustomer
from profiles.counting import page_of
from profiles.filters import CustomerFilter
from profiles.models import Profile
from profiles.operations.resolve import resolve

ROUTE = "customer-detail"


class CustomerViewSet(ApiViewSet):
    """Customers of the tenant, the most recently active first."""

    queryset = Profile.objects.all()

    @endpoints.list_customers
    def list(self, request: Request, query: WindowQuery, filters: CustomerFilter) -> CustomerWindow:
        """The most recently active first; merged and deleted ones are hidden unless asked for."""
        ordered = summaries(sorted_by(filters.customers, "lastActivityAt", is_descending=True))
        # One more than asked for tells whether there are more.
        wanted = slice(query.skip, query.skip + query.take + 1)
        rows, total = page_of(ordered, wanted, filters.total)
        rows, has_more = rows[: query.take], len(rows) > query.take
        meta = WindowMeta(total=total.number, total_is_exact=total.is_exact, has_more=has_more, **dict(query))
        return CustomerWindow.model_validate({"data": rows, "meta": meta})

    @endpoints.get_customer
    def retrieve(self, request: Request, profile_id: uuid.UUID) -> Response:
        """With the segments by name. The id of a merged customer answers the one it was merged into."""
        return answers.detail(profile_id, route=ROUTE)

    @endpoints.change_customer
    def partial_update(self, request: Request, profile_id: uuid.UUID, body: Any) -> Response:
        """Changes the fields that are given, and in `address`, `attributes` and `metadata` the keys that are
        given; null clears a field or removes a key. `updatedBy` becomes the caller.
        """
        change_profile(self, profile_id, body)
        return answers.detail(profile_id, route=ROUTE)


class ResolveView(ApiView):
    """Who is this?"""

    @endpoints.resolve_query
    def get(self, request: Request, query: HintsBody) -> ResolutionAnswer:
        """Creates a customer when nobody is known, unless `create=false`; creating needs profile:write.

        A phone finds its owner even when the e-mail is new and the owner has others (`matchedBy` is then only
        `phone`); creating and importing ask more of a phone.

        A session (a logged-in person) only looks up; it creates by POST.
        """
        # A browser sends a person's session with any link they click: only programs create by GET.
        is_program = caller_of(request).actor.kind == ActorKind.API_KEY
        return self._resolve(query if is_program else query.model_copy(update={"create": False}))

    @endpoints.resolve_body
    def post(self, request: Request, body: HintsBody) -> ResolutionAnswer:
        """Creates a customer when nobody is known, unless `create` is false; creating needs profile:write."""
        return self._resolve(body)

    def _resolve(self, said: HintsBody) -> ResolutionAnswer:
        if said.create:
            self.require(PROFILE_WRITE)
        found = resolve(tenant=self.tenant, by=self.actor, hints=said.hints, create=said.create)
        profile = ResolvedCustomer.model_validate(found.profile) if found.profile else None
        return ResolutionAnswer.model_construct(
            profile=profile,
            is_new=found.is_new,
            matched_by=found.matched_by,
            confidence=found.confidence,
            conflicts=found.conflicts,
        )
