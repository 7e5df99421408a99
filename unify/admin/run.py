"""Searches for duplicates, trainings and trials."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.permissions import UNIFY_MERGE
from cdp.sentences import translated
from unify.admin.shown import as_json, page_link
from unify.choices import RunKind, RunState
from unify.models import MatchRun
from unify.operations.start_run import start_run


@admin.register(MatchRun)
class MatchRunAdmin(TenantModelAdmin):
    """What was looked at and what was found; the page of searches shows how far one is."""

    codes = Codes(view=UNIFY_MERGE)
    actions = ["search_changed", "search_everybody"]
    list_display = [
        *("created_at", "kind", "shown_state", "shown_progress", "started_at", "finished_at"),
        *("peak_mib", "to_page"),
    ]
    list_filter = [("kind", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter)]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        *("kind", "state", "step", "done", "total", "shown_counts", "model_version"),
        *("shown_error", "attempts", "peak_mib", "started_at", "finished_at", "created_at", "created_by"),
    ]
    readonly_fields = fields

    @admin.display(description=_("error"))
    def shown_error(self, run: MatchRun) -> str:
        return translated(run.error)

    @admin.action(description=_("Search what changed, now"), permissions=["view"])
    def search_changed(self, request: HttpRequest, queryset: QuerySet[MatchRun]) -> None:
        self._start(request, RunKind.INCREMENTAL)

    @admin.action(description=_("Search everybody, now"), permissions=["view"])
    def search_everybody(self, request: HttpRequest, queryset: QuerySet[MatchRun]) -> None:
        self._start(request, RunKind.DEEP)

    def _start(self, request: HttpRequest, kind: RunKind) -> None:
        start_run(tenant=self.tenant(request), by=self.actor(request), kind=kind)
        self.message_user(request, gettext("The search has been ordered."), messages.SUCCESS)

    @display(  # type: ignore[untyped-decorator]
        description=_("state"),
        label=colours(
            RunState, {RunState.DONE: "success", RunState.FAILED: "danger", RunState.RUNNING: "info"}
        ),
    )
    def shown_state(self, run: MatchRun) -> tuple[str, str]:
        return run.state, run.get_state_display()

    @admin.display(description=_("progress"))
    def shown_progress(self, run: MatchRun) -> str:
        return f"{run.progress} %"

    @admin.display(description=_("counts"))
    def shown_counts(self, run: MatchRun) -> SafeString:
        return as_json(run.counts)

    @admin.display(description=_("page"))
    def to_page(self, run: MatchRun) -> str:
        return page_link("match-runs", _("All searches"))
