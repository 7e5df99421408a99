"""What was merged."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.labels import colours
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, SETTINGS_WRITE
from unify.admin.shown import as_json, name_behind, page_link, written
from unify.merging.choices import MergeStatus
from unify.models import Merge, MergedRows, MergeGroup


@admin.register(Merge)
class MergeAdmin(TenantModelAdmin):
    """Who was merged into whom; its page takes a merge back."""

    codes = Codes(view=PROFILE_READ)
    list_display = [
        *(
            "merged_at",
            "shown_loser",
            "shown_winner",
            "shown_status",
            "origin",
            "strategy",
            "shown_score",
            "shown_by",
        ),
        "to_page",
    ]
    list_filter = [
        ("status", ChoicesDropdownFilter),
        ("origin", ChoicesDropdownFilter),
        ("strategy", ChoicesDropdownFilter),
        ("merged_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    ordering = ["-merged_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        *(
            "to_page",
            "shown_winner",
            "shown_loser",
            "status",
            "origin",
            "strategy",
            "shown_score",
            "reason",
            "candidate_ids",
        ),
        *("shown_choices", "merged_at", "shown_by", "undone_at", "shown_undone_by"),
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Merge]:
        # Beside the rows: a join with customers would be made before the page is cut off.
        merges: QuerySet[Merge] = super().get_queryset(request).prefetch_related("loser", "winner")
        return merges.annotate(merger=name_behind("merged_by"), undoer=name_behind("undone_by"))

    @admin.display(description=_("survivor"))
    def shown_winner(self, merge: Merge) -> str:
        return str(merge.winner)

    @admin.display(description=_("merged customer"))
    def shown_loser(self, merge: Merge) -> str:
        return str(merge.loser)

    @admin.display(description=_("score"))
    def shown_score(self, merge: Merge) -> str:
        return "—" if merge.score is None else f"{merge.score:.1f}"

    @admin.display(description=_("merged by"))
    def shown_by(self, merge: Any) -> str:
        return written(merge.merger, merge.merged_by)

    @admin.display(description=_("taken back by"))
    def shown_undone_by(self, merge: Any) -> str:
        return written(merge.undoer, merge.undone_by)

    @display(description=_("status"), label=colours(MergeStatus, {MergeStatus.ACTIVE: "success"}))  # type: ignore[untyped-decorator]
    def shown_status(self, merge: Merge) -> tuple[str, str]:
        return merge.status, merge.get_status_display()

    @admin.display(description=_("chosen by hand"))
    def shown_choices(self, merge: Merge) -> SafeString:
        return as_json(merge.resolved_conflicts)

    @admin.display(description=_("page"))
    def to_page(self, merge: Merge) -> str:
        return page_link("merge", _("Look at it"), merge.pk)


@admin.register(MergeGroup)
class MergeGroupAdmin(TenantModelAdmin):
    """Decisions with the survivor as it was before and after: to be looked at when a value seems wrong."""

    codes = Codes(view=SETTINGS_WRITE)
    list_display = ["created_at", "winner", "strategy", "position"]
    list_filter = [("strategy", ChoicesDropdownFilter)]
    list_select_related = ["winner"]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = [
        *("winner", "position", "strategy", "shown_choices", "shown_rules", "shown_before", "shown_after"),
        "created_at",
    ]
    readonly_fields = fields

    @admin.display(description=_("chosen by hand"))
    def shown_choices(self, group: MergeGroup) -> SafeString:
        return as_json(group.choices)

    @admin.display(description=_("rules"))
    def shown_rules(self, group: MergeGroup) -> SafeString:
        return as_json(group.rules)

    @admin.display(description=_("before"))
    def shown_before(self, group: MergeGroup) -> SafeString:
        return as_json(group.before)

    @admin.display(description=_("after"))
    def shown_after(self, group: MergeGroup) -> SafeString:
        return as_json(group.after)


@admin.register(MergedRows)
class MergedRowsAdmin(TenantModelAdmin):
    """Rows that went along with a merge, by relation."""

    codes = Codes(view=SETTINGS_WRITE)
    list_display = ["merge", "relation", "shown_number"]
    list_select_related = ["merge"]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = ["merge", "relation", "shown_number", "shown_ids"]
    readonly_fields = fields

    @admin.display(description=_("rows"))
    def shown_number(self, rows: MergedRows) -> int:
        return len(rows.ids)

    @admin.display(description=_("ids"))
    def shown_ids(self, rows: MergedRows) -> SafeString:
        return as_json([str(pk) for pk in rows.ids])
