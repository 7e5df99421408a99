"""What every API view shares."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from cdp.actors import Actor
from cdp.api.caller import caller_of
from cdp.api.parsers import check_text
from cdp.models import Tenant


class ApiMixin:
    """Refuses unstorable text in addresses, and knows who calls."""

    codes: dict[str, str] = {}
    request: Request

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        for values in [*request.query_params.lists(), *((key, [value]) for key, value in kwargs.items())]:
            for value in values[1]:
                check_text(str(value))

    @property
    def actor(self) -> Actor:
        """Return who calls, as the ``by`` of a verb."""
        return caller_of(self.request).actor

    @property
    def tenant(self) -> Tenant:
        """Return the tenant the call is for."""
        return caller_of(self.request).tenant


class ApiView(ApiMixin, APIView):
    """One endpoint."""


class ApiViewSet(ApiMixin, GenericViewSet[Any]):
    """Endpoints of one resource."""
