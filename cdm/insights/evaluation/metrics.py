"""How well an order of customers put buyers and money first; ties are averaged, intervals bootstrapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cdm.insights.orders.book import Flags, Floats, Ints

TOP = 0.1
INTERVAL = (2.5, 97.5)
FIGURES = ("auc", "share_buying", "revenue_share")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval over resampled customers."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ordering:
    """Customers in order of score, best first, and where groups of equal scores begin."""

    order: Ints
    starts: Ints
    bought: Floats
    revenue: Floats

    @classmethod
    def of(cls, score: Floats, bought: Flags, revenue: Floats) -> Ordering:
        order = np.argsort(-score, kind="stable")
        ranked = score[order]
        starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))
        return cls(order, starts, bought[order].astype(np.float64), revenue[order])

    def figures(self, weights: Floats) -> tuple[float, float, float]:
        """AUC, share buying in the top tenth, and its share of all revenue; a weight per customer."""
        own = weights[self.order]
        size = np.add.reduceat(own, self.starts)
        buyers = np.add.reduceat(own * self.bought, self.starts)
        money = np.add.reduceat(own * self.revenue, self.starts)
        others = size - buyers
        below = others.sum() - np.cumsum(others)
        pairs = buyers.sum() * others.sum()
        auc = float((buyers * (below + others / 2)).sum() / pairs) if pairs else float("nan")
        top = TOP * size.sum()
        before = np.cumsum(size) - size
        taken = np.clip((top - before) / np.maximum(size, 1e-12), 0, 1)
        total = money.sum()
        share = float((taken * money).sum() / total) if total else float("nan")
        return auc, float((taken * buyers).sum() / top), share


def estimates(orderings: Mapping[str, Ordering], replicates: int) -> dict[str, dict[str, Estimate]]:
    """The figures of each ordering, with intervals over one set of resamples common to all."""
    size = len(next(iter(orderings.values())).order)
    random = np.random.default_rng(1)
    resampled: dict[str, list[tuple[float, ...]]] = {name: [] for name in orderings}
    for _ in range(replicates):
        drawn = np.bincount(random.integers(0, size, size), minlength=size).astype(np.float64)
        for name, ordering in orderings.items():
            resampled[name].append(ordering.figures(drawn))
    whole = np.ones(size)
    return {
        name: dict(zip(FIGURES, _with_intervals(ordering.figures(whole), resampled[name]), strict=True))
        for name, ordering in orderings.items()
    }


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of resampled figures; a resample in which a figure is undefined is left out."""
    known = np.asarray([value for value in values if not np.isnan(value)])
    low, high = np.percentile(known, INTERVAL) if len(known) else (0.0, 1.0)
    return float(low), float(high)


def _with_intervals(values: Sequence[float], resampled: Sequence[Sequence[float]]) -> Iterator[Estimate]:
    for value, drawn in zip(values, zip(*resampled, strict=True), strict=True):
        yield Estimate(value, *interval(drawn))
