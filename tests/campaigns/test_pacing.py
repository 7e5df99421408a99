"""Spend against plan, and budgets for the dispatcher."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils.formats import date_format

from campaigns.budgeting.dispatcher import dispatched, record_of
from campaigns.budgeting.pacing import pacing_of
from campaigns.budgeting.periods import period_around
from campaigns.models import Budget
from campaigns.operations.create_asset import create_asset
from campaigns.views.chart import chart_of
from cdp.errors import Invalid
from cdp.ids import uuid7
from cdp.models import Tenant
from tests.campaigns.making import BUDGET, fresh, make, spend
from tests.factories.campaigns import BudgetFactory
from tests.world import World

NOON_OF_THE_TENTH = datetime(2026, 6, 10, 5, tzinfo=UTC)  # 12:00 in Bangkok


@pytest.fixture
def june(world: World, acme: Tenant) -> Budget:
    with time_machine.travel(NOON_OF_THE_TENTH, tick=False):
        budget: Budget = make(world, BUDGET, amount="3000", startsOn="2026-06-01")
        spend(world, budget, "500", "a", occurredAt="2026-06-03T05:00:00Z")
        spend(world, budget, "450", "b")
    found: Budget = fresh(budget)
    return found


@pytest.mark.conforms("R125")
def test_an_even_budget_is_paced_by_the_hours_that_have_passed(june: Budget, acme: Tenant) -> None:
    pacing = pacing_of(june, tenant=acme, now=NOON_OF_THE_TENTH)
    assert (pacing.planned, pacing.spent, pacing.pace) == (Decimal("950.00"), Decimal("950.00"), "ON_TRACK")
    assert pacing.per_day == Decimal("97.62")  # 2050 over the 21 days from today on
    assert len(pacing.line) == 30
    third, tenth, last = (pacing.line[number] for number in (2, 9, 29))
    assert (third.day, third.planned, third.spent) == (date(2026, 6, 3), Decimal(300), Decimal(500))
    assert (tenth.planned, tenth.spent, last.planned, last.spent) == (
        Decimal(1000),
        Decimal(950),
        Decimal(3000),
        None,
    )


@pytest.mark.parametrize(("day", "pace"), [(3, "OVER"), (10, "ON_TRACK"), (20, "UNDER")])
def test_the_pace_says_how_far_off_the_plan_is(june: Budget, acme: Tenant, day: int, pace: str) -> None:
    assert pacing_of(june, tenant=acme, now=datetime(2026, 6, day, 5, tzinfo=UTC)).pace == pace


@pytest.mark.conforms("R125")
def test_an_accelerated_budget_may_spend_all_at_once(june: Budget, acme: Tenant) -> None:
    june.delivery_method = "ACCELERATED"
    pacing = pacing_of(june, tenant=acme, now=NOON_OF_THE_TENTH)
    assert (pacing.planned, pacing.per_day) == (Decimal(3000), Decimal(2050))
    assert pacing.pace == "ON_TRACK"


def test_the_line_of_many_years_stays_short(acme: Tenant) -> None:
    budget = BudgetFactory(period="CUSTOM", starts_on=date(2020, 1, 1), ends_on=date(2060, 1, 1))
    line = pacing_of(budget, tenant=acme, now=NOON_OF_THE_TENTH).line
    assert (len(line) <= 401, line[-1].day, line[-1].planned) == (True, date(2060, 1, 1), Decimal(1000))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("DAILY", date(2026, 8, 19), date(2026, 8, 19)),
        ("WEEKLY", date(2026, 8, 17), date(2026, 8, 23)),
        ("MONTHLY", date(2026, 8, 1), date(2026, 8, 31)),
        ("QUARTERLY", date(2026, 7, 1), date(2026, 9, 30)),
        ("YEARLY", date(2026, 1, 1), date(2026, 12, 31)),
        ("LIFETIME", date(2025, 1, 1), None),
    ],
)
def test_a_period_is_the_calendars(period: str, first: date, last: date | None) -> None:
    budget = Budget(tenant_id=uuid7(), period=period, starts_on=date(2025, 1, 1), ends_on=None)
    assert period_around(budget, date(2026, 8, 19)) == (first, last)


@pytest.mark.conforms("R134")
def test_the_dispatcher_gets_millionths_and_its_own_words(acme: Tenant) -> None:
    budget = BudgetFactory(
        name="Spring",
        amount=Decimal("1234.56"),
        period="CUSTOM",
        ends_on=date(2026, 3, 1),
        is_shared=True,
    )
    assert dispatched(budget).model_dump(by_alias=True) == {
        "name": "Spring",
        "status": "ENABLED",
        "amountMicros": "1234560000",
        "currencyCode": "THB",
        "deliveryMethod": "STANDARD",
        "period": "CUSTOM_PERIOD",
        "startDate": "2026-01-01",
        "endDate": "2026-03-01",
        "explicitlyShared": True,
        "campaignIds": [],
    }


@pytest.mark.conforms("R134")
def test_what_the_dispatcher_gets_comes_back_as_it_was(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="0.07", period="WEEKLY", status="PAUSED", startsOn="2026-03-02")
    record = record_of(dispatched(budget).model_dump(by_alias=True), tenant=acme)
    again = create_asset(tenant=acme, by=world.by, record=record)
    same = ("name", "amount", "currency", "period", "status", "delivery_method", "starts_on", "is_shared")
    assert [getattr(again, name) for name in same] == [getattr(budget, name) for name in same]


@pytest.mark.parametrize(
    "said",
    [{"amountMicros": "1"}, {"amountMicros": "9" * 19}, {"amountMicros": "-5"}, {"status": "GONE"}, {"x": 1}],
)
def test_nonsense_from_the_dispatcher_is_refused(acme: Tenant, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        record_of({"name": "A", "amountMicros": "10000", **said}, tenant=acme)


def test_an_amount_beyond_64_bits_is_not_dispatched(acme: Tenant) -> None:
    with pytest.raises(Invalid):
        dispatched(BudgetFactory(amount=Decimal("9999999999999.99")))


def test_the_ends_of_the_drawing_are_days_as_the_reader_writes_them(june: Budget, acme: Tenant) -> None:
    drawn = chart_of(pacing_of(june, tenant=acme, now=NOON_OF_THE_TENTH))
    assert (drawn.first, drawn.last) == (date_format(date(2026, 6, 1)), date_format(date(2026, 6, 30)))
