"""Versions of the matching model."""

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
from cdp.permissions import SETTINGS_WRITE
from unify.admin.shown import as_json, page_link
from unify.choices import ModelState
from unify.models import MatchModelVersion


@admin.register(MatchModelVersion)
class MatchModelVersionAdmin(TenantModelAdmin):
    """What records are compared by; its page shows the weights, and takes a version into use."""

    codes = Codes(view=SETTINGS_WRITE)
    list_display = ["number", "shown_state", "origin", "records", "published_at", "published_by", "to_page"]
    list_filter = [("state", ChoicesDropdownFilter), ("origin", ChoicesDropdownFilter)]
    ordering = ["-number"]
    sortable_by: list[str] = []
    fields = [
        *("number", "state", "origin", "records", "note", "to_page", "published_at", "published_by"),
        *("shown_report", "shown_model", "created_at", "created_by"),
    ]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchModelVersion]:
        # A model with its counts of values may be megabytes: only one of them is looked at at a time.
        return super().get_queryset(request).defer("model", "report")

    @display(  # type: ignore[untyped-decorator]
        description=_("state"),
        label=colours(ModelState, {ModelState.PUBLISHED: "success", ModelState.DRAFT: "info"}),
    )
    def shown_state(self, version: MatchModelVersion) -> tuple[str, str]:
        return version.state, version.get_state_display()

    @admin.display(description=_("report"))
    def shown_report(self, version: MatchModelVersion) -> SafeString:
        return as_json(version.report)

    @admin.display(description=_("model file"))
    def shown_model(self, version: MatchModelVersion) -> SafeString:
        file = {name: value for name, value in version.model.items() if name != "term_frequencies"}
        return as_json(file)

    @admin.display(description=_("page"))
    def to_page(self, version: MatchModelVersion) -> str:
        return page_link("match-version", _("Weights"), version.pk)
