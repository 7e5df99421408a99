"""Ordering a file of a list, watching it being written, and downloading it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from cdp.errors import DomainError
from cdp.models import Membership, User
from cdp.permissions import EXPORT_RUN
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from profiles.exports.choices import FileKind
from profiles.exports.models import ExportRun
from profiles.exports.operations.download import open_export
from profiles.exports.operations.order import cancel_export, order_export
from profiles.exports.operations.runs import get_export
from profiles.exports.policy import FILE_RETENTION

ON_PAGE = 25
CONTENT_TYPES = {
    FileKind.CSV.value: "text/csv; charset=utf-8",
    FileKind.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@needs(EXPORT_RUN)
def exports(request: PageRequest) -> HttpResponse:
    """List the exports, newest first."""
    page = Paginator(ExportRun.objects.all(), ON_PAGE).get_page(request.GET.get("page"))
    names = _names(request, {run.ordered_by for run in page})
    context: dict[str, Any] = {
        "page": page,
        "runs": [(run, names.get(run.ordered_by, "")) for run in page],
        "days": FILE_RETENTION.days,
    }
    return render_page(request, "exports/list.html", context, title=_("Exports"))


@require_POST
@needs(EXPORT_RUN)
def order(request: PageRequest) -> HttpResponse:
    """Have the customer list written into a file, as it is filtered."""
    return order_of(request, list_name="customers", filters=request.POST.get("filters", ""))


def order_of(request: PageRequest, *, list_name: str, filters: str) -> HttpResponse:
    """Order the file in the format the form asks for, and go on to its progress."""
    kind = request.POST.get("format", "")
    if kind not in FileKind.values:
        messages.error(request, _("Choose CSV or Excel."))
        return HttpResponseRedirect(reverse("customers"))
    try:
        run = order_export(
            member=request.membership, list_name=list_name, filters=filters, kind=FileKind(kind)
        )
    except DomainError as error:
        messages.error(request, error.detail)
        return HttpResponseRedirect(reverse("exports"))
    return HttpResponseRedirect(reverse("export", args=[run.pk]))


@require_safe
@needs(EXPORT_RUN)
def one(request: PageRequest, export_id: uuid.UUID) -> HttpResponse:
    """Show how far an export is, and its file once it is ready."""
    run = get_export(export_id)
    context = {"run": run, "days": FILE_RETENTION.days}
    if wants_part(request):
        if not run.is_active:
            return HttpResponseClientRefresh()
        return render_part(request, "exports/_progress.html", context)
    return render_page(request, "exports/run.html", context, title=_("Export"))


@require_POST
@needs(EXPORT_RUN)
def cancel(request: PageRequest, export_id: uuid.UUID) -> HttpResponse:
    """Give an export up."""
    run = cancel_export(by=actor_of(request), run_id=export_id)
    return HttpResponseRedirect(reverse("export", args=[run.pk]))


@require_safe
@needs(EXPORT_RUN)
def download(request: PageRequest, export_id: uuid.UUID) -> HttpResponseBase:
    """Send the file; without one, say why."""
    try:
        run, file = open_export(by=actor_of(request), run_id=export_id)
    except DomainError as error:
        if error.status == 404:  # noqa: PLR2004
            raise
        messages.error(request, error.detail)
        return HttpResponseRedirect(reverse("export", args=[export_id]))
    response = FileResponse(
        file, as_attachment=True, filename=run.file_name, content_type=CONTENT_TYPES[run.kind]
    )
    response["Cache-Control"] = "no-store"
    return response


def _names(request: PageRequest, people: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what those of the people who belong to the company are called."""
    members = Membership.objects.filter(tenant=request.membership.tenant, user_id__in=people)
    users: dict[uuid.UUID, User] = {member.user_id: member.user for member in members.select_related("user")}
    return {identity: str(user) for identity, user in users.items()}
