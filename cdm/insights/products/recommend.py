"""Usual products and new ones, apart: what a customer may buy again, and what they never had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from cdm.insights.orders.book import Floats, Ints, Lines
from cdm.insights.products.matrix import Bought
from cdm.insights.products.pairs import Pairs

HALF_LIFE_DAYS = 60.0
# A fourth root lets what sells now win between near equals, without drowning personal taste.
POPULARITY_POWER = 0.25


@dataclass(frozen=True, slots=True)
class Offer:
    """One product for one customer, with what speaks for it in words, and the number behind them."""

    product: int
    score: float
    reason: str
    n: int


@dataclass(frozen=True, slots=True)
class Usual:
    """Rows and columns as in `Bought`: the decayed sum of days a product was bought, and their number."""

    scores: csr_matrix
    times: csr_matrix


def usual_products(lines: Lines, bought: Bought) -> Usual:
    """Days a customer bought a product, each counting half after 60 days."""
    row = np.searchsorted(bought.customers, lines.customer)
    column = np.searchsorted(bought.products, lines.product)
    seen = np.unique(np.column_stack([row, column, lines.day]), axis=0)
    weight = 0.5 ** ((bought.cutoff - seen[:, 2]) / HALF_LIFE_DAYS)
    cells, shape = (seen[:, 0], seen[:, 1]), bought.table.shape
    return Usual(
        csr_matrix((weight, cells), shape=shape), csr_matrix((np.ones(len(seen)), cells), shape=shape)
    )


def new_scores(bought: Bought, weights: Floats | csr_matrix, rows: Ints) -> Floats:
    """Scores of products the customers of these rows never had; what they had is -inf."""
    had = bought.table[rows]
    raw = had @ weights
    scores = np.asarray(raw.toarray() if isinstance(raw, csr_matrix) else raw, dtype=np.float64)
    scores = np.maximum(scores, 0) * bought.recent_buyers**POPULARITY_POWER
    scores[had.nonzero()] = -np.inf
    return scores


def top_products(scores: Floats, number: int) -> Ints:
    """The best columns of each row, best first; ties by position, so that runs agree."""
    number = min(number, scores.shape[1])
    if number == scores.shape[1]:
        return np.argsort(-scores, axis=1, kind="stable").astype(np.int64)
    top = np.sort(np.argpartition(-scores, number - 1, axis=1)[:, :number], axis=1)
    chosen = np.take_along_axis(scores, top, axis=1)
    # Where equals stand on both sides of the end, which of them were taken is chance.
    unsure = np.flatnonzero((scores >= chosen.min(axis=1, keepdims=True)).sum(axis=1) > number)
    order = np.argsort(-chosen, axis=1, kind="stable")
    top = np.take_along_axis(top, order, axis=1)
    top[unsure] = np.argsort(-scores[unsure], axis=1, kind="stable")[:, :number]
    return top.astype(np.int64)


def new_offers(row: int, top: Sequence[int], scores: Floats, bought: Bought, pairs: Pairs) -> list[Offer]:
    """Offers of new products, each with the own product it is bought together with most above chance."""
    had = bought.table[row].indices.tolist()
    return [
        _explained(column, float(scores[column]), had, bought, pairs)
        for column in top
        if np.isfinite(scores[column])
    ]


def usual_offers(row: int, number: int, usual: Usual, bought: Bought) -> list[Offer]:
    """What the customer bought most, of late most of all."""
    own = usual.scores[row]
    cells = zip(own.data.tolist(), own.indices.tolist(), strict=True)
    offers = []
    for score, column in sorted(cells, key=lambda cell: (-cell[0], cell[1]))[:number]:
        times = int(usual.times[row, column])
        said = "bought once before" if times == 1 else f"bought on {times} days before"
        offers.append(Offer(int(bought.products[column]), score, said, times))
    return offers


def _explained(column: int, score: float, had: Sequence[int], bought: Bought, pairs: Pairs) -> Offer:
    product = int(bought.products[column])
    lifts = [(pairs.lift(own, column), own) for own in had]
    lift, own = max(lifts, default=(0.0, -1))
    if lift > 1:
        together = int(pairs.together[own, column])
        return Offer(product, score, f"bought together {together} times, {lift:.1f} x chance", together)
    buyers = int(bought.recent_buyers[column])
    return Offer(product, score, f"{buyers} customers bought it in the last 30 days", buyers)
