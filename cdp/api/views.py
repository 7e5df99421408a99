"""What every API view shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from cdp.actors import Actor
from cdp.api.caller import Caller, caller_of
from cdp.api.operation import declared_on
from cdp.api.parsers import check_text
from cdp.api.wire import WireRenderer, read_query
from cdp.errors import Forbidden
from cdp.models import Tenant


class OnlyJSON(BaseContentNegotiation):
    """Answers JSON whatever ``Accept`` says, as RFC 9110 allows."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:  # type: ignore[override]
        wanted = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == wanted), None)

    def select_renderer(  # type: ignore[override]
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], str(renderers[0].media_type)


class ApiMixin(APIView):
    """Refuses unstorable text in addresses and methods that are not there, and knows who calls.

    ``codes`` names the permission of each action; declared operations bring theirs.
    """

    codes: dict[str, str] = {}
    renderer_classes = [WireRenderer]
    content_negotiation_class = OnlyJSON
    metadata_class = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        members = {name: declared_on(getattr(cls, name)) for name in vars(cls)}
        declared = {name: operation.code for name, operation in members.items() if operation}
        cls.codes = {**cls.codes, **declared}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        read_query(request.query_params)
        for value in kwargs.values():
            check_text(str(value))

    def check_permissions(self, request: Request) -> None:
        # Before the permission: a method nobody may call is absent, not forbidden.
        if (request.method or "").upper() not in self.allowed_methods or request.method == "OPTIONS":
            if not isinstance(request.auth, Caller):
                self.permission_denied(request)
            self.http_method_not_allowed(request)
        super().check_permissions(request)

    def require(self, code: str) -> None:
        """Raise Forbidden unless the caller also has this permission code."""
        if code not in caller_of(self.request).codes:
            raise Forbidden(f"This also needs the permission {code}.")

    @property
    def actor(self) -> Actor:
        """Return who calls, as the ``by`` of a verb."""
        return caller_of(self.request).actor

    @property
    def tenant(self) -> Tenant:
        """Return the tenant the call is for."""
        return caller_of(self.request).tenant


class ApiView(ApiMixin):
    """One endpoint."""


class ApiViewSet(ApiMixin, GenericViewSet[Any]):
    """Endpoints of one resource."""
