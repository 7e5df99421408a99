"""Who calls the API, for which tenant, with which permissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from rest_framework.request import Request

from cdp.actors import Actor
from cdp.models import Tenant


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated person or program."""

    actor: Actor
    tenant: Tenant
    codes: frozenset[str]


def caller_of(request: Request) -> Caller:
    """Return the caller of an authenticated request."""
    return cast("Caller", request.auth)
