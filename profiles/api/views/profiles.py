"""Customers."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.paging import PageMeta
from cdp.api.views import ApiViewSet
from profiles.api import answers, endpoints
from profiles.api.changing import change_profile, deactivate_profile
from profiles.api.fetching import sorted_by, summaries
from profiles.api.serializers.profiles import ProfilePage
from profiles.api.serializers.queries import CreateQuery, ProfileListQuery
from profiles.counting import page_of
from profiles.filters import ProfileFilter
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord


class ProfileViewSet(ApiViewSet):
    """Customers of the tenant."""

    queryset = Profile.objects.all()

    @endpoints.list_profiles
    def list(self, request: Request, query: ProfileListQuery, filters: ProfileFilter) -> ProfilePage:
        """Merged and deleted customers are hidden unless their status is asked for."""
        ordered = sorted_by(filters.customers, query.sort_by, is_descending=query.sort_order == "desc")
        rows, total = page_of(summaries(ordered), query.window, filters.total)
        meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
        return ProfilePage.model_validate({"data": rows, "meta": meta})

    @endpoints.create_profile
    def create(self, request: Request, query: CreateQuery, body: ProfileRecord) -> Response:
        """Somebody who is known already is refused, with the id of the customer they are."""
        profile = create_profile(
            tenant=self.tenant, by=self.actor, record=body, allow_duplicate=query.allow_duplicate
        )
        return answers.detail(profile.pk, status=201, is_new=True)

    @endpoints.get_profile
    def retrieve(self, request: Request, profile_id: uuid.UUID) -> Response:
        """The 360° view. The id of a merged customer answers the one it was merged into."""
        return answers.detail(profile_id)

    @endpoints.change_profile
    def update(self, request: Request, profile_id: uuid.UUID, body: ProfileRecord) -> Response:
        """Changes the fields that are given. `emails`, `phones`, `tags` and `segmentIds` replace all.

        In `address`, `attributes` and `metadata` PATCH changes the keys that are given, and null removes one;
        PUT replaces the whole. A new `email` or `phone` becomes the primary one and the former stays as a
        further one; null removes the primary, and the oldest other takes its place.
        """
        change_profile(self, profile_id, body)
        return answers.detail(profile_id)

    partial_update = update

    @endpoints.deactivate_profile
    def destroy(self, request: Request, profile_id: uuid.UUID) -> Response:
        """The customer becomes INACTIVE and keeps the name, which lists show as `[INACTIVE] name`."""
        deactivate_profile(self, profile_id)
        return Response(status=204)
