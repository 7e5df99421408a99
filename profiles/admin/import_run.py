"""Imports, to be looked at; their own pages are where people work with them."""

from __future__ import annotations

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.permissions import IMPORT_RUN
from cdp.sentences import translated
from profiles.imports.choices import RunState
from profiles.imports.models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(TenantModelAdmin):
    """What came in, and what came of it. Rows have a key of two columns, which no admin shows."""

    codes = Codes(view=IMPORT_RUN)
    list_display = [
        "created_at",
        "file_name",
        "source",
        "shown_state",
        "created",
        "updated",
        "skipped",
        "failed",
    ]
    list_filter = [("state", ChoicesDropdownFilter)]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        "file_name",
        "file_size",
        "source",
        "source_type",
        "state",
        "shown_error",
        "rows_total",
        "rows_done",
        "created",
        "updated",
        "unchanged",
        "skipped",
        "failed",
        "rows_undone",
        "shown_mapping",
        "started_at",
        "finished_at",
        "created_at",
        "created_by",
    ]
    readonly_fields = fields

    @admin.display(description=_("error"))
    def shown_error(self, run: ImportRun) -> str:
        return translated(run.error)

    @display(
        description=_("state"), label=colours(RunState, {RunState.DONE: "success", RunState.FAILED: "danger"})
    )  # type: ignore[untyped-decorator]
    def shown_state(self, run: ImportRun) -> tuple[str, str]:
        return run.state, run.get_state_display()

    @admin.display(description=_("columns"))
    def shown_mapping(self, run: ImportRun) -> str:
        return format_html("<pre>{}</pre>", json.dumps(run.mapping, indent=2, ensure_ascii=False))
