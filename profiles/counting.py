"""How many rows a list has, at a cost that does not grow with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet, Sum

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


def window(rows: QuerySet[Any, Any], wanted: slice) -> tuple[list[Model], bool]:
    """Return the wanted rows, and whether there are more behind them."""
    found = list(rows[wanted.start : wanted.stop + 1])
    size = wanted.stop - wanted.start
    return found[:size], len(found) > size
