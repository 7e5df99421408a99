"""What people have said of pairs."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import UNIFY_MERGE
from unify.admin.shown import page_link
from unify.models import Verdict


@admin.register(Verdict)
class VerdictAdmin(TenantModelAdmin):
    """The latest about a pair counts; nothing here is ever changed."""

    codes = Codes(view=UNIFY_MERGE)
    list_display = ["created_at", "low", "high", "decision", "by", "reason", "to_case"]
    list_filter = [("decision", ChoicesDropdownFilter), ("created_at", RangeDateTimeFilter)]
    list_filter_submit = True
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        *("low", "high", "decision", "reason", "by", "to_case", "weight", "has_conflict", "model_number"),
        "created_at",
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verdict]:
        # Beside the rows: a join with customers would be made before the page is cut off.
        return super().get_queryset(request).prefetch_related("low", "high")

    @admin.display(description=_("case"))
    def to_case(self, verdict: Verdict) -> str:
        return page_link("review-case", _("Look at it"), verdict.case_id) if verdict.case_id else "—"
