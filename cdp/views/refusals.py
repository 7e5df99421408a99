"""What pages answer when a verb refuses, or when the person belongs to no company."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cdp.errors import DomainError
from cdp.tenancy.context import NoActiveTenant
from cdp.views.companies import no_company
from cdp.views.errors import answer


class RefusalMiddleware:
    """Turns domain errors of pages into error pages; the API and forms turn theirs themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what a page could not do; anything else stays a fault of ours."""
        if isinstance(error, DomainError):
            return answer(request, error)
        is_stranger = request.user.is_authenticated and getattr(request, "membership", None) is None
        if isinstance(error, NoActiveTenant) and is_stranger:
            return no_company(request)
        return None
