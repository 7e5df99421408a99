"""Learning a card from windows of the past: monotone logistic regression, shrunk to the shipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from cdm.insights.card.attributes import ATTRIBUTES, bins_of, cuts_of
from cdm.insights.card.card import POINTS_PER_DOUBLING, PointsCard, points_from
from cdm.insights.errors import NotEnoughOrders
from cdm.insights.features import CustomerFeatures, features_at
from cdm.insights.orders.book import Flags, Floats, Ints, OrderBook

# The further back, the less alike; five windows, a quarter of their length apart.
WINDOWS = 5
STEP = 0.25
LEAST_HISTORY = 0.5  # of a window's length, before its start
LEAST_CUSTOMERS, LEAST_BUYERS = 30, 10
SHRINKAGE = 100.0
MOST_EXAMPLES = 100_000


@dataclass(frozen=True, slots=True)
class Window:
    """Customers on a day of the past, and who of them bought in the days after it."""

    start: int
    features: CustomerFeatures
    bought: Flags
    revenue: Floats


def window_of(book: OrderBook, start: int, days: int) -> Window:
    features = features_at(book.sales_before(start), start)
    after = book.sales_between(start, start + days)
    revenue = np.bincount(after.customer, weights=after.value, minlength=len(book.customers))
    mine = np.asarray(revenue[features.customer], dtype=np.float64)
    return Window(start, features, mine > 0, mine)


def training_windows(book: OrderBook, cutoff: int, days: int) -> list[Window]:
    """The latest windows that end by the cutoff, newest first; a thin one is left out."""
    windows = []
    for number in range(WINDOWS):
        start = cutoff - days - round(number * STEP * days)
        if start - book.first_day < LEAST_HISTORY * days:
            break
        try:
            window = window_of(book, start, days)
        except NotEnoughOrders:
            break
        bought = int(window.bought.sum())
        if len(window.features) >= LEAST_CUSTOMERS and LEAST_BUYERS <= bought < len(window.features):
            windows.append(window)
    return windows


def fit_card(
    windows: Sequence[Window], *, prior: PointsCard | None = None, shrinkage: float = SHRINKAGE
) -> PointsCard:
    """The card of these windows; without any it is the prior, which is the shipped card if none is given."""
    prior = prior or PointsCard.shipped()
    if not windows:
        return prior
    rows = [bins_of(window.features, cuts_of(window.features)) for window in windows]
    bins = np.vstack(rows)
    bought = np.concatenate([window.bought for window in windows]).astype(np.float64)
    which = np.repeat(np.arange(len(windows)), [len(row) for row in rows])
    sample = _sample(len(bins))
    increments = _fit(bins[sample], bought[sample], which[sample], prior.increments(), shrinkage)
    points = points_from(increments)
    card = PointsCard(
        points, 0.0, len(bins), tuple(str(np.datetime64(window.start, "D")) for window in windows)
    )
    base = _base(card.points_of(rows[0]).sum(axis=1), windows[0].bought)
    return PointsCard(points, base, card.examples, card.windows)


def _sample(size: int) -> Ints:
    if size <= MOST_EXAMPLES:
        return np.arange(size)
    return np.sort(np.random.default_rng(1).choice(size, MOST_EXAMPLES, replace=False))


def _fit(bins: Ints, bought: Floats, which: Ints, prior: Floats, shrinkage: float) -> Floats:
    """Steps of log odds at every edge, times the sign of the attribute, each at least 0.

    Minimises the logistic loss plus shrinkage/2 x the squared distance from the prior's steps; every window
    has an intercept of its own, because seasons differ more than customers do.
    """
    windows = int(which.max()) + 1
    share = np.clip(bought.mean(), 0.01, 0.99)
    start = np.concatenate([prior, np.full(windows, np.log(share / (1 - share)))])
    size = len(prior)

    def loss(steps: Floats) -> tuple[float, Floats]:
        scores = _scores(bins, steps[:size]) + steps[size:][which]
        away = steps[:size] - prior
        value = np.logaddexp(0, scores).sum() - bought @ scores + shrinkage / 2 * away @ away
        residual = 1 / (1 + np.exp(-scores)) - bought
        gradient = _gradient(bins, residual) + shrinkage * away
        return float(value), np.concatenate([gradient, np.bincount(which, residual, minlength=windows)])

    bounds = [(0.0, None)] * size + [(None, None)] * windows
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return np.asarray(found.x[:size], dtype=np.float64)


def _scores(bins: Ints, steps: Floats) -> Floats:
    scores, start = np.zeros(len(bins)), 0
    for number, attribute in enumerate(ATTRIBUTES):
        own = steps[start : start + len(attribute.edges)]
        start += len(attribute.edges)
        scores += attribute.sign * np.concatenate([[0.0], np.cumsum(own)])[bins[:, number]]
    return scores


def _gradient(bins: Ints, residual: Floats) -> Floats:
    parts = []
    for number, attribute in enumerate(ATTRIBUTES):
        sums = np.bincount(bins[:, number], residual, minlength=attribute.bins)
        parts.append(attribute.sign * np.cumsum(sums[::-1])[::-1][1:])
    return np.concatenate(parts)


def _base(likelihood: Ints, bought: Flags) -> float:
    """The points to add so that as many are expected to buy as did, by Newton's method."""
    per_point = np.log(2) / POINTS_PER_DOUBLING
    base = 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-per_point * (likelihood + base)))
        slope = per_point * (chance * (1 - chance)).sum()
        step = float((bought.sum() - chance.sum()) / max(slope, 1e-9))
        base += float(np.clip(step, -20, 20))
        if abs(step) < 1e-6:  # noqa: PLR2004 - a millionth of a point
            break
    return base
