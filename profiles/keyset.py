"""Paging by position instead of by number: page one million costs what page one costs."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

M = TypeVar("M", bound=Model)
SEPARATOR = "~"
LONGEST = 2000
# No column sorted by holds a number of more digits before the point: 64 bits end there.
MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an order: the value sorted by, and the id that breaks ties."""

    value: Any
    id: uuid.UUID

    def encode(self) -> str:
        """Return the position as it stands in an address."""
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        text = f"{self.id}{SEPARATOR}" if value is None else f"{self.id}{SEPARATOR}={value}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, parse: Callable[[str], Any]) -> Position | None:
        """Read an encoded position; None when somebody made it up and no row could stand there."""
        if not text or len(text) > LONGEST:
            return None
        try:
            plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            id_, separator, value = plain.partition(SEPARATOR)
            if not separator or "\x00" in plain:
                return None
            return cls(_stored(parse(value[1:])) if value.startswith("=") else None, uuid.UUID(id_))
        except (binascii.Error, UnicodeError, ValueError, ArithmeticError):
            return None


def _stored(value: Any) -> Any:
    """Return the value as a column can hold it; raises ValueError or OverflowError when none can."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("A moment needs its zone.")
        return value.astimezone(UTC)  # PostgreSQL takes no offset of 16 hours or more, Python does
    if isinstance(value, (int, float, Decimal)) and not _is_held(Decimal(value)):
        raise ValueError("No column holds this number.")
    return value


def _is_held(number: Decimal) -> bool:
    return number.is_finite() and -LONGEST < number.adjusted() < MOST_DIGITS


@dataclass(frozen=True, slots=True)
class Order:
    """A field to sort by, and the id after it; rows without a value come last when descending.

    ``tie`` is the id that parts equal values; where an index of another table is walked, it is that table's.
    Rows without a value are always parted by their own. An ``is_joined`` column is never empty where the
    row it comes from is there: its index says nothing about missing values.
    """

    field: str
    descending: bool = True
    nullable: bool = False
    parse: Callable[[str], Any] = datetime.fromisoformat
    tie: str = "pk"
    is_joined: bool = False

    def read(self, text: str) -> Position | None:
        """Read a position in this order; None when it cannot be one."""
        position = Position.decode(text, self.parse)
        if position is None or (position.value is None and not self.nullable):
            return None
        return position

    def reversed(self) -> Order:
        """Return the opposite order."""
        return Order(self.field, not self.descending, self.nullable, self.parse, self.tie, self.is_joined)

    def position_of(self, row: Model) -> Position:
        """Return where ``row`` stands."""
        value = getattr(row, self.field)
        return Position(value, row.pk if value is None else getattr(row, self.tie))


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows, and the positions from which to go on in either direction."""

    rows: list[M]
    previous: str = ""
    next: str = ""


def first_page(queryset: QuerySet[M], order: Order, size: int) -> Page[M]:
    """Return the first ``size`` rows."""
    rows = _rows(queryset, order, None, size + 1)
    return Page(rows[:size], next=order.position_of(rows[size - 1]).encode() if len(rows) > size else "")


def page_after(queryset: QuerySet[M], order: Order, position: Position, size: int) -> Page[M]:
    """Return the rows behind ``position``."""
    rows = _rows(queryset, order, position, size + 1)
    kept = rows[:size]
    return Page(
        kept,
        previous=order.position_of(kept[0]).encode() if kept else "",
        next=order.position_of(kept[-1]).encode() if len(rows) > size else "",
    )


def page_before(queryset: QuerySet[M], order: Order, position: Position, size: int) -> Page[M]:
    """Return the rows in front of ``position``."""
    rows = _rows(queryset, order.reversed(), position, size + 1)
    kept = rows[:size][::-1]
    return Page(
        kept,
        previous=order.position_of(kept[0]).encode() if len(rows) > size else "",
        next=order.position_of(kept[-1]).encode() if kept else "",
    )


def _rows(queryset: QuerySet[M], order: Order, position: Position | None, limit: int) -> list[M]:
    # Rows with and without a value are fetched apart: a condition that joins both with OR uses no index.
    zones = [False, True] if order.descending else [True, False]
    rows: list[M] = []
    for without_value in zones if order.nullable else [False]:
        start = None
        if position is not None:
            in_zone = (position.value is None) == without_value
            if not in_zone and _is_past(position, order):
                continue
            start = position if in_zone else None
        rows += _zone(queryset, order, without_value, start)[: limit - len(rows)]
        if len(rows) == limit:
            break
    return rows


def _is_past(position: Position, order: Order) -> bool:
    # Reached for the zone the position is not in: with a value it lies in the first zone when descending.
    return (position.value is None) == order.descending


def _zone(queryset: QuerySet[M], order: Order, without_value: bool, start: Position | None) -> QuerySet[M]:
    later = TupleLessThan if order.descending else TupleGreaterThan
    if without_value:
        zone = queryset.filter(**{f"{order.field}__isnull": True}).order_by(
            "-pk" if order.descending else "pk"
        )
        return (
            zone if start is None else zone.filter(**{"pk__lt" if order.descending else "pk__gt": start.id})
        )
    sort = F(order.field).desc(nulls_last=True) if order.descending else F(order.field).asc(nulls_first=True)
    if not order.nullable or order.is_joined:
        sort = F(order.field).desc() if order.descending else F(order.field).asc()
    zone = queryset.order_by(sort, f"-{order.tie}" if order.descending else order.tie)
    if order.nullable:
        zone = zone.filter(**{f"{order.field}__isnull": False})
    if start is None:
        return zone
    return zone.filter(later(Tuple(order.field, order.tie), (start.value, start.id)))
