"""Days of the year, and when they come."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LEAP_DAY = 229


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A key of the year (515 is 15 May), the day it falls on next, and how many days that is away.

    A month whose day is not known (500) falls on no day: ``on`` and ``days`` are None.
    """

    key: int
    on: date | None
    days: int | None


def key_of(day: date) -> int:
    """Return the key of a day: 515 for 15 May."""
    return day.month * 100 + day.day


def coming_days(today: date, days: int, *, with_months: bool = True) -> list[ComingDay]:
    """Return the keys that fall on ``today`` and the ``days`` after it, once each, in their order.

    29 February falls on the 28th in common years. Months alone are named once, for every month a day of which
    is in reach; never for today alone.
    """
    found: dict[int, ComingDay] = {}
    for ahead in range(days + 1):
        day = today + timedelta(days=ahead)
        for key in _keys(day):
            found.setdefault(key, ComingDay(key, day, ahead))
        if with_months and days:
            found.setdefault(day.month * 100, ComingDay(day.month * 100, None, None))
    return list(found.values())


def _keys(day: date) -> Iterator[int]:
    yield key_of(day)
    if key_of(day) == LEAP_DAY - 1 and not calendar.isleap(day.year):
        yield LEAP_DAY
