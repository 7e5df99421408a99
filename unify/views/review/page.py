"""One case at a time."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from cdp.errors import Conflict, DomainError
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from unify.deciding.cases import get_case
from unify.models import ReviewCase
from unify.operations.claim_case import claim_case
from unify.views.review.day import day_of, last_decided
from unify.views.review.screen import case_context


def case_address(case_id: uuid.UUID) -> str:
    """Return the address of a case."""
    return reverse("review-case", args=[case_id])


@require_safe
@never_cache
@needs(UNIFY_MERGE)
def review(request: PageRequest) -> HttpResponse:
    """Give the person their next case, or say that nothing is left."""
    case = claim_case(tenant=request.membership.tenant, by=actor_of(request))
    if case is None:
        return show_done(request)
    return HttpResponseRedirect(case_address(case.pk))


@require_safe
@never_cache
@needs(UNIFY_MERGE)
def one(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case, claimed if it is free; as a part, only the records side by side."""
    get_case(case_id)
    error: DomainError | None = None
    try:
        claim_case(tenant=request.membership.tenant, by=actor_of(request), case_id=case_id)
    except Conflict as conflict:
        error = conflict
    return show_case(request, get_case(case_id), request.GET, error=error, status=200)


@require_safe
@never_cache
@needs(UNIFY_MERGE)
def preview(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show what would be kept with another winner or other values."""
    case = get_case(case_id)
    if not wants_part(request):
        return HttpResponseRedirect(case_address(case_id))
    context = case_context(request.membership.tenant, actor_of(request), case, request.GET)
    if "table" not in context:
        return show_case(request, case, request.GET, error=None, status=200)
    return render_part(request, "unify/_compare.html", context)


def show_case(
    request: PageRequest, case: ReviewCase, data: QueryDict, *, error: DomainError | None, status: int
) -> HttpResponse:
    """Show a case with what was chosen so far."""
    tenant, by = request.membership.tenant, actor_of(request)
    context = case_context(tenant, by, case, data, error=error) | _around(request)
    if wants_part(request):
        response = render_part(request, "unify/review/_case.html", {**context, "tells": True}, status=status)
        return push_url(response, case_address(case.pk))
    return render_page(request, "unify/review/case.html", context, title=_("Review"), status=status)


def show_next(request: PageRequest) -> HttpResponse:
    """Go on to the next case at once."""
    case = claim_case(tenant=request.membership.tenant, by=actor_of(request))
    if not wants_part(request):
        return HttpResponseRedirect(case_address(case.pk) if case else reverse("review"))
    if case is None:
        return show_done(request)
    return show_case(request, case, QueryDict(), error=None, status=200)


def show_done(request: PageRequest) -> HttpResponse:
    """Say that nothing is left to review."""
    context = _around(request)
    if wants_part(request):
        response = render_part(request, "unify/review/_done.html", {**context, "tells": True})
        return push_url(response, reverse("review"))
    return render_page(request, "unify/review/done.html", context, title=_("Review"))


def _around(request: PageRequest) -> dict[str, Any]:
    by = actor_of(request)
    return {"part": "review", "day": day_of(request.membership.tenant, by), "last": last_decided(by)}
