"""Addresses of the customer API; ids are UUIDs, so fixed routes and ids cannot be mixed up."""

from typing import Any

from django.urls import path

import cdp.api.converters  # noqa: F401 (registers "id")
from profiles.api.views import bulk, lookups, pending
from profiles.api.views.customers import CustomerViewSet, ResolveView
from profiles.api.views.events import EventViewSet
from profiles.api.views.identifiers import IdentifierViewSet
from profiles.api.views.profiles import ProfileViewSet
from profiles.api.views.segments import MemberViewSet, SegmentViewSet
from profiles.api.views.tags import TagViewSet

# The type as_view asks for: names of methods, or the methods themselves.
Actions = dict[str, str | Any]
COLLECTION: Actions = {"get": "list", "post": "create"}
ITEM: Actions = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}
MEMBERS: Actions = {"get": "list", "post": "create", "delete": "destroy"}
CUSTOMER: Actions = {"get": "retrieve", "patch": "partial_update"}

urlpatterns = [
    path("profiles", ProfileViewSet.as_view(COLLECTION), name="profile-list"),
    path("profiles/statistics", lookups.StatisticsView.as_view(), name="profile-statistics"),
    path("profiles/bulk/tags", bulk.BulkTagsView.as_view(), name="profile-bulk-tags"),
    path("profiles/bulk/segments", bulk.BulkSegmentsView.as_view(), name="profile-bulk-segments"),
    path("profiles/bulk", bulk.BulkView.as_view(), name="profile-bulk"),
    path("profiles/sync", pending.SyncView.as_view(), name="profile-sync"),
    path(
        "profiles/completion-score/<id:profile_id>",
        lookups.CompletionScoreView.as_view(),
        name="profile-completion-score",
    ),
    path(
        "profiles/external/<str:source>/<path:external_id>",
        lookups.ExternalIdView.as_view(),
        name="profile-external",
    ),
    path("profiles/<id:profile_id>", ProfileViewSet.as_view(ITEM), name="profile-detail"),
    path("profiles/<id:profile_id>/events", EventViewSet.as_view(COLLECTION), name="profile-events"),
    path(
        "profiles/<id:profile_id>/identifiers",
        IdentifierViewSet.as_view({"post": "create"}),
        name="profile-identifiers",
    ),
    path(
        "profiles/<id:profile_id>/identifiers/<id:identifier_id>",
        IdentifierViewSet.as_view({"delete": "destroy"}),
        name="profile-identifier",
    ),
    path("api/v1/customers", CustomerViewSet.as_view({"get": "list"}), name="customer-list"),
    path("api/v1/customers/resolve", ResolveView.as_view(), name="customer-resolve"),
    path("api/v1/customers/<id:profile_id>", CustomerViewSet.as_view(CUSTOMER), name="customer-detail"),
    path("tags", TagViewSet.as_view(COLLECTION), name="tag-list"),
    path("tags/<id:tag_id>", TagViewSet.as_view(ITEM), name="tag-detail"),
    path("segments", SegmentViewSet.as_view(COLLECTION), name="segment-list"),
    path("segments/<id:segment_id>", SegmentViewSet.as_view(ITEM), name="segment-detail"),
    path("segments/<id:segment_id>/members", MemberViewSet.as_view(MEMBERS), name="segment-members"),
]
