"""One log line per request, under an id that is also in the answer."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cdp.logging import log
from cdp.request_context import set_request_id

_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_QUIET = {"/healthz", "/readyz"}


class RequestLogMiddleware:
    """Names the request (a sane ``X-Request-ID`` of the proxy is kept) and logs it with its duration."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        set_request_id(name)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = name
        if request.path not in _QUIET and not request.path.startswith("/static/"):
            log.info(
                "request",
                method=request.method,
                route=_route(request),
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                tenant_id=_tenant(request),
            )
        return response


def _route(request: HttpRequest) -> str:
    # The pattern, not the path: an address or a name may be part of a path.
    return request.resolver_match.route if request.resolver_match else "(no route)"


def _tenant(request: HttpRequest) -> str | None:
    tenant_id = getattr(request, "log_tenant_id", None)
    membership = getattr(request, "membership", None)
    found = tenant_id or (membership.tenant_id if membership else None)
    return str(found) if found else None
