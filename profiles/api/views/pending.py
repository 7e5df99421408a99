"""Endpoints of the contract whose capabilities are not installed yet: they check the caller and say so."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from cdp.api.views import ApiView
from cdp.errors import NotBuilt
from profiles.api import endpoints


class SyncView(ApiView):
    """Fetching customers from another system."""

    @endpoints.sync_profiles
    def post(self, request: Request) -> Response:
        """Not available yet."""
        raise NotBuilt("Synchronisation is not available yet.")
