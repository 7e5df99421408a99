"""Figures about assets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind
from campaigns.models.asset import one_of
from cdp.tenancy.models import LedgerModel


class AssetMetric(LedgerModel):
    """One figure about one asset at one moment: reach, clicks, whatever is measured."""

    profile_type = models.CharField(_("kind"), max_length=50, choices=AssetKind.choices)
    profile_id = models.UUIDField(_("asset"))
    metric_name = models.CharField(_("metric"), max_length=100)
    metric_value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    recorded_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta(LedgerModel.Meta):
        db_table = "profile_analytics"
        ordering = ["-recorded_at", "-id"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        indexes = [
            models.Index(
                fields=["tenant", "profile_id", "metric_name", "-recorded_at"], name="asset_metrics_by_asset"
            )
        ]
        constraints = [
            one_of("profile_type", AssetKind.values, "asset_metrics_kind_is_known"),
            models.CheckConstraint(condition=~Q(metric_name=""), name="asset_metrics_have_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.metric_name} {self.metric_value}"
