"""All order lines of one shop as arrays: what insights are computed from, whatever they were read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cdm.insights.orders.cancellations import cancelled
from cdm.insights.orders.columns import map_columns
from cdm.insights.orders.normalising import normalise
from cdm.insights.orders.reading import read_table

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
EPOCH = date(1970, 1, 1)
_DAY = 86_400_000_000


def day_number(day: date) -> int:
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of sales in order of customer and time; `day` counts from 1970-01-01, money is the shop's."""

    customer: Ints
    product: Ints
    day: Ints
    quantity: Floats
    price: Floats

    def __len__(self) -> int:
        return len(self.customer)

    @property
    def value(self) -> Floats:
        return self.quantity * self.price

    def where(self, keep: Flags) -> Lines:
        return Lines(
            self.customer[keep], self.product[keep], self.day[keep], self.quantity[keep], self.price[keep]
        )


@dataclass(frozen=True, slots=True)
class OrderBook:
    """The lines of known customers, sales and returns; ids and names are looked up by position."""

    customers: list[str]
    products: list[str]
    names: list[str]
    lines: Lines  # a return has a negative quantity
    time: Ints
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def first_day(self) -> int:
        return int(self.lines.day.min())

    @property
    def last_day(self) -> int:
        return int(self.lines.day.max())

    def sales_before(self, cutoff: int) -> Lines:
        """Sales known on the morning of the cutoff, without those a return had fully cancelled by then."""
        known = self.lines.day < cutoff
        lines = self.lines.where(known)
        keep = lines.quantity > 0
        keep &= lines.price > 0
        keep &= ~cancelled(lines.customer, lines.product, lines.price, lines.quantity, self.time[known])
        return lines.where(keep)

    def sales_between(self, start: int, end: int) -> Lines:
        """Gross sales of the days from start to the day before end."""
        lines = self.lines
        return lines.where(
            (lines.day >= start) & (lines.day < end) & (lines.quantity > 0) & (lines.price > 0)
        )


def read_orders(path: Path, *, wants_product: bool = False) -> OrderBook:
    """The orders of a file in the shape of the UCI Online Retail data; raises InsightsError."""
    raw = read_table(path)
    columns = map_columns(raw.rows.column_names, wants_product=wants_product)
    table = normalise(raw.rows.select(list(dict.fromkeys(columns.values()))), columns)
    return book_of(table, broken=raw.broken)


def book_of(table: pa.Table, *, broken: int = 0) -> OrderBook:
    """A book from a table with the columns that `normalise` makes."""
    counts = _counts(table, broken)
    table = table.filter(pc.and_(pc.is_null(table["reason"]), pc.is_valid(table["customer"])))
    product, products = _codes(table["product"].fill_null("?"))
    customer, customers = _codes(table["customer"])
    time = np.asarray(table["time"].to_numpy(), dtype=np.int64)
    order = np.lexsort((time, customer))
    lines = Lines(
        customer[order],
        product[order],
        time[order] // _DAY,
        np.asarray(table["quantity"].to_numpy(), dtype=np.float64)[order],
        np.asarray(table["price"].to_numpy(), dtype=np.float64)[order],
    )
    names = _names(table, product, len(products))
    return OrderBook(customers, products, names, lines, time[order], counts)


def _counts(table: pa.Table, broken: int) -> dict[str, int]:
    reasons = {item["values"]: item["counts"] for item in pc.value_counts(table["reason"]).to_pylist()}
    good = table.filter(pc.is_null(table["reason"]))
    return {
        "rows": table.num_rows + broken,
        "sales": int(pc.sum(pc.greater(good["quantity"], 0)).as_py() or 0),
        "returns": int(pc.sum(pc.less(good["quantity"], 0)).as_py() or 0),
        "anonymous": good["customer"].null_count,
        "free": int(pc.sum(pc.equal(good["price"], 0)).as_py() or 0),
        "bad_columns": broken,
        **{f"bad_{reason}": int(reasons.get(reason, 0)) for reason in ("date", "quantity")},
        "bad_price": int(reasons.get("price", 0)) + int(reasons.get("amount", 0)),
    }


def _codes(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Positions in the sorted list of different values, so that no order of rows changes anything."""
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    values = encoded.dictionary.to_pylist()
    ranked = sorted(range(len(values)), key=values.__getitem__)
    position = np.empty(len(values), dtype=np.int64)
    position[ranked] = np.arange(len(values))
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
    return position[codes], [values[number] for number in ranked]


def _names(table: pa.Table, product: Ints, size: int) -> list[str]:
    names = [""] * size
    given = table["name"].to_pylist()
    known, first = np.unique(product, return_index=True)
    for code, row in zip(known.tolist(), first.tolist(), strict=True):
        names[code] = given[row] or ""
    return names
