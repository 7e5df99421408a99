"""Budgets and their periods."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, DecimalField, F, Q, Value, When
from django.db.models.functions import Least, Round
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind, BudgetPeriodKind, BudgetStatus, BudgetType, DeliveryMethod
from campaigns.models.asset import Asset, listed, one_of
from campaigns.models.search import inside, search_indexes, search_text, search_vector
from cdp.tenancy.models import TenantForeignKey, TenantModel

# What DECIMAL(5,2) holds; an overspent budget shows at most this.
LARGEST_PERCENTAGE = Decimal("999.99")
DATED = [BudgetPeriodKind.CUSTOM]


def _money() -> DecimalField[Decimal, Decimal]:
    return DecimalField(max_digits=15, decimal_places=2)


class Budget(Asset):
    """An amount of money for campaigns, anew in every period."""

    kind = AssetKind.BUDGET
    versioned_fields = (
        "name",
        "amount",
        "currency",
        "delivery_method",
        "period",
        "starts_on",
        "ends_on",
        "status",
        "type",
        "is_shared",
        "alerts",
        "metadata",
    )

    name = models.CharField(_("name"), max_length=255)
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    delivery_method = models.CharField(
        _("delivery"), max_length=50, choices=DeliveryMethod.choices, default=DeliveryMethod.STANDARD
    )
    period = models.CharField(
        _("period"), max_length=50, choices=BudgetPeriodKind.choices, default=BudgetPeriodKind.MONTHLY
    )
    # Both days count, in the tenant's time zone.
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=50, choices=BudgetStatus.choices, default=BudgetStatus.ACTIVE
    )
    type = models.CharField(_("kind"), max_length=50, choices=BudgetType.choices, default=BudgetType.CAMPAIGN)
    is_shared = models.BooleanField(_("shared"), default=False)
    campaign_ids = ArrayField(models.TextField(), verbose_name=_("campaigns"), default=list, blank=True)
    alerts = models.JSONField(_("alerts"), default=list, blank=True)

    # Of the current period; the ledger is what counts, and this is its sum.
    amount_spent = models.DecimalField(
        _("spent"), max_digits=15, decimal_places=2, default=Decimal(0), editable=False
    )
    period_starts_on = models.DateField(_("period from"), editable=False)
    period_ends_on = models.DateField(_("period to"), null=True, blank=True, editable=False)
    amount_remaining = models.GeneratedField(
        expression=F("amount") - F("amount_spent"), output_field=_money(), db_persist=True
    )
    percentage_spent = models.GeneratedField(
        expression=Case(
            When(amount=0, then=Value(Decimal(0))),
            default=Least(Round(F("amount_spent") * 100 / F("amount"), 2), Value(LARGEST_PERCENTAGE)),
            output_field=DecimalField(max_digits=5, decimal_places=2),
        ),
        output_field=DecimalField(max_digits=5, decimal_places=2),
        db_persist=True,
    )

    search_text = search_text("name")
    search_vector = search_vector("name")

    class Meta(Asset.Meta):
        db_table = "budgets"
        ordering = ["-created_at", "-id"]
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        indexes = [
            listed("budgets"),
            *search_indexes("budgets"),
            inside("budgets", "campaign_ids"),
            inside("budgets", "alerts"),
            inside("budgets", "metadata"),
            models.Index(
                fields=["tenant", "status", "-created_at"],
                condition=Q(deleted_at__isnull=True),
                name="budgets_by_status",
            ),
            models.Index(
                fields=["tenant", "period_ends_on"],
                condition=Q(deleted_at__isnull=True, period_ends_on__isnull=False),
                name="budgets_by_period_end",
            ),
        ]
        constraints = [
            one_of("delivery_method", DeliveryMethod.values, "budgets_delivery_is_known"),
            one_of("period", BudgetPeriodKind.values, "budgets_period_is_known"),
            one_of("status", BudgetStatus.values, "budgets_status_is_known"),
            one_of("type", BudgetType.values, "budgets_type_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="budgets_have_a_name"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budgets_amount_not_negative"),
            models.CheckConstraint(condition=Q(amount_spent__gte=0), name="budgets_spent_not_negative"),
            models.CheckConstraint(condition=Q(version__gte=1), name="budgets_version_counts"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="budgets_end_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(period__in=DATED) | Q(ends_on__isnull=False), name="budgets_custom_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(is_shared=True) | Q(campaign_ids__len__lte=1), name="budgets_unshared_serve_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def shown_amount(self) -> str:
        """Return the amount with its currency."""
        return f"{self.amount:,.2f} {self.currency}"

    def shown_spent(self) -> str:
        """Return what was spent with its currency."""
        return f"{self.amount_spent:,.2f} {self.currency}"


class BudgetPeriod(TenantModel):
    """One closed period of a budget: what was planned, and what the ledger had when it ended."""

    budget = TenantForeignKey(Budget, models.PROTECT, related_name="periods", db_index=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2)
    amount_spent = models.DecimalField(_("spent"), max_digits=15, decimal_places=2)
    closed_at = models.DateTimeField(_("closed"), auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "budget_periods"
        ordering = ["-starts_on"]
        verbose_name = _("budget period")
        verbose_name_plural = _("budget periods")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "budget", "starts_on"], name="budget_periods_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="budget_periods_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
