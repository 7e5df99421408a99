"""What campaigns use and used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from campaigns.models import Campaign, CampaignProfileUsage
from campaigns.operations.use_in_campaign import UsageRecord, end_usage, use_in_campaign
from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.permissions import Codes
from cdp.forms.refusal import RefusalForm
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE

WIRE = {
    "containerId": "container",
    "customerProfileId": "customer_profile",
    "brandGuidelinesId": "brand_guidelines",
    "budgetId": "budget",
}


class UsageModelForm(RefusalForm):
    """A campaign, a container, and parts in the place of the container's."""

    wire_names = WIRE

    def clean_campaign(self) -> Campaign:
        """Refuse a usage of no campaign: only history has lost its own."""
        campaign: Campaign | None = self.cleaned_data["campaign"]
        if campaign is None:
            raise forms.ValidationError(forms.Field.default_error_messages["required"])
        return campaign

    class Meta:
        model = CampaignProfileUsage
        fields = ("campaign", *WIRE.values(), "metadata")


@admin.register(CampaignProfileUsage)
class CampaignProfileUsageAdmin(EndsMixin, TenantModelAdmin):
    """The active usage of a campaign is changed or ended here; what has ended is history."""

    codes = Codes(view=CAMPAIGN_READ, add=CAMPAIGN_WRITE, change=CAMPAIGN_WRITE, delete=CAMPAIGN_WRITE)
    form = UsageModelForm
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    list_display = ["campaign", "usage_type", "is_active", "container", "version", "created_at", "ended_at"]
    list_filter = [("usage_type", ChoicesDropdownFilter), "is_active"]
    list_filter_submit = True
    list_select_related = ["campaign", "container"]
    autocomplete_fields = ["campaign", *WIRE.values()]
    about = ["usage_type", "is_active", "used", "version", "created_at", "created_by", "ended_at"]
    ending = Ending(
        title=_("End this usage"),
        explanation=_("The campaign uses nothing then. What it used stays as history."),
        button=_("End"),
        done=_("The usage has ended."),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = ["campaign", *WIRE.values(), "metadata"]
        return fields if obj is None else [*fields, *self.about]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if obj is None else ["campaign", *self.about]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_active)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_active)

    def add_row(self, request: HttpRequest, form: Any) -> CampaignProfileUsage:
        return self._use(request, form.cleaned_data["campaign"].pk, form)

    def change_row(self, request: HttpRequest, obj: Any, form: Any) -> CampaignProfileUsage:
        return self._use(request, obj.campaign_id, form)

    def _use(self, request: HttpRequest, campaign_id: Any, form: Any) -> CampaignProfileUsage:
        values = form.cleaned_data
        parts = {wire: str(values[name].pk) for wire, name in WIRE.items() if values.get(name)}
        said = {**parts, "metadata": values.get("metadata") or {}}
        record = UsageRecord.parse(said, tenant=self.tenant(request))
        who: dict[str, Any] = {"tenant": self.tenant(request), "by": self.actor(request)}
        return use_in_campaign(**who, campaign_id=campaign_id, record=record)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        end_usage(tenant=self.tenant(request), by=self.actor(request), campaign_id=obj.campaign_id)
