"""Spend against plan, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from campaigns.budgeting.ledger import spent_by_day
from campaigns.choices import DeliveryMethod
from campaigns.models import Budget
from cdp.models import Tenant

CENT = Decimal("0.01")
# Within a tenth of the plan is on it.
TOLERANCE = Decimal("0.10")
LONGEST_LINE = 400


class Pace(TextChoices):
    """How the spend stands to the plan."""

    UNDER = "UNDER", _("Behind the plan")
    ON_TRACK = "ON_TRACK", _("On plan")
    OVER = "OVER", _("Ahead of the plan")


@dataclass(frozen=True)
class Point:
    """One day's end: what should be spent by then, and what is; ``spent`` is None for days to come."""

    day: date
    planned: Decimal
    spent: Decimal | None


@dataclass(frozen=True)
class Pacing:
    """The current period of a budget against its plan; ``per_day`` may be spent daily from here on."""

    planned: Decimal
    spent: Decimal
    pace: Pace
    per_day: Decimal
    line: list[Point]


def pacing_of(budget: Budget, *, tenant: Tenant, now: datetime) -> Pacing:
    """Return how the budget's current period goes.

    STANDARD plans the amount evenly over the days; ACCELERATED plans all of it from the first day on. A
    period without an end is never behind: its plan is the whole amount.
    """
    zone = ZoneInfo(tenant.time_zone)
    today = now.astimezone(zone).date()
    first, last = budget.period_starts_on, budget.period_ends_on
    planned = _planned(budget, _fraction(first, last, now.astimezone(zone)))
    return Pacing(
        planned=planned,
        spent=budget.amount_spent,
        pace=_pace(budget, planned),
        per_day=_per_day(budget, last, today),
        line=_line(budget, first, last, today),
    )


def _planned(budget: Budget, fraction: Decimal) -> Decimal:
    is_even = budget.delivery_method == DeliveryMethod.STANDARD and budget.period_ends_on is not None
    share = fraction if is_even else Decimal(1)
    return (budget.amount * share).quantize(CENT, ROUND_HALF_EVEN)


def _fraction(first: date, last: date | None, now: datetime) -> Decimal:
    """Return how much of the period has passed: 0 to 1; the day of a change of the clock counts its hours."""
    if last is None:
        return Decimal(1)
    start = datetime.combine(first, time(), now.tzinfo).timestamp()
    end = datetime.combine(last + timedelta(days=1), time(), now.tzinfo).timestamp()
    passed = Decimal(now.timestamp() - start) / Decimal(end - start)
    return min(max(passed, Decimal(0)), Decimal(1))


def _pace(budget: Budget, planned: Decimal) -> Pace:
    slack = budget.amount * TOLERANCE
    has_plan = budget.delivery_method == DeliveryMethod.STANDARD and budget.period_ends_on is not None
    if budget.amount_spent > planned + (slack if has_plan else 0):
        return Pace.OVER
    if has_plan and budget.amount_spent < planned - slack:
        return Pace.UNDER
    return Pace.ON_TRACK


def _per_day(budget: Budget, last: date | None, today: date) -> Decimal:
    left = max(budget.amount - budget.amount_spent, Decimal(0))
    if last is None or budget.delivery_method == DeliveryMethod.ACCELERATED:
        return left
    days = max((last - max(today, budget.period_starts_on)).days + 1, 1)
    return (left / days).quantize(CENT, ROUND_HALF_EVEN)


def _line(budget: Budget, first: date, last: date | None, today: date) -> list[Point]:
    end = last or max(today, first)
    days = (end - first).days + 1
    # A line of years is drawn with fewer points, the last always among them.
    step = -(-days // LONGEST_LINE)
    by_day = spent_by_day(budget, first, last)
    points, running, counted = [], Decimal(0), first
    for number in sorted({*range(step - 1, days, step), days - 1}):
        day = first + timedelta(days=number)
        while counted <= day:
            running += by_day.get(counted, Decimal(0))
            counted += timedelta(days=1)
        planned = _planned(budget, Decimal(number + 1) / days)
        points.append(Point(day, planned, running if day <= today else None))
    return points
