"""One case at a time."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import push_url

from cdp.errors import Conflict, DomainError
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from unify.deciding.cases import get_case
from unify.deciding.claims import held_case
from unify.deciding.errors import QueueBusy
from unify.models import ReviewCase
from unify.operations.claim_case import claim_case
from unify.views.review.day import day_of, last_decided
from unify.views.review.screen import case_context


def case_address(case_id: uuid.UUID) -> str:
    """Return the address of a case."""
    return reverse("review-case", args=[case_id])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(UNIFY_MERGE)
def review(request: PageRequest) -> HttpResponse:
    """Say how much waits; when asked to, give the person their next case, or say that nothing is left."""
    if request.method == "POST":
        return show_next(request)
    case = held_case(actor_of(request))
    if case is not None:
        return HttpResponseRedirect(case_address(case.pk))
    context = _around(request)
    if not context["day"].waiting:
        return show_done(request)
    return render_page(request, "unify/review/start.html", context, title=_("Review"))


@require_safe
@never_cache
@needs(UNIFY_MERGE)
def one(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case; who wants to decide it takes it with the button."""
    return show_case(request, get_case(case_id), request.GET, error=None, status=200)


@require_POST
@needs(UNIFY_MERGE)
def claim(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give the person the case, unless somebody else has it."""
    get_case(case_id)
    try:
        claim_case(tenant=request.membership.tenant, by=actor_of(request), case_id=case_id)
    except Conflict as error:
        return show_case(request, get_case(case_id), QueryDict(), error=error, status=error.status)
    if wants_part(request):
        return show_case(request, get_case(case_id), QueryDict(), error=None, status=200)
    return HttpResponseRedirect(case_address(case_id))


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
    try:
        case = claim_case(tenant=request.membership.tenant, by=actor_of(request))
    except QueueBusy as error:
        return show_done(request, error=error)
    if case is None:
        return show_done(request)
    if not wants_part(request):
        return HttpResponseRedirect(case_address(case.pk))
    return show_case(request, case, QueryDict(), error=None, status=200)


def show_done(request: PageRequest, *, error: DomainError | None = None) -> HttpResponse:
    """Say that nothing is left to review, or why nothing can be had at this moment."""
    context = _around(request) | {"error": error}
    status = error.status if error else 200
    if wants_part(request):
        response = render_part(request, "unify/review/_done.html", {**context, "tells": True}, status=status)
        return push_url(response, reverse("review"))
    return render_page(request, "unify/review/done.html", context, title=_("Review"), status=status)


def _around(request: PageRequest) -> dict[str, Any]:
    by = actor_of(request)
    return {"part": "review", "day": day_of(request.membership.tenant, by), "last": last_decided(by)}
