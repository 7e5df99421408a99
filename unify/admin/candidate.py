"""Pairs that may be one customer."""

from __future__ import annotations

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
from unify.admin.shown import as_json, page_link
from unify.choices import CandidateState
from unify.models import Candidate
from unify.words import conflict_words


@admin.register(Candidate)
class CandidateAdmin(TenantModelAdmin):
    """Found by runs, by contradicting ids, or by people; decided in the review queue."""

    codes = Codes(view=UNIFY_MERGE)
    list_display = ["detected_at", "low", "high", "shown_score", "shown_state", "origin", "to_case"]
    list_filter = [("state", ChoicesDropdownFilter), ("origin", ChoicesDropdownFilter)]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        *("wire_id", "low", "high", "shown_score", "shown_weight", "state", "origin", "shown_conflicts"),
        *("shown_levels", "model_number", "to_case", "run", "detected_at", "created_at", "updated_at"),
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        # Beside the rows: a join with customers would be made before the page is cut off.
        return super().get_queryset(request).prefetch_related("low", "high")

    @admin.display(description=_("id for programs"))
    def wire_id(self, pair: Candidate) -> str:
        return pair.wire_id

    @admin.display(description=_("score"))
    def shown_score(self, pair: Candidate) -> str:
        return f"{pair.score:.1f}"

    @admin.display(description=_("match weight"))
    def shown_weight(self, pair: Candidate) -> str:
        return f"{pair.weight:+.1f}"

    @admin.display(description=_("conflicts"))
    def shown_conflicts(self, pair: Candidate) -> str:
        return ", ".join(str(conflict_words(rule)) for rule in pair.conflicts)

    @display(  # type: ignore[untyped-decorator]
        description=_("state"),
        label=colours(CandidateState, {CandidateState.PENDING: "warning", CandidateState.MERGED: "success"}),
    )
    def shown_state(self, pair: Candidate) -> tuple[str, str]:
        return pair.state, pair.get_state_display()

    @admin.display(description=_("levels"))
    def shown_levels(self, pair: Candidate) -> SafeString:
        return as_json(pair.levels)

    @admin.display(description=_("case"))
    def to_case(self, pair: Candidate) -> str:
        return page_link("review-case", _("Look at it"), pair.case_id) if pair.case_id else "—"
