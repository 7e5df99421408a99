"""What one night learns from a tenant's orders and calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdm.insights.call_list import priorities, room_to_win
from cdm.insights.card.card import POINTS_PER_DOUBLING, PointsCard
from cdm.insights.card.fitting import Window, fit_card, training_windows
from cdm.insights.card.scores import ODDS_SHARE, Scores, score
from cdm.insights.chances import WINDOW_DAYS, WORTH_DAYS
from cdm.insights.errors import NoConvergence
from cdm.insights.features import features_at
from cdm.insights.orders.book import Floats, Ints, OrderBook
from cdm.insights.value.worth import Worth, fit_value, worth
from cdm.recommending.customers import Customers

# Of fewer, no share of first orders is told.
LEAST_WITHOUT_ORDERS = 30


@dataclass(frozen=True, slots=True)
class FirstOrders:
    """How many of those who had not ordered did so within a window, in the last one that is over."""

    customers: int
    ordered: int

    @property
    def is_known(self) -> bool:
        return self.customers >= LEAST_WITHOUT_ORDERS

    @property
    def chance(self) -> float:
        """The share, drawn a little towards the middle; 0 where too few make one."""
        return (self.ordered + 1) / (self.customers + 2) if self.is_known else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of all customers (rows), whether they have ordered or not."""

    total: Ints
    likelihood: Ints
    chance: Floats
    room: Floats
    priority: list[int | None]
    ordered_row: Ints  # where they stand in the features; -1 for those who have not ordered


def learn_scores(book: OrderBook, cutoff: int) -> tuple[Scores, list[Window]]:
    """Return the scores of all who ordered before the cutoff; raises NotEnoughOrders where nobody did."""
    features = features_at(book.sales_before(cutoff), cutoff)
    windows = training_windows(book, cutoff, WINDOW_DAYS) if len(book.lines) else []
    return score(features, fit_card(windows)), windows


def learn_worth(scores: Scores, windows: list[Window]) -> Worth | None:
    """Return what those who ordered are worth; None where no model of it can be found."""
    try:
        model = fit_value(scores.features)
        return worth(model, scores.features, WORTH_DAYS, backtest_ratio=_backtest(windows))
    except NoConvergence:
        return None


def _backtest(windows: list[Window]) -> float | None:
    """What was spent in the last window, as a share of what would have been expected before it."""
    if not windows:
        return None
    features = windows[0].features
    try:
        expected = worth(fit_value(features), features, WINDOW_DAYS).expected_spend.sum()
    except NoConvergence:
        return None
    return float(windows[0].revenue.sum() / expected) if expected > 0 else None


def learn_first_orders(book: OrderBook, customers: Customers, cutoff: int) -> FirstOrders:
    """Count first orders among those who were known, and had not ordered, when the last window began."""
    start = cutoff - WINDOW_DAYS
    first = np.full(len(customers), np.iinfo(np.int64).max)
    sales = book.lines.quantity > 0
    np.minimum.at(first, book.lines.customer[sales], book.lines.day[sales])
    waiting = (customers.created < start) & (first >= start)
    return FirstOrders(int(waiting.sum()), int((waiting & (first < cutoff)).sum()))


def standing(scores: Scores | None, customers: Customers, first: FirstOrders) -> Standing:
    """Put all on one scale: those without orders have the points of their chance, and the least value."""
    size = len(customers)
    row = np.full(size, -1, dtype=np.int64)
    total, likelihood = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    chance, room = np.full(size, first.chance), np.zeros(size)
    if scores is not None:
        who = scores.features.customer
        row[who] = np.arange(len(who))
        without = points_without_orders(scores, first)
        likelihood[:], total[:] = without
        room[:] = first.chance * (1 - first.chance) * float(np.median(scores.usual_order))
        total[who], likelihood[who] = scores.total, scores.likelihood
        chance[who], room[who] = scores.chance, room_to_win(scores)
    return Standing(total, likelihood, chance, room, priorities(total, customers.is_contactable), row)


def points_without_orders(scores: Scores, first: FirstOrders) -> tuple[int, int]:
    """Return likelihood and total of those without orders, against the average of those with orders."""
    chance = first.chance if first.is_known else float(scores.chance.min())
    chance = float(np.clip(chance, 0.001, 0.999))
    odds = POINTS_PER_DOUBLING * float(np.log2(chance / (1 - chance)))
    average = scores.card.base + float(scores.likelihood_averages.sum())
    likelihood = round(odds - average)
    value = int(scores.total_points[:, -1].min() - scores.total_averages[-1])
    return likelihood, round(ODDS_SHARE * likelihood) + value


def decile_bounds(scores: Standing, customers: Customers) -> list[int]:
    """The least points of each priority from 2 to 10, for what is added to points later; empty without."""
    bounds: dict[int, int] = {}
    for points, priority in zip(scores.total.tolist(), scores.priority, strict=True):
        if priority is not None:
            bounds[priority] = min(bounds.get(priority, points), points)
    found: list[int] = []
    for priority in range(10, 1, -1):
        above = [bounds[each] for each in bounds if each >= priority]
        found.insert(0, min(above) if above else int(scores.total.max(initial=0)) + 1)
    return found if bounds else []


def card_json(card: PointsCard, scores: Scores | None) -> dict[str, object]:
    """Return the card as it is kept, with the averages that reasons are told against."""
    averages = (
        {}
        if scores is None
        else {
            name: int(points)
            for name, points in zip([a.name for a in card.attributes], scores.total_averages, strict=False)
        }
    )
    return {**card.as_json(), "averages": averages}
