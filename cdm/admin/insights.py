"""What was learned, recommended and done by rules."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdm.admin.base import CustomerRowAdmin
from cdm.choices import Chance
from cdm.models import (
    AutomationRule,
    CallListing,
    InsightFit,
    Recommendation,
    RecommendationFeedback,
    RuleFiring,
)
from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ
from cdp.sentences import translated


def _fields(model: type) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "tenant"}]  # type: ignore[attr-defined]


# Columns that programs read, and what people see of them.
_SHOWN = {"temperature": "chance_word", "next_action_text": "what_next"}


@admin.register(InsightFit)
class InsightFitAdmin(TenantModelAdmin):
    """What each night learned."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["created_at", "cutoff_on", "finished_at", "error"]
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    fields = readonly_fields = _fields(InsightFit)


@admin.register(Recommendation)
class RecommendationAdmin(CustomerRowAdmin):
    """What to do about each customer today."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["profile", "priority", "chance_word", "offer_type", "what_next", "computed_at"]
    list_filter = [("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "fit")
    fields = readonly_fields = [_SHOWN.get(name, name) for name in _fields(Recommendation)]

    @admin.display(description=_("chance"))
    def chance_word(self, found: Recommendation) -> str:
        """Return the word pages use: hot, warm and cold are what programs read."""
        return str(Chance(found.temperature).label)

    @admin.display(description=_("what to do next"))
    def what_next(self, found: Recommendation) -> str:
        """Return it in the reader's language."""
        return translated(found.next_action_text)


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
