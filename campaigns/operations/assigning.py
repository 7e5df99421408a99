"""Keeping a budget's list of campaigns true."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Q

from campaigns.errors import BudgetNotShared
from campaigns.models import Budget, CampaignProfileUsage


def assign_campaigns(budget_ids: Iterable[uuid.UUID | str | None]) -> None:
    """Write down which campaigns each of these budgets pays for now; the caller holds the tenant's lock.

    Raises BudgetNotShared when a budget that is not shared would pay for two.
    """
    wanted = sorted({str(budget_id) for budget_id in budget_ids if budget_id})
    rows = Budget.objects.select_for_update(of=("self",), no_key=True)
    for budget in rows.filter(pk__in=wanted).order_by("pk"):
        campaigns = _campaigns_of(budget)
        if campaigns == budget.campaign_ids:
            continue
        if len(campaigns) > 1 and not budget.is_shared:
            raise BudgetNotShared
        Budget.objects.filter(pk=budget.pk).update(campaign_ids=campaigns)


def _campaigns_of(budget: Budget) -> list[str]:
    own = Q(budget=budget)
    inherited = Q(budget__isnull=True, container__budget=budget, container__deleted_at__isnull=True)
    # A campaign in the bin spends nothing, and keeps nobody from the budget.
    rows = CampaignProfileUsage.objects.filter(
        own | inherited, is_active=True, campaign__deleted_at__isnull=True
    )
    return sorted(str(campaign_id) for campaign_id in rows.values_list("campaign_id", flat=True))
