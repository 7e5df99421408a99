"""How many rows a list has, at a cost that does not grow with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from profiles.choices import ProfileStatus
from profiles.models import ProfileTally

COUNTED_UP_TO = 10_000
VISIBLE = (ProfileStatus.ACTIVE, ProfileStatus.INACTIVE)


@dataclass(frozen=True, slots=True)
class Total:
    """A number of rows; there are more when it is not exact."""

    number: int
    is_exact: bool = True


def tallied(*, statuses: tuple[str, ...] = VISIBLE, **kinds: str) -> Total:
    """Return the exact number of customers of a kind (``type``, ``lifecycle_stage``) without counting."""
    rows = ProfileTally.objects.filter(status__in=statuses, **kinds)
    return Total(rows.aggregate(number=Sum("delta"))["number"] or 0)


def bounded(rows: QuerySet[Any, Any]) -> Total:
    """Count rows up to 10 000."""
    number = rows.order_by().values("pk")[: COUNTED_UP_TO + 1].count()
    return Total(min(number, COUNTED_UP_TO), number <= COUNTED_UP_TO)


def page_of(rows: QuerySet[Any, Any], wanted: slice, count: Callable[[], Total]) -> tuple[list[Any], Total]:
    """Return the wanted rows and how many there are; a page that is not full says so without counting."""
    found = list(rows[wanted])
    is_last = len(found) < wanted.stop - wanted.start and (found or not wanted.start)
    return found, Total(wanted.start + len(found)) if is_last else count()
