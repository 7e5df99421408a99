"""Choosing a file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cdp.errors import DomainError
from cdp.permissions import IMPORT_RUN
from cdp.uploads import takes_files
from cdp.views.pages import PageRequest, actor_of, needs, render_page
from profiles.choices import Source
from profiles.imports.operations.start import start_import

KINDS = {Source.ERP: "CUSTOMER", Source.CRM: "CONTACT", Source.LINE: "USER", Source.FACEBOOK: "USER"}


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files
@needs(IMPORT_RUN)
def upload(request: PageRequest) -> HttpResponse:
    """Show the form, or keep the file and go on to its columns."""
    if request.method != "POST":
        return _page(request, {})
    said = {"source": request.POST.get("source", "").strip(), "other": request.POST.get("other", "").strip()}
    file = request.FILES.get("file")
    if file is None:
        return _page(request, said, error=_("Choose a file first."), status=400)
    source = said["other"] or said["source"] or Source.MANUAL.value
    try:
        run = start_import(
            tenant=request.membership.tenant,
            by=actor_of(request),
            file=file,
            file_name=file.name or "",
            source=source,
            source_type=KINDS.get(source, ""),  # type: ignore[call-overload]
        )
    except DomainError as error:
        return _page(request, said, error=error.detail, status=error.status)
    return HttpResponseRedirect(reverse("import", args=[run.pk]))


def _page(request: PageRequest, said: dict[str, Any], *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "said": said,
        "error": error,
        "sources": Source.choices,
        "largest": settings.IMPORT_MAX_BYTES,
        "step": "file",
    }
    return render_page(request, "imports/upload.html", context, title=_("Import customers"), status=status)
