"""What people do with an import."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cdp.errors import DomainError
from cdp.permissions import IMPORT_RUN, PROFILE_DELETE
from cdp.views.pages import PageRequest, actor_of, needs
from profiles.imports.errors import WrongState
from profiles.imports.models import ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.control import (
    cancel_import,
    discard_import,
    pause_import,
    resume_import,
)
from profiles.imports.operations.preview import preview_import
from profiles.imports.operations.revise import revise_import
from profiles.imports.operations.runs import get_run
from profiles.imports.operations.undo import undo_import
from profiles.imports.staging import is_list
from profiles.imports.views.page import PREVIEW_LIMIT, columns_page

MONTH_FIRST = {"month": True, "day": False, "": None}


@require_POST
@needs(IMPORT_RUN)
def columns(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Keep what the person chose; another reading shows the columns again, otherwise the preview follows."""
    run = get_run(run_id)
    common: dict[str, Any] = {"tenant": request.membership.tenant, "by": actor_of(request), "run_id": run_id}
    try:
        if "reread" in request.POST:
            revise_import(reading=_reading(request, run), **common)
            return HttpResponseRedirect(reverse("import", args=[run_id]) + "?step=columns")
        if not is_list(run):
            targets = request.POST.getlist("target")
            revise_import(targets=targets, options=_options(request), **common)
        preview_import(limit=PREVIEW_LIMIT, sample=1, **common)
    except DomainError as error:
        return columns_page(request, get_run(run_id), error=error.detail, status=error.status)
    return _back(run_id)


def _reading(request: PageRequest, run: ImportRun) -> dict[str, Any]:
    reading: dict[str, Any] = {"has_header": "has_header" in request.POST}
    for name in ("encoding", "delimiter", "sheet"):
        if request.POST.get(name):
            reading[name] = request.POST[name]
    return reading


def _options(request: PageRequest) -> dict[str, Any]:
    options: dict[str, Any] = {
        wire: request.POST[name]
        for name, wire in (("mode", "mode"), ("on_invalid", "onInvalid"))
        if request.POST.get(name)
    }
    if request.POST.get("date_order", "") in MONTH_FIRST:
        options["monthFirst"] = MONTH_FIRST[request.POST.get("date_order", "")]
    return options


def _act(verb: Callable[..., ImportRun], done: Any, **allowed: str) -> Callable[..., HttpResponseBase]:
    """Return a view of the verb; ``allowed`` maps what the verb wants to know to codes."""

    @require_POST
    @needs(IMPORT_RUN)
    def act(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
        may = {name: code in request.membership.codes for name, code in allowed.items()}
        try:
            verb(tenant=request.membership.tenant, by=actor_of(request), run_id=run_id, **may)
        except DomainError as error:
            if error.status == 404:  # noqa: PLR2004 (a stranger's import is not there at all)
                raise
            messages.error(request, error.detail)
        else:
            messages.success(request, _(done))
        return _back(run_id)

    act.__name__ = verb.__name__
    act.__doc__ = verb.__doc__
    return act


@require_POST
@needs(IMPORT_RUN)
def discard(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Delete a draft and its file, and go back to the list."""
    try:
        discard_import(tenant=request.membership.tenant, by=actor_of(request), run_id=run_id)
    except WrongState as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("The draft and its file are deleted."))
    return HttpResponseRedirect(reverse("imports"))


def _back(run_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("import", args=[run_id]))


start = _act(confirm_import, gettext_lazy("The import has started. You can leave this page."))
pause = _act(pause_import, gettext_lazy("Paused. What was imported so far stays."))
resume = _act(resume_import, gettext_lazy("The import goes on."))
cancel = _act(cancel_import, gettext_lazy("Cancelled. What was imported so far can be taken back."))
undo = _act(undo_import, gettext_lazy("The import is being taken back."), may_delete=PROFILE_DELETE)
