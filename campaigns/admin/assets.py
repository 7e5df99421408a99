"""Assets, to be looked at; they are changed on their own pages and through the API."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from campaigns.models import (
    BrandGuideline,
    Budget,
    Campaign,
    CampaignProfileUsage,
    ProfileContainer,
    TargetProfile,
)
from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import CAMPAIGN_READ

HIDDEN = {"id", "tenant", "search_text", "search_vector"}


class ReadAdmin(TenantModelAdmin):
    """A list and a page of every column."""

    codes = Codes(view=CAMPAIGN_READ)
    sortable_by: list[str] = []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.opts.concrete_fields if field.name not in HIDDEN]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)


class AssetAdmin(ReadAdmin):
    """What every kind of asset shows."""

    ordering = ["-created_at", "-id"]
    search_fields = ["search_text"]
    list_filter_submit = True

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found: Any = queryset
        return found.matching(search_term), False


@admin.register(TargetProfile)
class TargetProfileAdmin(AssetAdmin):
    """Whom campaigns are for."""

    list_display = ["name", "is_default", "is_active", "version", "deleted_at", "created_at"]
    list_filter = ["is_active", "is_default"]


@admin.register(BrandGuideline)
class BrandGuidelineAdmin(AssetAdmin):
    """How brands look and speak."""

    list_display = ["brand_name", "detail_level", "industry", "version", "deleted_at", "created_at"]
    list_filter = ["detail_level", "is_active"]


@admin.register(Budget)
class BudgetAdmin(AssetAdmin):
    """Money."""

    list_display = [
        "name",
        "amount",
        "currency",
        "period",
        "status",
        "amount_spent",
        "amount_remaining",
        "percentage_spent",
        "deleted_at",
    ]
    list_filter = ["status", "period", "delivery_method", "is_shared"]


@admin.register(ProfileContainer)
class ProfileContainerAdmin(AssetAdmin):
    """Target, brand and budget together."""

    list_display = ["name", "status", "is_default", "is_complete", "missing_profiles", "deleted_at"]
    list_filter = ["status", "is_default"]
    list_select_related = ["customer_profile", "brand_guidelines", "budget"]


@admin.register(Campaign)
class CampaignAdmin(AssetAdmin):
    """Campaigns."""

    list_display = ["name", "status", "external_id", "starts_on", "ends_on", "deleted_at"]
    list_filter = ["status"]


@admin.register(CampaignProfileUsage)
class CampaignProfileUsageAdmin(ReadAdmin):
    """What campaigns use and used."""

    ordering = ["-created_at", "-id"]
    list_display = ["campaign", "usage_type", "is_active", "container", "version", "created_at", "ended_at"]
    list_filter = ["usage_type", "is_active"]
    list_filter_submit = True
    list_select_related = ["campaign", "container"]
