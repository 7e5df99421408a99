"""Scores of all customers of a tenant on one day, with the reasons that add up to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdm.insights.card.attributes import Attribute, bins_of, cuts_of
from cdm.insights.card.card import POINTS_PER_DOUBLING, PointsCard
from cdm.insights.features import CustomerFeatures
from cdm.insights.orders.book import Floats, Ints

VALUE = Attribute("value", "orders so far times their usual value", 1, ())
# Twice the odds are far less than twice the orders, as the odds of good customers are high already.
ODDS_SHARE = 0.4
TOP_REASONS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Points above (or below) the tenant's average for one attribute, and the customer's own value of it."""

    name: str
    label: str
    value: float | None  # None on the line that sums up the rest
    points: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """The average customer has 0; the reasons, the last of which may be "other", sum to the score exactly."""

    score: int
    reasons: tuple[Reason, ...]
    customers: int  # how many the average was taken over


@dataclass(frozen=True, slots=True)
class Scores:
    """Points per customer (row): likelihood by attribute, and the total by attribute with the value last."""

    features: CustomerFeatures
    card: PointsCard
    cuts: tuple[Floats, ...]
    likelihood_points: Ints
    total_points: Ints
    likelihood_averages: Ints
    total_averages: Ints

    @property
    def likelihood(self) -> Ints:
        """Points above the average customer; 10 points are twice the odds of buying."""
        return np.asarray((self.likelihood_points - self.likelihood_averages).sum(axis=1), dtype=np.int64)

    @property
    def total(self) -> Ints:
        return np.asarray((self.total_points - self.total_averages).sum(axis=1), dtype=np.int64)

    @property
    def chance(self) -> Floats:
        """Calibrated probability of an order within the window the card was learned for."""
        return self.card.chance(self.likelihood_points.sum(axis=1))

    @property
    def usual_order(self) -> Floats:
        return usual_value(self.features)

    def explain_likelihood(self, row: int) -> Explanation:
        own = self.likelihood_points[row] - self.likelihood_averages
        return explain(self.features, row, self.card.attributes, own)

    def explain_total(self, row: int) -> Explanation:
        own = self.total_points[row] - self.total_averages
        return explain(self.features, row, (*self.card.attributes, VALUE), own)


def score(features: CustomerFeatures, card: PointsCard) -> Scores:
    """Points of every customer; averages are rounded once, so that all sums are of whole numbers."""
    cuts = cuts_of(features)
    likelihood = card.points_of(bins_of(features, cuts))
    value = usual_value(features) * features.orders
    doublings = np.log2(np.maximum(value, 0.01) / max(float(np.median(value)), 0.01))
    worth = np.rint(POINTS_PER_DOUBLING * doublings).astype(np.int64)
    total = np.column_stack([np.rint(likelihood * ODDS_SHARE).astype(np.int64), worth])
    return Scores(features, card, cuts, likelihood, total, _averages(likelihood), _averages(total))


def usual_value(features: CustomerFeatures) -> Floats:
    """Between the mean, which one large order can double, and the geometric mean, which hardly sees it."""
    return np.asarray(np.sqrt(features.mean_order * features.usual_order), dtype=np.float64)


def explain(
    features: CustomerFeatures, row: int, attributes: Sequence[Attribute], points: Ints
) -> Explanation:
    """The three weightiest reasons, and one line for all others."""
    ranked = sorted(range(len(points)), key=lambda number: (-abs(int(points[number])), number))
    top = [number for number in ranked[:TOP_REASONS] if points[number]]
    reasons = [
        Reason(
            attributes[number].name,
            attributes[number].label,
            _value(features, row, attributes[number]),
            int(points[number]),
        )
        for number in top
    ]
    rest = int(points.sum()) - sum(reason.points for reason in reasons)
    if rest:
        reasons.append(Reason("other", "other", None, rest))
    return Explanation(int(points.sum()), tuple(reasons), len(features))


def _value(features: CustomerFeatures, row: int, attribute: Attribute) -> float:
    if attribute is VALUE:
        # Of this customer alone: the usual value of all is as long as the tenant is large.
        return float(features.orders[row] * np.sqrt(features.mean_order[row] * features.usual_order[row]))
    return float(getattr(features, attribute.name)[row])


def _averages(points: Ints) -> Ints:
    return np.asarray(np.rint(points.mean(axis=0)), dtype=np.int64)
