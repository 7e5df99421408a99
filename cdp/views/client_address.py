"""The network address a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the caller's address: as many proxies as PROXY_COUNT says are believed, and none besides."""
    proxies: int = settings.AXES_IPWARE_PROXY_COUNT or 0
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(chain) >= proxies:
        return chain[-proxies][:64]
    return str(request.META.get("REMOTE_ADDR", ""))
