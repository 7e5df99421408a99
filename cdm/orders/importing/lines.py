"""The lines of an orders file, in the order in which they are imported: order by order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop

from cdm.insights.errors import InsightsError
from cdm.insights.orders.columns import map_columns
from cdp.sentences import Sentence
from profiles.imports.errors import FileRefused

# Orders whose number is missing cannot be told apart, nor found again when the file comes once more.
_NO_NUMBER = gettext_noop("The file has no column of order numbers (InvoiceNo).")
# What reading orders itself says, which knows no language.
SAID_BY_READING = tuple(
    Sentence(template)
    for template in (
        gettext_noop("No column for %(missing)s; the file has %(header)s."),
        gettext_noop("%(file)s cannot be read: %(reason)s."),
        gettext_noop("%(file)s is no table of orders: %(reason)s."),
        gettext_noop("%(file)s has two columns of one name."),
        gettext_noop("%(file)s has no rows under a header."),
    )
)
_ROW, _NUMBER = "our row number", "our order number"  # no heading of anybody's
_LARGEST_ORDER = 1e13  # what the database keeps
_LINES = f"""
WITH given AS (
    SELECT "{_ROW}" AS row_no, {{number}} AS number,
           customer, product, name, make_timestamp(time) AS time, quantity, price, reason
      FROM lines),
judged AS (
    SELECT *, CASE WHEN number IS NULL OR number = '' THEN 'number'
                   WHEN reason IS NULL AND time > $latest THEN 'future'
                   WHEN reason IS NULL AND sum(abs(quantity * price)) FILTER (reason IS NULL)
                        OVER (PARTITION BY number) >= {_LARGEST_ORDER} THEN 'amount'
                   ELSE reason END AS problem FROM given)
SELECT row_no, coalesce(number, ''), customer, product, name, time, quantity, price, problem
  FROM judged
 ORDER BY min(row_no) OVER (PARTITION BY coalesce(nullif(number, ''), row_no::VARCHAR)), row_no"""
BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file; ``problem`` names the field that cannot be read, or is empty."""

    row_no: int
    number: str
    customer: str
    sku: str
    name: str
    at: datetime | None
    quantity: Decimal
    price: Decimal
    problem: str


class OrdersFile:
    """A file of order lines, CSV or parquet; raises FileRefused."""

    def __init__(self, path: Path) -> None:
        from cdm.insights.orders.reading import read_table  # noqa: PLC0415 (brings pyarrow, as needed)

        try:
            self._raw = read_table(path, most_bytes=settings.IMPORT_MAX_BYTES).rows
            self.columns = map_columns([*self._raw.column_names])
        except InsightsError as error:
            raise FileRefused(str(error)) from error
        if "order" not in self.columns:
            raise FileRefused(_NO_NUMBER)

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return [str(name) for name in self._raw.column_names]

    @property
    def size(self) -> int:
        """Return the number of rows."""
        return int(self._raw.num_rows)

    def lines(self, *, latest: datetime, skip: int = 0) -> Iterator[Line]:
        """Yield the lines order by order, each order where its first line stands; without the first few.

        What lies after ``latest``, on the clock of the shop and without zone, is in the future.
        """
        import duckdb  # noqa: PLC0415 (which no web process needs)
        import pyarrow as pa  # noqa: PLC0415

        from cdm.insights.orders.normalising import normalise, text_of  # noqa: PLC0415

        rows = self._raw.select(list(dict.fromkeys(self.columns.values())))
        rows = rows.append_column(_ROW, pa.array(range(1, rows.num_rows + 1), pa.int64()))
        rows = rows.append_column(_NUMBER, self._raw[self.columns["order"]])
        table = normalise(rows, self.columns, keeps=[_ROW, _NUMBER])
        with duckdb.connect() as connection:
            connection.register("lines", table)
            statement = f"{_LINES} OFFSET {int(skip)}".replace("{number}", text_of(_NUMBER))
            reader = connection.execute(statement, {"latest": latest})
            while rows := reader.fetchmany(BATCH):
                yield from map(_line, rows)

    def raw_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows as they stand in the file, with their numbers."""
        number = 0
        for batch in self._raw.to_batches(max_chunksize=BATCH):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, ["" if value is None else str(value) for value in values]


def whole_orders(lines: Iterator[Line], least: int) -> Iterator[list[Line]]:
    """Cut into pieces of at least so many lines that hold whole orders."""
    piece: list[Line] = []
    for _number, group in groupby(lines, key=lambda line: line.number or line.row_no):
        piece.extend(group)
        if len(piece) >= least:
            yield piece
            piece = []
    if piece:
        yield piece


def _line(row: tuple[Any, ...]) -> Line:
    row_no, number, customer, product, name, time, quantity, price, problem = row
    return Line(
        row_no=row_no,
        number=number[:120],
        customer=(customer or "")[:255],
        sku=(product or "")[:120],
        name=(name or "").strip()[:255],
        at=time,
        quantity=Decimal(str(quantity or 0)).quantize(Decimal("0.001")),
        price=Decimal(str(price or 0)),
        problem=problem or "",
    )
