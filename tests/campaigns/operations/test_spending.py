"""Spend, periods, alerts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail

from campaigns.errors import SpendRepeated, StaleAsset
from campaigns.models import AssetVersion, Budget, BudgetAlertDelivery, BudgetPeriod, BudgetSpend
from campaigns.operations.deliver_alerts import deliver_alerts
from campaigns.operations.rolling import roll_over_budgets
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.tenancy.models import LedgerError
from tests.campaigns.making import BUDGET, change, fresh, make, spend
from tests.world import World

ALERT = {"threshold": 80, "emails": ["boss@example.com"]}


@pytest.mark.conforms("R125", "R126")
def test_what_is_spent_adds_up_and_can_be_taken_back(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="100.00")
    spend(world, budget, "30.10", "a")
    spend(world, budget, "-0.10", "b")
    assert (fresh(budget).amount_spent, budget.amount_remaining) == (Decimal("30.00"), Decimal("70.00"))
    assert budget.percentage_spent == Decimal("30.00")
    with pytest.raises(Invalid):
        spend(world, budget, "-30.01", "c")
    assert BudgetSpend.objects.count() == 2


def test_a_key_spends_once_and_stands_for_one_spend(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET)
    first = spend(world, budget, "5", "invoice 7")
    assert spend(world, budget, "5", "invoice 7").pk == first.pk
    with pytest.raises(SpendRepeated):
        spend(world, budget, "6", "invoice 7")
    assert fresh(budget).amount_spent == Decimal(5)


def test_the_ledger_is_never_changed(world: World, acme: Tenant) -> None:
    entry = spend(world, make(world, BUDGET), "5", "a")
    with pytest.raises(LedgerError):
        entry.save()
    with pytest.raises(LedgerError):
        BudgetSpend.objects.all().delete()


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "0"},
        {"amount": "1.001"},
        {"amount": "NaN"},
        {"amount": "1e20"},
        {"amount": "5", "currency": "USD"},
        {"amount": "5", "occurredAt": "2001-01-01T00:00:00Z"},
        {"amount": "5", "occurredAt": "2190-01-01T00:00:00Z"},
        {"amount": "5", "occurredAt": "9999-12-31T23:00:00Z"},
        {"amount": "5", "occurredAt": "0001-01-01T00:00:00Z"},
        {"amount": "5", "note": "a\x00b"},
    ],
)
def test_a_spend_that_cannot_be_is_refused(world: World, acme: Tenant, said: dict[str, Any]) -> None:
    budget = make(world, BUDGET)
    with pytest.raises(Invalid):
        spend(world, budget, said.pop("amount"), "a", **said)
    assert not BudgetSpend.objects.exists()


def test_a_sum_beyond_all_measure_is_refused(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="9999999999999.99")
    spend(world, budget, "9999999999999.99", "a")
    with pytest.raises(Invalid):
        spend(world, budget, "0.01", "b")


@pytest.mark.conforms("R125")
def test_a_month_ends_in_the_tenants_own_time_zone(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-01-31T16:30:00Z", tick=False):  # still January in Bangkok
        budget = make(world, BUDGET, amount="100")
        spend(world, budget, "40", "january")
        assert roll_over_budgets(tenant=acme) == 0
    with time_machine.travel("2026-01-31T17:30:00Z", tick=False):  # February there
        assert roll_over_budgets(tenant=acme) == 1
        assert roll_over_budgets(tenant=acme) == 0
        assert fresh(budget).amount_spent == 0
        assert (budget.period_starts_on, budget.period_ends_on) == (date(2026, 2, 1), date(2026, 2, 28))
        spend(world, budget, "2", "late", occurredAt="2026-01-31T16:00:00Z")
        spend(world, budget, "7", "february")
    closed = BudgetPeriod.objects.get()
    assert (closed.starts_on, closed.ends_on) == (date(2026, 1, 31), date(2026, 1, 31))
    assert (closed.amount_spent, fresh(budget).amount_spent) == (Decimal(42), Decimal(7))


def test_spending_does_not_wait_for_the_roll_over(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        budget = make(world, BUDGET, period="DAILY")
        spend(world, budget, "10", "a")
    with time_machine.travel("2026-03-05T05:00:00Z", tick=False):
        spend(world, budget, "3", "b")
    assert fresh(budget).amount_spent == Decimal(3)
    assert [p.amount_spent for p in BudgetPeriod.objects.order_by("starts_on")] == [10, 0, 0]


def test_a_budget_between_two_days_ends(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        budget = make(world, BUDGET, period="CUSTOM", startsOn="2026-03-01", endsOn="2026-03-04")
    with time_machine.travel("2026-03-05T05:00:00Z", tick=False):
        roll_over_budgets(tenant=acme)
        assert fresh(budget).status == "ENDED"
        assert roll_over_budgets(tenant=acme) == 0
    assert AssetVersion.objects.get(profile_id=budget.pk, version=2).data["status"] == "ENDED"
    with time_machine.travel("2026-03-05T05:00:00Z", tick=False), pytest.raises(StaleAsset):
        change(world, budget, version=1, name="Of old")


def test_what_comes_in_late_counts_in_the_last_period_and_not_after_it(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        budget = make(world, BUDGET, period="CUSTOM", startsOn="2026-03-01", endsOn="2026-03-04")
    with time_machine.travel("2026-03-05T05:00:00Z", tick=False):
        spend(world, budget, "7", "late", occurredAt="2026-03-04T05:00:00Z")
        with pytest.raises(Invalid, match="ended on 2026-03-04"):
            spend(world, budget, "1", "after")
    assert fresh(budget).amount_spent == BudgetPeriod.objects.get().amount_spent == Decimal(7)


def test_a_budget_ended_by_hand_takes_nothing_after_its_period(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        budget = make(world, BUDGET, status="ENDED")
        spend(world, budget, "2", "march")
    with time_machine.travel("2026-04-02T05:00:00Z", tick=False):
        with pytest.raises(Invalid, match="ended on 2026-03-31"):
            spend(world, budget, "1", "april")
        spend(world, budget, "3", "late", occurredAt="2026-03-31T05:00:00Z")
    assert fresh(budget).amount_spent == 5


def test_a_budget_that_goes_on_again_keeps_the_period_it_was_ended_in(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        budget = make(world, BUDGET, amount="100")
        spend(world, budget, "2", "march")
        change(world, budget, status="ENDED")
    with time_machine.travel("2026-05-02T05:00:00Z", tick=False):
        change(world, budget, status="ACTIVE", amount="300")
        spend(world, budget, "5", "may")
    closed = BudgetPeriod.objects.get()
    assert (closed.starts_on, closed.ends_on) == (date(2026, 3, 2), date(2026, 3, 31))
    assert (closed.amount, closed.amount_spent) == (Decimal(100), Decimal(2))
    assert (fresh(budget).amount_spent, budget.period_starts_on) == (5, date(2026, 5, 1))


def test_a_period_that_ended_by_itself_keeps_its_amount_when_the_budget_goes_on(
    world: World, acme: Tenant
) -> None:
    with time_machine.travel("2026-03-02T05:00:00Z", tick=False):
        budget = make(world, BUDGET, amount="100", endsOn="2026-03-31")
    with time_machine.travel("2026-04-02T05:00:00Z", tick=False):
        roll_over_budgets(tenant=acme)
        assert fresh(budget).status == "ENDED"
        change(world, budget, amount="200")
        change(world, budget, status="ACTIVE", endsOn=None)
    assert BudgetPeriod.objects.get(ends_on=date(2026, 3, 31)).amount == Decimal(100)


def test_what_is_spent_ahead_alerts_once_its_period_begins(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-31T05:00:00Z", tick=False):
        budget = make(world, BUDGET, amount="100", alerts=[ALERT])
        spend(world, budget, "90", "tomorrow", occurredAt="2026-04-01T05:00:00Z")
        assert not BudgetAlertDelivery.objects.exists()
    with time_machine.travel("2026-04-01T05:00:00Z", tick=False):
        roll_over_budgets(tenant=acme)
    assert fresh(budget).amount_spent == 90
    assert BudgetAlertDelivery.objects.get().period_starts_on == date(2026, 4, 1)


@pytest.mark.conforms("R135")
def test_an_alert_fires_once_per_threshold_and_period(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-01-15T05:00:00Z", tick=False):
        budget = make(world, BUDGET, amount="100", alerts=[ALERT, {**ALERT, "threshold": 100}])
        for number, amount in enumerate(["79.99", "0.01", "1", "-5", "10"]):
            spend(world, budget, amount, f"s{number}")
        assert deliver_alerts(tenant=acme) == 1
        assert deliver_alerts(tenant=acme) == 0
        assert [(m.to, m.subject) for m in mail.outbox] == [
            (["boss@example.com"], "My Budget: 80.00 % spent")
        ]
    with time_machine.travel("2026-02-15T05:00:00Z", tick=False):
        spend(world, budget, "100", "next month")
        assert deliver_alerts(tenant=acme) == 2
    assert BudgetAlertDelivery.objects.filter(state="sent").count() == 3


def test_an_alert_that_is_due_when_it_is_made_goes_out(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="100")
    spend(world, budget, "90", "a")
    assert not BudgetAlertDelivery.objects.exists()
    change(world, budget, alerts=[ALERT])
    assert BudgetAlertDelivery.objects.get().percentage == Decimal("90.00")
    change(world, budget, amount="95")
    assert BudgetAlertDelivery.objects.count() == 1


def test_a_budget_of_nothing_alerts_nobody(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="0", alerts=[{**ALERT, "threshold": 1}])
    spend(world, budget, "5", "a")
    assert fresh(budget).percentage_spent == 0
    assert not BudgetAlertDelivery.objects.exists()


def test_a_changed_period_counts_what_falls_into_it(world: World, acme: Tenant) -> None:
    with time_machine.travel("2026-03-10T05:00:00Z", tick=False):
        budget = make(world, BUDGET, startsOn="2026-03-01")
        spend(world, budget, "10", "a", occurredAt="2026-03-02T05:00:00Z")
        spend(world, budget, "5", "b")
        assert fresh(budget).amount_spent == Decimal(15)
        assert change(world, budget, period="DAILY").amount_spent == Decimal(5)
    assert Budget.objects.get().period_starts_on == date(2026, 3, 10)
