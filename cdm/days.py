"""Days in the active time zone as moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def start_of(day: date) -> datetime:
    """Return midnight of a day in the active time zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def end_of(day: date) -> datetime:
    """Return the midnight after a day."""
    return start_of(day + timedelta(days=1))


def last_months(today: date, count: int) -> list[date]:
    """Return the first days of the last months, this one included, oldest first."""
    last = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - count + 1, last + 1)]
