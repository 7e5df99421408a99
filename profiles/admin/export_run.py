"""Exports, to be looked at; their own pages are where people work with them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.permissions import EXPORT_RUN
from cdp.sentences import translated
from profiles.exports.choices import ExportState
from profiles.exports.models import ExportRun


@admin.register(ExportRun)
class ExportRunAdmin(TenantModelAdmin):
    """Which lists were taken out, by whom."""

    codes = Codes(view=EXPORT_RUN)
    list_display = ["created_at", "kind", "shown_state", "rows_done", "created_by"]
    list_filter = [("state", ChoicesDropdownFilter)]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        "list_name",
        "filters",
        "kind",
        "state",
        "shown_error",
        "rows_total",
        "rows_done",
        "file_size",
        "started_at",
        "finished_at",
        "created_at",
        "created_by",
    ]
    readonly_fields = fields

    @admin.display(description=_("error"))
    def shown_error(self, run: ExportRun) -> str:
        return translated(run.error)

    @display(
        description=_("state"),
        label=colours(ExportState, {ExportState.DONE: "success", ExportState.FAILED: "danger"}),
    )  # type: ignore[untyped-decorator]
    def shown_state(self, run: ExportRun) -> tuple[str, str]:
        return run.state, run.get_state_display()
