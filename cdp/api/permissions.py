"""Permission codes on API views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from cdp.api.caller import Caller

if TYPE_CHECKING:
    from rest_framework.views import APIView


class HasCode(BasePermission):
    """Allows what the view's ``codes`` say: {action or lower-case method: permission code}.

    A view that names no code for an action allows it to nobody.
    """

    message = "Your role or API key does not allow this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        caller = request.auth
        if not isinstance(caller, Caller):
            return False
        return required_code(request, view) in caller.codes


def required_code(request: Request, view: APIView) -> str | None:
    """Return the code this call needs, or None when the view names none."""
    codes: dict[str, str] = getattr(view, "codes", {})
    method = "get" if request.method == "HEAD" else (request.method or "").lower()
    return codes.get(getattr(view, "action", None) or method)
