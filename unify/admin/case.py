"""Cases of the review queue."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.permissions import UNIFY_MERGE
from unify.admin.shown import as_json, name_behind, page_link, written
from unify.choices import CaseState
from unify.models import ReviewCase


@admin.register(ReviewCase)
class ReviewCaseAdmin(TenantModelAdmin):
    """What people decide on at once; its own page is where they do."""

    codes = Codes(view=UNIFY_MERGE)
    list_display = [
        *("created_at", "size", "shown_score", "shown_state", "has_conflict", "is_risky", "decision"),
        *("shown_by", "decided_at", "to_page"),
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("decision", ChoicesDropdownFilter),
        "has_conflict",
        "is_risky",
    ]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        *("to_page", "state", "size", "best_score", "least_score", "has_conflict", "is_risky", "claimed_by"),
        *("claimed_until", "skipped_by", "shown_first", "shown_earlier", "decision", "shown_by"),
        *("decided_at", "merge_group", "created_at", "updated_at"),
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewCase]:
        cases: QuerySet[ReviewCase] = super().get_queryset(request)
        return cases.annotate(decider=name_behind("decided_by"))

    @admin.display(description=_("decided by"))
    def shown_by(self, case: Any) -> str:
        return written(case.decider, case.decided_by)

    @admin.display(description=_("best score"))
    def shown_score(self, case: ReviewCase) -> str:
        return f"{case.best_score:.1f}"

    @display(  # type: ignore[untyped-decorator]
        description=_("state"),
        label=colours(
            CaseState, {CaseState.OPEN: "warning", CaseState.SECOND: "info", CaseState.DECIDED: "success"}
        ),
    )
    def shown_state(self, case: ReviewCase) -> tuple[str, str]:
        return case.state, case.get_state_display()

    @admin.display(description=_("first decision"))
    def shown_first(self, case: ReviewCase) -> SafeString:
        return as_json(case.first_decision)

    @admin.display(description=_("what people disagreed about"))
    def shown_earlier(self, case: ReviewCase) -> SafeString:
        return as_json(case.earlier_decisions)

    @admin.display(description=_("page"))
    def to_page(self, case: ReviewCase) -> str:
        return page_link("review-case", _("Look at it"), case.pk)
