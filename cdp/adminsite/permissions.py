"""Permission codes on model admins: never Django's own model permissions."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

from cdp.models import Membership


class Codes(NamedTuple):
    """The permission code each act on a model needs; None allows it to nobody."""

    view: str
    add: str | None = None
    change: str | None = None
    delete: str | None = None


def membership_of(request: HttpRequest) -> Membership | None:
    """Return the active membership of the person who asks."""
    membership: Membership | None = getattr(request, "membership", None)
    return membership


def may(request: HttpRequest, code: str | None) -> bool:
    """Tell whether the person's role in the active tenant includes ``code``."""
    membership = membership_of(request)
    return code is not None and membership is not None and code in membership.codes


def is_platform(request: HttpRequest) -> bool:
    """Tell whether the person works for the platform itself."""
    user = request.user
    return bool(user.is_authenticated and user.is_active and user.is_superuser)
