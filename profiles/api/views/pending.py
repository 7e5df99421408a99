"""Endpoints of the contract whose capabilities are not installed yet: they check the caller and say so."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiView
from cdp.errors import NotBuilt
from profiles.api import endpoints
from profiles.api.fetching import fetched


class MergeView(ApiView):
    """Merging duplicates."""

    @endpoints.merge_candidates
    def post(self, request: Request) -> Response:
        """Not available yet."""
        raise NotBuilt("Merging is not available yet.")


class DetectDuplicatesView(ApiView):
    """Finding duplicates."""

    @endpoints.detect_duplicates
    def post(self, request: Request) -> Response:
        """Not available yet."""
        raise NotBuilt("Finding duplicates is not available yet.")


class SyncView(ApiView):
    """Fetching customers from another system."""

    @endpoints.sync_profiles
    def post(self, request: Request) -> Response:
        """Not available yet."""
        raise NotBuilt("Synchronisation is not available yet.")


class AutoUnifyView(ApiView):
    """Finding and merging the duplicates of one customer."""

    @endpoints.unify_profile
    def post(self, request: Request, profile_id: uuid.UUID) -> Response:
        """Not available yet."""
        fetched(profile_id)
        raise NotBuilt("Unifying is not available yet.")


class CustomerMergeView(ApiView):
    """Merging one customer into another."""

    @endpoints.merge_customer
    def post(self, request: Request, profile_id: uuid.UUID) -> Response:
        """Not available yet."""
        fetched(profile_id)
        raise NotBuilt("Merging is not available yet.")
