"""Recommendations for many customers: features, points card, scores, customer value, and the product job.

``python -m benchmarks.bench_insights [--customers 1000000] [--lines-per-order 3]``
Customers are drawn with replacement from the real orders in tests/data; no database is touched.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from benchmarks.measure import report
from cdm.insights.card.fitting import fit_card, training_windows
from cdm.insights.card.scores import score
from cdm.insights.features import features_at, group_starts
from cdm.insights.orders.book import Lines, OrderBook, day_number, read_orders
from cdm.insights.products.matrix import Bought
from cdm.insights.products.pairs import count_pairs
from cdm.insights.products.recommend import new_scores, top_products, usual_products
from cdm.insights.products.similar import product_weights
from cdm.insights.value.worth import fit_value, worth

RETAIL = Path(__file__).parents[1] / "tests" / "data" / "orders" / "online_retail.parquet"
CUTOFF, DAYS = day_number(date(2011, 7, 1)), 60
Found = TypeVar("Found")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--lines-per-order", type=int, default=3)
    options = parser.parse_args()
    book = read_orders(RETAIL, wants_product=True)
    figures: dict[str, Any] = {}
    if options.customers:
        many = multiplied(book, options.customers, options.lines_per_order)
        figures = {"customers": options.customers, "lines": len(many.lines), **call_list(many)}
    figures |= {"product_lines": len(book.sales_before(CUTOFF)), **products(book)}
    figures["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report(f"insights_{options.customers}", figures)


def multiplied(book: OrderBook, customers: int, most: int) -> OrderBook:
    """That many customers, each with the orders of a real one and at most so many lines of each order."""
    lines = book.lines
    starts = group_starts(lines.customer, lines.day)
    place = np.arange(len(lines)) - np.repeat(starts, np.diff(starts, append=len(lines)))
    lines, time_ = lines.where(place < most), book.time[place < most]
    begins = np.searchsorted(lines.customer, np.arange(len(book.customers) + 1))
    drawn = np.random.default_rng(1).integers(0, len(book.customers), customers)
    sizes = (begins[1:] - begins[:-1])[drawn]
    first = np.cumsum(sizes) - sizes
    rows = np.arange(sizes.sum()) - np.repeat(first - begins[drawn], sizes)
    parts = (lines.product, lines.day, lines.quantity, lines.price)
    copied = Lines(np.repeat(np.arange(customers), sizes), *(part[rows] for part in parts))
    return replace(book, customers=[""] * customers, lines=copied, time=time_[rows])


def call_list(book: OrderBook) -> dict[str, float]:
    figures: dict[str, float] = {}
    lines = timed(figures, "sales before the cutoff", lambda: book.sales_before(CUTOFF))
    features = timed(figures, "features", lambda: features_at(lines, CUTOFF))
    windows = timed(figures, "training windows", lambda: training_windows(book, CUTOFF, DAYS))
    card = timed(figures, "card", lambda: fit_card(windows))
    timed(figures, "scores", lambda: score(features, card))
    model = timed(figures, "value models", lambda: fit_value(features))
    timed(figures, "value of all", lambda: worth(model, features, DAYS))
    return figures


def products(book: OrderBook) -> dict[str, float]:
    figures: dict[str, float] = {}
    lines = book.sales_before(CUTOFF)

    def job() -> None:
        bought = Bought.of(lines, CUTOFF)
        weights = product_weights(bought.table)
        top_products(new_scores(bought, weights, np.arange(len(bought.customers))), 10)
        usual_products(lines, bought)
        count_pairs(lines, bought.products)

    timed(figures, "nightly product job", job)
    return figures


def timed(figures: dict[str, float], name: str, work: Callable[[], Found]) -> Found:
    """Seconds by the clock and of the processor: the latter is fair on a machine others use too."""
    started, worked = time.perf_counter(), time.process_time()
    found = work()
    figures[f"{name}, s"] = round(time.perf_counter() - started, 2)
    figures[f"{name}, CPU s"] = round(time.process_time() - worked, 2)
    return found


if __name__ == "__main__":
    main()
