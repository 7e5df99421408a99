"""Spend that looks like advertising: weekends are strong, some days are not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from campaigns.demo.story import Flow
from campaigns.models import Budget, Campaign
from campaigns.operations.record_spend import record_spend
from campaigns.spending import SpendRecord
from cdp.actors import Actor
from cdp.models import Tenant

CENT = Decimal("0.01")
SATURDAY, WEEKEND, WEEKDAY = 5, Decimal("1.35"), Decimal("0.9")
EARLIEST_HOUR, LATEST_HOUR = 1, 6


def spend(*, tenant: Tenant, by: Actor, budget: Budget, campaign: Campaign, flow: Flow, today: date) -> None:
    """Record one amount a day, up to yesterday, on days between the budget's first and last."""
    zone, chance = ZoneInfo(tenant.time_zone), Random(flow.campaign)  # noqa: S311 (made-up amounts)
    for back in range(flow.days, 0, -1):
        day = today - timedelta(days=back)
        if day < budget.starts_on or (budget.ends_on is not None and day > budget.ends_on):
            continue
        strength = WEEKEND if day.weekday() >= SATURDAY else WEEKDAY
        amount = flow.daily * strength * Decimal(chance.uniform(0.8, 1.2))
        at = datetime.combine(day, time(chance.randint(EARLIEST_HOUR, LATEST_HOUR)), zone)
        said = {
            "amount": str(amount.quantize(CENT)),
            "idempotencyKey": f"demo:{campaign.pk}:{day}",
            "campaignId": str(campaign.pk),
            "occurredAt": at,
            "source": flow.source,
        }
        record_spend(tenant=tenant, by=by, budget_id=budget.pk, record=SpendRecord.parse(said, tenant=tenant))
