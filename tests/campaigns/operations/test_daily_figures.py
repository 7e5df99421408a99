"""What ad platforms report of a day."""

from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine

from campaigns.errors import AssetNotFound
from campaigns.models import BudgetSpend
from campaigns.operations.record_spend import report_daily_spend
from campaigns.operations.use_in_campaign import end_usage
from campaigns.spending import DailyTotal
from cdp.errors import Invalid
from cdp.models import Tenant
from tests.campaigns.making import BUDGET, CAMPAIGN, fresh, make, spend, use
from tests.world import World


def report(world: World, total: str, day: str = "2026-03-10", **named: str) -> BudgetSpend | None:
    said = {"externalId": "AD-1", "day": day, "total": total, **named}
    return report_daily_spend(
        tenant=world.acme, by=world.by, report=DailyTotal.parse(said, tenant=world.acme)
    )


@pytest.mark.conforms("R135")
def test_an_ad_platforms_figure_is_taken_as_the_days_total(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        budget, campaign = (
            make(world, BUDGET, startsOn="2026-03-01"),
            make(world, CAMPAIGN, externalId="AD-1"),
        )
        use(world, campaign, budgetId=budget.pk)
        report(world, "10.00")
        assert report(world, "10.00") is None
        report(world, "25.50")
        report(world, "20.00")
        report(world, "4", day="2026-03-09")
    assert fresh(budget).amount_spent == Decimal("24.00")
    assert [str(s.amount) for s in BudgetSpend.objects.order_by("pk")] == ["10.00", "15.50", "-5.50", "4.00"]


def test_no_key_somebody_sends_stands_in_the_way_of_a_days_figure(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        budget, campaign = make(world, BUDGET), make(world, CAMPAIGN, externalId="AD-1")
        use(world, campaign, budgetId=budget.pk)
        for number in range(3):
            spend(world, budget, "1", f"ads:{campaign.pk}:2026-03-10:{number}")
        report(world, "10.00")
    assert fresh(budget).amount_spent == Decimal(13)


def test_a_days_figure_in_another_currency_is_refused(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        budget, campaign = make(world, BUDGET, currency="THB"), make(world, CAMPAIGN, externalId="AD-1")
        use(world, campaign, budgetId=budget.pk)
        with pytest.raises(Invalid) as refused:
            report(world, "10.00", currency="USD")
        assert list(refused.value.fields) == ["currency"]
        report(world, "10.00", currency="THB")
    assert fresh(budget).amount_spent == Decimal(10)


def test_a_corrected_figure_goes_to_the_budget_of_the_first(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        old, new = (make(world, BUDGET, name=name, startsOn="2026-03-01") for name in ("Old", "New"))
        campaign = make(world, CAMPAIGN, externalId="AD-1")
        use(world, campaign, budgetId=old.pk)
        report(world, "10.00")
        use(world, campaign, budgetId=new.pk)
        report(world, "4.00")
        report(world, "3.00", day="2026-03-09")
        end_usage(tenant=acme, by=world.by, campaign_id=campaign.pk)
        report(world, "6.00")
    assert (fresh(old).amount_spent, fresh(new).amount_spent) == (Decimal(6), Decimal(3))


def test_a_figure_needs_a_campaign_with_a_budget(world: World, acme: Tenant) -> None:
    with pytest.raises(AssetNotFound):
        report(world, "5")
    make(world, CAMPAIGN, externalId="AD-1")
    with pytest.raises(Invalid):
        report(world, "5")
