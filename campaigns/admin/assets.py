"""The five kinds of assets, and what campaigns use."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from campaigns.admin.base import AssetAdmin, BinFilter
from campaigns.choices import BudgetStatus, CampaignStatus
from campaigns.models import BrandGuideline, Budget, Campaign, ProfileContainer, TargetProfile


@admin.register(TargetProfile)
class TargetProfileAdmin(AssetAdmin):
    """Whom campaigns are for."""

    palette_icon = "person_search"
    list_display = [
        "name",
        "shown_ages",
        "shown_interests",
        "is_default",
        "is_active",
        "version",
        "updated_at",
    ]
    list_filter = [BinFilter, "is_active", "is_default"]
    derived = ("age_min", "age_max")
    actions = [*AssetAdmin.actions, "activate", "archive"]

    @admin.action(description=_("Make the chosen ones active"), permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Offer them again."""
        self.say(request, queryset, isActive=True)

    @admin.action(description=_("Archive the chosen ones"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Make them inactive."""
        self.say(request, queryset, isActive=False)


@admin.register(BrandGuideline)
class BrandGuidelineAdmin(AssetAdmin):
    """How brands look and speak."""

    palette_icon = "palette"
    list_display = ["brand_name", "detail_level", "industry", "is_active", "version", "updated_at"]
    list_filter = [BinFilter, ("detail_level", ChoicesDropdownFilter), "is_active"]


@admin.register(Budget)
class BudgetAdmin(AssetAdmin):
    """Money."""

    palette_icon = "account_balance_wallet"
    list_display = [
        *("name", "shown_amount", "shown_spent", "percentage_spent", "period", "status", "is_shared"),
        *("version", "updated_at"),
    ]
    list_filter = [
        BinFilter,
        ("status", ChoicesDropdownFilter),
        ("period", ChoicesDropdownFilter),
        ("delivery_method", ChoicesDropdownFilter),
        ("type", ChoicesDropdownFilter),
        "is_shared",
    ]
    derived = (
        *("amount_spent", "amount_remaining", "percentage_spent", "period_starts_on", "period_ends_on"),
        "campaign_ids",
    )
    actions = [*AssetAdmin.actions, "pause", "resume"]

    @admin.action(description=_("Pause the chosen budgets"), permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Set their status to paused."""
        self.say(request, queryset, status=BudgetStatus.PAUSED)

    @admin.action(description=_("Make the chosen budgets active"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Set their status to active."""
        self.say(request, queryset, status=BudgetStatus.ACTIVE)


@admin.register(ProfileContainer)
class ProfileContainerAdmin(AssetAdmin):
    """Target, brand and budget together."""

    palette_icon = "inventory_2"
    list_display = [
        *("name", "status", "is_complete", "shown_missing", "customer_profile", "brand_guidelines"),
        *("budget", "is_default", "updated_at"),
    ]
    list_filter = [BinFilter, ("status", ChoicesDropdownFilter), "is_default", "is_primary"]
    list_select_related = ["customer_profile", "brand_guidelines", "budget"]
    autocomplete_fields = ["customer_profile", "brand_guidelines", "budget"]
    derived = ("is_complete", "missing_profiles")

    @admin.display(description=_("missing"))
    def shown_missing(self, container: ProfileContainer) -> str:
        return ", ".join(container.missing_profiles) or "–"


@admin.register(Campaign)
class CampaignAdmin(AssetAdmin):
    """Campaigns."""

    palette_icon = "campaign"
    list_display = ["name", "status", "external_id", "starts_on", "ends_on", "version", "updated_at"]
    list_filter = [BinFilter, ("status", ChoicesDropdownFilter)]
    actions = [*AssetAdmin.actions, "pause", "resume", "finish"]

    @admin.action(description=_("Pause the chosen campaigns"), permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Set their status to paused."""
        self.say(request, queryset, status=CampaignStatus.PAUSED)

    @admin.action(description=_("Make the chosen campaigns active"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Set their status to active."""
        self.say(request, queryset, status=CampaignStatus.ACTIVE)

    @admin.action(description=_("End the chosen campaigns"), permissions=["change"])
    def finish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Set their status to ended."""
        self.say(request, queryset, status=CampaignStatus.ENDED)
