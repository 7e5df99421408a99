"""What every template knows about the tenant."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def tenant(request: HttpRequest) -> dict[str, Any]:
    """Add the active membership, its tenant, permission codes, and the tenants one can switch to."""
    membership = getattr(request, "membership", None)
    return {
        "membership": membership,
        "tenant": membership.tenant if membership else None,
        "permission_codes": membership.codes if membership else frozenset(),
        "memberships": getattr(request, "memberships", []),
    }
