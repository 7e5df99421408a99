"""What an account has, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from campaigns.choices import BudgetStatus
from campaigns.models import (
    BrandGuideline,
    Budget,
    CampaignProfileUsage,
    ProfileContainer,
    TargetProfile,
)
from cdp.models import Tenant


@dataclass(frozen=True)
class Standing:
    """Whether somebody is new here, and what they have."""

    is_first_time_user: bool
    has_customer_profile: bool
    has_brand_guidelines: bool
    has_budget: bool
    customer_profiles_count: int
    brand_guidelines_count: int
    budgets_count: int


@dataclass(frozen=True)
class ActiveMoney:
    """What the active budgets of one currency come to."""

    currency: str
    amount: Decimal


@dataclass(frozen=True)
class Summary:
    """The six numbers of an account; the money is that in ``currency``, other currencies stand apart."""

    total_profiles: int
    total_guidelines: int
    total_budgets: int
    total_containers: int
    total_active_budget: Decimal
    total_campaign_usage: int
    currency: str
    other_active_budgets: list[ActiveMoney]


def account_standing() -> Standing:
    """Tell whether the tenant is new here: nothing in any of the three lists."""
    targets, brands, budgets = (
        model.objects.kept().count() for model in (TargetProfile, BrandGuideline, Budget)
    )
    return Standing(
        is_first_time_user=not (targets or brands or budgets),
        has_customer_profile=targets > 0,
        has_brand_guidelines=brands > 0,
        has_budget=budgets > 0,
        customer_profiles_count=targets,
        brand_guidelines_count=brands,
        budgets_count=budgets,
    )


def account_summary(tenant: Tenant) -> Summary:
    """Count what the tenant has."""
    budgets = Budget.objects.kept()
    active = budgets.filter(status=BudgetStatus.ACTIVE).order_by("currency").values_list("currency")
    totals = dict(active.annotate(total=Sum("amount")))
    return Summary(
        total_profiles=TargetProfile.objects.kept().count(),
        total_guidelines=BrandGuideline.objects.kept().count(),
        total_budgets=budgets.count(),
        total_containers=ProfileContainer.objects.kept().count(),
        total_active_budget=totals.pop(tenant.currency, Decimal(0)),
        total_campaign_usage=CampaignProfileUsage.objects.filter(is_active=True).count(),
        currency=tenant.currency,
        other_active_budgets=[ActiveMoney(currency, total) for currency, total in totals.items()],
    )
