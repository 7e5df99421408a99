"""Orders to accept many cases."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.permissions import UNIFY_MERGE
from cdp.sentences import translated
from unify.admin.shown import as_json
from unify.choices import RunState
from unify.models import BulkDecision


@admin.register(BulkDecision)
class BulkDecisionAdmin(TenantModelAdmin):
    """What was accepted at once, and what was left for people."""

    codes = Codes(view=UNIFY_MERGE)
    list_display = [
        *("created_at", "least_score", "shown_state", "total", "accepted", "left_out", "created_by"),
    ]
    list_filter = [("state", ChoicesDropdownFilter)]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        *("state", "least_score", "reason", "total", "accepted", "left_out", "shown_reasons", "shown_error"),
        *("started_at", "finished_at", "created_at", "created_by"),
    ]
    readonly_fields = fields

    @admin.display(description=_("error"))
    def shown_error(self, bulk: BulkDecision) -> str:
        return translated(bulk.error)

    @display(  # type: ignore[untyped-decorator]
        description=_("state"), label=colours(RunState, {RunState.DONE: "success", RunState.FAILED: "danger"})
    )
    def shown_state(self, bulk: BulkDecision) -> tuple[str, str]:
        return bulk.state, bulk.get_state_display()

    @admin.display(description=_("why"))
    def shown_reasons(self, bulk: BulkDecision) -> SafeString:
        return as_json(bulk.reasons)
