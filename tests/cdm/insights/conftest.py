"""The real orders, read once, and small shops made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

from cdm.insights.card.fitting import Window, fit_card, training_windows, window_of
from cdm.insights.card.scores import Scores, score
from cdm.insights.orders.book import OrderBook, book_of, day_number, read_orders

DATA = Path(__file__).parents[2] / "data" / "orders"
RETAIL = DATA / "online_retail.parquet"
CUTOFFS = ("2011-06-01", "2011-07-01", "2011-07-11")
_DAY = 86_400_000_000

Row = tuple[str, str, str, float, float]  # customer, day, product, quantity, price


@cache
def retail_book() -> OrderBook:
    return read_orders(RETAIL, wants_product=True)


@cache
def retail_window(cutoff: str) -> Window:
    return window_of(retail_book(), day_number(date.fromisoformat(cutoff)), 60)


@cache
def retail_scores(cutoff: str) -> Scores:
    book, start = retail_book(), day_number(date.fromisoformat(cutoff))
    return score(retail_window(cutoff).features, fit_card(training_windows(book, start, 60)))


@pytest.fixture
def book() -> OrderBook:
    return retail_book()


def shop(rows: Iterable[Row]) -> OrderBook:
    """A book of these lines; a negative quantity is a return."""
    customer, day, product, quantity, price = zip(*rows, strict=True)
    return book_of(
        pa.table(
            {
                "customer": pa.array(customer, pa.string()),
                "product": pa.array(product, pa.string()),
                "name": pa.array(product, pa.string()),
                "time": [day_number(date.fromisoformat(each)) * _DAY for each in day],
                "quantity": pa.array(quantity, pa.float64()),
                "price": pa.array(price, pa.float64()),
                "reason": pa.nulls(len(customer), pa.string()),
            }
        )
    )
