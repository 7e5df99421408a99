"""The list of imports, the rows of one, and its file of errors."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdp.permissions import IMPORT_RUN
from cdp.views.pages import PageRequest, needs, render_page
from profiles.imports.choices import OPEN_STATES, RowAction
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.error_rows import error_file
from profiles.imports.operations.runs import get_run
from profiles.imports.policy import DRAFT_RETENTION
from profiles.imports.views.page import changes_in_words
from profiles.models import Profile

RUNS_ON_PAGE, ROWS_ON_PAGE = 25, 50


@require_safe
@needs(IMPORT_RUN)
def imports(request: PageRequest) -> HttpResponse:
    """List the imports, newest first."""
    runs = ImportRun.objects.defer("dialect", "mapping", "undo_report")
    page = Paginator(runs, RUNS_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "drafts": ImportRun.objects.filter(state__in=OPEN_STATES).count(),
        "draft_days": DRAFT_RETENTION.days,
    }
    return render_page(request, "imports/list.html", context, title=_("Imports"))


@require_safe
@needs(IMPORT_RUN)
def rows(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """List what became of the rows, by their numbers: the next page starts after the last row shown."""
    run = get_run(run_id)
    action = request.GET.get("action", "")
    action = action if action in RowAction.values else ""
    after = _number(request.GET.get("after", ""))
    found = ImportRow.objects.filter(run=run, row_no__gt=after).order_by("row_no")
    if action:
        found = found.filter(action=action)
    shown = list(found[: ROWS_ON_PAGE + 1])
    names = _names(shown)
    context: dict[str, Any] = {
        "run": run,
        "rows": [(row, names.get(row.profile_id), _changes(row)) for row in shown[:ROWS_ON_PAGE]],
        "next_after": shown[ROWS_ON_PAGE - 1].row_no if len(shown) > ROWS_ON_PAGE else None,
        "is_first": not after,
        "action": action,
        "actions": RowAction.choices,
    }
    return render_page(request, "imports/rows.html", context, title=_("Rows of an import"))


@require_safe
@needs(IMPORT_RUN)
def errors(request: PageRequest, run_id: uuid.UUID) -> HttpResponseBase:
    """Download the rows that were not imported, each with its reason."""
    run = get_run(run_id)
    response = StreamingHttpResponse(
        error_file(run, get_language() or "en"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-errors.csv"'
    return response


def _names(shown: list[ImportRow]) -> dict[uuid.UUID | None, str]:
    ids = {row.profile_id for row in shown if row.profile_id}
    return {profile.pk: profile.shown_name for profile in Profile.objects.filter(pk__in=ids)}


def _changes(row: ImportRow) -> list[tuple[str, Any, Any]]:
    if row.action != RowAction.UPDATE or not row.changes:
        return []
    return changes_in_words(row.changes)


def _number(text: str) -> int:
    return min(int(text[:10]), 2**31 - 1) if text.isascii() and text.isdecimal() else 0
