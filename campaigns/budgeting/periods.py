"""Which days a budget's amount is for, in the tenant's own calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone

from campaigns.choices import BudgetPeriodKind
from cdp.models import Tenant

MONTHS = {
    BudgetPeriodKind.MONTHLY: 1,
    BudgetPeriodKind.QUARTERLY: 3,
    BudgetPeriodKind.YEARLY: 12,
}
UNBROKEN = {BudgetPeriodKind.LIFETIME, BudgetPeriodKind.CUSTOM}


class Dated(Protocol):
    """What a budget says about its days."""

    period: str
    starts_on: date
    ends_on: date | None


def local_day(tenant: Tenant, moment: datetime) -> date:
    """Return the day it is for the tenant at ``moment``."""
    return moment.astimezone(ZoneInfo(tenant.time_zone)).date()


def local_today(tenant: Tenant) -> date:
    """Return the day it is for the tenant now."""
    return local_day(tenant, timezone.now())


def period_around(budget: Dated, day: date) -> tuple[date, date | None]:
    """Return first and last day (both count; None: no end) of the period ``day`` falls into.

    A day before the budget begins belongs to its first period, one after its end to its last.
    """
    last = budget.ends_on
    day = max(day, budget.starts_on) if last is None else min(max(day, budget.starts_on), last)
    if budget.period in UNBROKEN:
        return budget.starts_on, last
    first, end = _calendar_period(budget.period, day)
    return max(first, budget.starts_on), end if last is None else min(end, last)


def _calendar_period(period: str, day: date) -> tuple[date, date]:
    if period == BudgetPeriodKind.DAILY:
        return day, day
    if period == BudgetPeriodKind.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = MONTHS[BudgetPeriodKind(period)]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    return (
        date(day.year, first_month, 1),
        date(day.year, last_month, monthrange(day.year, last_month)[1]),
    )
