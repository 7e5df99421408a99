"""Chooses the tenant of a page request from the person's memberships."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone as django_timezone

from cdp.models import Membership
from cdp.tenancy.context import NoActiveTenant, active_tenant_id, each_within, tenant_context

SESSION_KEY = "tenant_id"


class TenantMiddleware:
    """Runs the request inside the tenant the person works in; the API chooses by key or header itself.

    ``request.membership`` is the active membership or None; ``request.memberships`` lists all of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships = memberships_of(request)
        membership = _chosen(memberships, request.session.get(SESSION_KEY)) if memberships else None
        request.memberships = memberships  # type: ignore[attr-defined]
        request.membership = membership  # type: ignore[attr-defined]
        zone = membership.tenant.time_zone if membership else None
        with tenant_context(membership.tenant_id if membership else None), django_timezone.override(zone):
            response = self.get_response(request)
            # Lazy templates must be rendered while the tenant is still active.
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response = response.render()
            _keep_tenant_while_streaming(response)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Answer 403, not 500, to a person who works in no tenant (any more)."""
        works_nowhere = request.user.is_authenticated and not getattr(request, "memberships", None)
        if isinstance(exception, NoActiveTenant) and works_nowhere:
            raise PermissionDenied from exception


def _keep_tenant_while_streaming(response: HttpResponseBase) -> None:
    # A file needs no tenant, and wrapped it could no longer be handed to the server as a file.
    if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
        steps = cast("Iterator[bytes]", response.streaming_content)
        response.streaming_content = each_within(active_tenant_id(), steps)


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Return the person's active memberships of active tenants, by tenant name."""
    user = request.user
    if not user.is_authenticated:
        return []
    return list(
        Membership.objects.filter(user=user, is_active=True, tenant__is_active=True)
        .select_related("tenant", "user")
        .order_by("tenant__name", "id")
    )


def _chosen(memberships: list[Membership], wanted: str | None) -> Membership:
    for membership in memberships:
        if str(membership.tenant_id) == wanted:
            return membership
    # Until a person chooses: where they have been longest.
    return min(memberships, key=lambda membership: (membership.created_at, membership.pk))


def choose(request: HttpRequest, tenant_id: uuid.UUID) -> bool:
    """Remember the tenant the person switches to; False when it is none of theirs."""
    if all(membership.tenant_id != tenant_id for membership in memberships_of(request)):
        return False
    request.session[SESSION_KEY] = str(tenant_id)
    return True
