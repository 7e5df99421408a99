"""How sure a tenant wants to be before records are merged."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.forms.refusal import RefusalForm
from cdp.permissions import SETTINGS_WRITE
from unify.finding.current import settings_of
from unify.models import MatchSettings
from unify.operations.change_match_settings import CHANGEABLE, change_match_settings


class MatchSettingsForm(RefusalForm):
    """Thresholds and rules; the verb judges them, as everywhere."""

    class Meta:
        model = MatchSettings
        fields = CHANGEABLE
        help_texts = {
            "review_score": _("0 to 100. Pairs below are not shown to anybody."),
            "merge_score": _(
                "0 to 100. From here on records are merged without asking, if nothing contradicts."
            ),
            "merges_by_itself": _("Off: every pair waits for a person, however alike the records are."),
            "largest_cluster": _("Larger groups of records that look alike always wait for a person."),
            "bulk_score": _("0 to 100. The lowest score from which many cases can be accepted at once."),
            "needs_second_person": _(
                "A merge with a conflict, with a company, or of a customer with a long history is made when "
                "two people agree."
            ),
            "risky_events": _("A customer with this many events or more has a long history."),
            "digest_from": _(
                "People who may merge get a mail in the morning when this many cases wait. 0: never."
            ),
            "source_ranks": _('For "by the rules", as a list: ["ERP", "POS", "WEBSITE"].'),
            "survivorship": _(
                'Field: rule, such as {"phone": "most_recent", "name": "longest"}. Rules: winner, '
                "most_recent, most_complete, longest, source_rank."
            ),
        }


@admin.register(MatchSettings)
class MatchSettingsAdmin(TenantModelAdmin):
    """One row per tenant; a page of its own shows what a change would mean."""

    codes = Codes(view=SETTINGS_WRITE, change=SETTINGS_WRITE)
    form = MatchSettingsForm
    list_display = ["review_score", "merge_score", "merges_by_itself", "needs_second_person", "updated_at"]
    sortable_by: list[str] = []
    fieldsets = (
        (
            _("How sure"),
            {"fields": ("review_score", "merge_score", "merges_by_itself", "largest_cluster", "bulk_score")},
        ),
        (_("Two people"), {"fields": ("needs_second_person", "risky_events")}),
        (_("Mail"), {"fields": ("digest_from",)}),
        (_("Whose word counts"), {"fields": ("source_ranks", "survivorship")}),
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.has_view_permission(request):
            settings_of(self.tenant(request))  # there is always a row to open
        response: HttpResponse = super().changelist_view(request, extra_context)
        return response

    def change_row(self, request: HttpRequest, obj: MatchSettings, form: Any) -> MatchSettings:
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in CHANGEABLE}
        return change_match_settings(tenant=self.tenant(request), by=self.actor(request), changes=changes)
