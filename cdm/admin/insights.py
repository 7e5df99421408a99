"""What was learned, listed, said and done by rules."""

from __future__ import annotations

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdm.admin.base import CustomerRowAdmin
from cdm.models import (
    AutomationRule,
    CallListing,
    InsightFit,
    RecommendationFeedback,
    RuleFiring,
)
from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ


def _fields(model: type) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "tenant"}]  # type: ignore[attr-defined]


@admin.register(InsightFit)
class InsightFitAdmin(TenantModelAdmin):
    """What each night learned."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["created_at", "cutoff_on", "finished_at", "error"]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    fields = readonly_fields = _fields(InsightFit)


@admin.register(CallListing)
class CallListingAdmin(CustomerRowAdmin):
    """Whom each day's lists named."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["listed_on", "list_name", "rank", "profile", "is_held_out", "priority"]
    list_filter = [("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    fields = readonly_fields = _fields(CallListing)


@admin.register(RecommendationFeedback)
class RecommendationFeedbackAdmin(CustomerRowAdmin):
    """What agents said of recommendations."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["created_at", "profile", "reason", "note", "agent"]
    list_filter = [("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "agent__user")
    fields = readonly_fields = _fields(RecommendationFeedback)


@admin.register(AutomationRule)
class AutomationRuleAdmin(TenantModelAdmin):
    """Rules that admins write."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["name", "is_active", "position", "updated_at"]
    ordering = ["position", "id"]
    fields = readonly_fields = _fields(AutomationRule)


@admin.register(RuleFiring)
class RuleFiringAdmin(CustomerRowAdmin):
    """Which rule did what to whom."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["fired_at", "rule", "profile", "ended_at", "delivery"]
    list_filter = [("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "rule")
    fields = readonly_fields = _fields(RuleFiring)
