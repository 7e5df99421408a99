"""What people have said of pairs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import UNIFY_MERGE
from cdp.sentences import translated
from unify.admin.shown import name_behind, page_link, written
from unify.models import Verdict


@admin.register(Verdict)
class VerdictAdmin(TenantModelAdmin):
    """The latest about a pair counts; nothing here is ever changed."""

    codes = Codes(view=UNIFY_MERGE)
    list_display = ["created_at", "low", "high", "decision", "shown_by", "shown_reason", "to_case"]
    list_filter = [("decision", ChoicesDropdownFilter), ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        *(
            "low",
            "high",
            "decision",
            "shown_reason",
            "shown_by",
            "to_case",
            "weight",
            "has_conflict",
            "model_number",
        ),
        "created_at",
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        # Beside the rows: a join with customers would be made before the page is cut off.
        verdicts: QuerySet[Verdict] = super().get_queryset(request).prefetch_related("low", "high")
        return verdicts.annotate(speaker=name_behind("by"))

    @admin.display(description=_("by"))
    def shown_by(self, verdict: Any) -> str:
        return written(verdict.speaker, verdict.by)

    @admin.display(description=_("reason"))
    def shown_reason(self, verdict: Verdict) -> str:
        return translated(verdict.reason)

    @admin.display(description=_("case"))
    def to_case(self, verdict: Verdict) -> str:
        return page_link("review-case", _("Look at it"), verdict.case_id) if verdict.case_id else "—"
