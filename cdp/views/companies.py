"""Changing the company one works in, and belonging to none."""

from __future__ import annotations

import re
import uuid

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cdp.choices import Role
from cdp.permissions import PROFILE_READ
from cdp.tenancy.middleware import choose

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@require_POST
@login_required
def switch_tenant(request: HttpRequest) -> HttpResponse:
    """Work in another of one's own companies from now on; any other is a 404 and changes nothing."""
    try:
        tenant_id = uuid.UUID(request.POST.get("tenant", ""))
    except ValueError as error:
        raise Http404 from error
    if not choose(request, tenant_id):
        raise Http404
    name = next(m.tenant.name for m in request.memberships if m.tenant_id == tenant_id)  # type: ignore[attr-defined]
    messages.success(request, _("You are working in %(company)s now.") % {"company": name})
    return HttpResponseRedirect(_safe_next(request))


@login_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Go where the person's day begins."""
    membership = getattr(request, "membership", None)
    if membership is not None and PROFILE_READ in membership.codes:
        # Who sells begins with whom to call, who looks after the data with the customers.
        return HttpResponseRedirect(
            reverse("agent-dashboard" if membership.role == Role.AGENT else "customers")
        )
    return HttpResponseRedirect(reverse("admin:index"))


def no_company(request: HttpRequest) -> HttpResponse:
    """Tell a person without a company what to do; a superuser is shown the way to the platform's pages."""
    context = {**admin.site.each_context(request), "title": _("You are not a member of any company yet")}
    return render(request, "cdp/no_company.html", context, status=403)


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # A page of one row is a page of the former company.
    is_of_a_row = _ID.search(wanted) is not None
    return wanted if is_ours and wanted.startswith("/") and not is_of_a_row else reverse("start")
