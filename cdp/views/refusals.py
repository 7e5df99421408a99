"""What pages answer when a verb refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cdp.errors import DomainError
from cdp.giving_way import gave_way
from cdp.views.errors import answer


class RefusalMiddleware:
    """Turns domain errors of pages into error pages; the API and forms turn theirs themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what a page could not do; anything else stays a fault of ours."""
        refusal = error if isinstance(error, DomainError) else gave_way(error)
        return answer(request, refusal) if refusal else None
