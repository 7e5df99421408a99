"""What is only ever added, and what follows from it."""

from __future__ import annotations

from django.contrib import admin

from campaigns.admin.base import ReadAdmin
from campaigns.models import AssetMetric, AssetVersion, BudgetAlertDelivery, BudgetPeriod, BudgetSpend


@admin.register(BudgetSpend)
class BudgetSpendAdmin(ReadAdmin):
    """Every amount spent."""

    ordering = ["-spent_on", "-id"]
    list_display = ["spent_on", "budget", "campaign", "amount", "source", "created_by", "created_at"]
    list_select_related = ["budget", "campaign"]


@admin.register(BudgetPeriod)
class BudgetPeriodAdmin(ReadAdmin):
    """Closed periods."""

    ordering = ["-starts_on", "-id"]
    list_display = ["budget", "starts_on", "ends_on", "amount", "amount_spent", "closed_at"]
    list_select_related = ["budget"]


@admin.register(BudgetAlertDelivery)
class BudgetAlertDeliveryAdmin(ReadAdmin):
    """Who was told what."""

    ordering = ["-fired_at", "-id"]
    list_display = ["budget", "threshold", "channel", "address", "state", "attempts", "fired_at", "sent_at"]
    list_select_related = ["budget"]
    list_filter = ["state", "channel"]
    list_filter_submit = True


@admin.register(AssetVersion)
class AssetVersionAdmin(ReadAdmin):
    """What assets looked like before."""

    ordering = ["-created_at", "-id"]
    list_display = ["profile_type", "profile_id", "version", "created_by", "created_at"]
    list_filter = ["profile_type"]
    list_filter_submit = True


@admin.register(AssetMetric)
class AssetMetricAdmin(ReadAdmin):
    """Figures."""

    ordering = ["-recorded_at", "-id"]
    list_display = ["profile_type", "profile_id", "metric_name", "metric_value", "recorded_at"]
    list_filter = ["profile_type"]
    list_filter_submit = True
