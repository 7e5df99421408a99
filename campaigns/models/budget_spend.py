"""The ledger of what was spent, and the word that goes out about it."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AlertChannel, DeliveryState
from campaigns.models.asset import one_of
from campaigns.models.budget import Budget
from campaigns.models.campaign import Campaign
from cdp.tenancy.models import LedgerModel, TenantForeignKey, TenantModel


class BudgetSpend(LedgerModel):
    """One amount that left a budget on one day; a negative one takes an earlier one back."""

    budget = TenantForeignKey(Budget, models.PROTECT, related_name="spends", db_index=False)
    campaign = TenantForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="spends", db_index=False
    )
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2)
    # A day of the tenant's own time zone.
    spent_on = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=60)
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
    idempotency_key = models.CharField(_("idempotency key"), max_length=255)
    created_by = models.CharField(_("by"), max_length=80)
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta(LedgerModel.Meta):
        db_table = "budget_spends"
        ordering = ["-spent_on", "-id"]
        verbose_name = _("spend")
        verbose_name_plural = _("spends")
        indexes = [
            models.Index(fields=["tenant", "budget", "spent_on"], name="budget_spends_by_day"),
            models.Index(
                fields=["tenant", "campaign", "spent_on"],
                condition=Q(campaign__isnull=False),
                name="budget_spends_by_campaign",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "budget", "idempotency_key"], name="budget_spends_once_per_key"
            ),
            models.CheckConstraint(condition=~Q(amount=Decimal(0)), name="budget_spends_are_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} on {self.spent_on}"


class BudgetAlertDelivery(TenantModel):
    """One message to one address about one threshold of one period of a budget; never a second one."""

    budget = TenantForeignKey(Budget, models.PROTECT, related_name="alert_deliveries", db_index=False)
    period_starts_on = models.DateField(_("period from"))
    threshold = models.DecimalField(_("threshold"), max_digits=5, decimal_places=2)
    channel = models.CharField(_("channel"), max_length=10, choices=AlertChannel.choices)
    address = models.CharField(_("to"), max_length=2000)
    percentage = models.DecimalField(_("percentage"), max_digits=5, decimal_places=2)
    amount_spent = models.DecimalField(_("spent"), max_digits=15, decimal_places=2)
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True, default="")
    fired_at = models.DateTimeField(_("fired"), auto_now_add=True)
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "budget_alert_deliveries"
        ordering = ["-fired_at", "-id"]
        verbose_name = _("budget alert")
        verbose_name_plural = _("budget alerts")
        indexes = [
            models.Index(
                fields=["tenant", "fired_at"],
                condition=Q(state__in=["pending", "sending"]),
                name="budget_alerts_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "budget", "period_starts_on", "threshold", "channel", "address"],
                name="budget_alerts_once",
            ),
            one_of("channel", AlertChannel.values, "budget_alerts_channel_is_known"),
            one_of("state", DeliveryState.values, "budget_alerts_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} % to {self.address}"
