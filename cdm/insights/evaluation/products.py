"""A backtest of product offers: was one of the first five, or ten, bought in the days after the cutoff?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix, issparse

from cdm.insights.errors import NotEnoughOrders
from cdm.insights.evaluation.call_list import checked_cutoff
from cdm.insights.evaluation.metrics import interval
from cdm.insights.orders.book import Floats, Ints, Lines, read_orders
from cdm.insights.products.matrix import Bought
from cdm.insights.products.pairs import count_pairs
from cdm.insights.products.recommend import new_scores, top_products, usual_products
from cdm.insights.products.similar import NEIGHBOURS, neighbours, product_weights

SIZES = (5, 10)
POPULARITY = "popularity_30_days"
_ROWS = 1_000  # customers scored at a time: a row has a number for every product


@dataclass(frozen=True, slots=True)
class Case:
    """Customers who bought in the window, and what of it each had bought before or never had."""

    bought: Bought
    rows: Ints
    new: csr_matrix
    again: csr_matrix


def evaluate_products(path: Path, *, cutoff: date, days: int, replicates: int = 200) -> dict[str, Any]:
    """The report on one orders file, fit for JSON; raises InsightsError."""
    started = time.perf_counter()
    book = read_orders(path, wants_product=True)
    start = checked_cutoff(book, cutoff, days)
    lines = book.sales_before(start)
    if not len(lines):
        raise NotEnoughOrders("There are no sales to known customers before the cutoff.")
    case = _case(Bought.of(lines, start), book.sales_between(start, start + days))
    if not case.new.nnz and not case.again.nnz:
        raise NotEnoughOrders("No customer from before the cutoff bought in the window: nothing to measure.")
    hits = {name: _hits(case, name, scores) for name, scores in _methods(case, lines).items()}
    report = {
        "cutoff": cutoff.isoformat(),
        "days": days,
        "is_window_complete": start + days - 1 <= book.last_day,
        "customers_buying": len(case.rows),
        "products": len(case.bought.products),
        "lists": {name: _entry(found, replicates) for name, found in hits.items()},
        "rows": book.counts,
    }
    return {**report, "seconds": round(time.perf_counter() - started, 3)}


def _case(bought: Bought, after: Lines) -> Case:
    known = np.isin(after.customer, bought.customers) & np.isin(after.product, bought.products)
    after = after.where(known)
    row = np.searchsorted(bought.customers, after.customer)
    column = np.searchsorted(bought.products, after.product)
    later = csr_matrix((np.ones(len(row)), (row, column)), shape=bought.table.shape)
    later.sum_duplicates()
    later.data[:] = 1.0
    again = later.multiply(bought.table).tocsr()
    new = (later - again).tocsr()
    new.eliminate_zeros()
    return Case(bought, np.unique(row).astype(np.int64), new, again)


Scorer: TypeAlias = "Floats | csr_matrix"


def _methods(case: Case, lines: Lines) -> dict[str, Scorer]:
    """Weights per product (scored with what the customer had), popularity, or scores per customer."""
    bought = case.bought
    return {
        "new_for_customer": product_weights(bought.table),
        "item_knn": neighbours(bought.table, number=NEIGHBOURS),
        "basket_lift_summed": count_pairs(lines, bought.products).lifts(),
        POPULARITY: bought.recent_buyers,
        "usual": usual_products(lines, bought).scores,
    }


def _hits(case: Case, name: str, scores: Scorer) -> Ints:
    """Per customer with something to hit: whether each size of list had it (columns)."""
    target = case.again if name == "usual" else case.new
    rows = case.rows[np.diff(target.indptr)[case.rows] > 0]
    found = [_block_hits(case, name, scores, target, block) for block in _blocks(rows)]
    return np.vstack(found) if found else np.zeros((0, len(SIZES)), dtype=np.int64)


def _blocks(rows: Ints) -> Iterator[Ints]:
    for start in range(0, len(rows), _ROWS):
        yield rows[start : start + _ROWS]


def _block_hits(case: Case, name: str, scores: Scorer, target: csr_matrix, rows: Ints) -> Ints:
    top = top_products(_scores(case, name, scores, rows), max(SIZES))
    wanted = target[rows].toarray()
    right = np.take_along_axis(wanted, top, axis=1) > 0
    return np.column_stack([right[:, :size].any(axis=1) for size in SIZES]).astype(np.int64)


def _scores(case: Case, name: str, scores: Scorer, rows: Ints) -> Floats:
    had = case.bought.table[rows]
    if name == "new_for_customer":
        return new_scores(case.bought, scores, rows)
    if name == "usual":
        return _dense(scores[rows])
    own = np.tile(_dense(scores), (len(rows), 1)) if name == POPULARITY else _dense(had @ scores)
    own[had.nonzero()] = -np.inf
    return own


def _dense(scores: Any) -> Floats:
    return np.asarray(scores.toarray() if issparse(scores) else scores, dtype=np.float64)


def _entry(hits: Ints, replicates: int) -> dict[str, Any]:
    if not len(hits):
        return {"customers": 0, **{f"hit@{size}": None for size in SIZES}}
    random = np.random.default_rng(1)
    drawn = [hits[random.integers(0, len(hits), len(hits))].mean(axis=0) for _ in range(replicates)]
    shares = hits.mean(axis=0)
    bounds = {f"hit@{size}": interval([float(each[n]) for each in drawn]) for n, size in enumerate(SIZES)}
    return {
        "customers": len(hits),
        **{f"hit@{size}": round(float(shares[n]), 6) for n, size in enumerate(SIZES)},
        "intervals": {name: [round(low, 6), round(high, 6)] for name, (low, high) in bounds.items()},
    }
