"""What the card counts, in which direction, and between which bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdm.insights.features import CustomerFeatures
from cdm.insights.orders.book import Floats, Ints

TENTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing counted. Ranked ones are cut at the tenant's own quantiles: no currency is written down."""

    name: str  # a field of CustomerFeatures
    label: str
    sign: int  # +1: more is never worse; -1: more is never better
    edges: tuple[float, ...]  # a value equal to an edge belongs above it
    is_ranked: bool = False

    @property
    def bins(self) -> int:
        return len(self.edges) + 1

    def cuts(self, values: Floats) -> Floats:
        """The bounds in the units of the values."""
        if self.is_ranked:
            return np.quantile(values, self.edges) if len(values) else np.zeros(len(self.edges))
        return np.asarray(self.edges, dtype=np.float64)


# Close together where most customers of most shops are, and open at the end for shops of daily custom.
_ORDERS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30, 40, 60, 100)
_RECENT = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30)
_SILENCE = (4, 8, 15, 22, 31, 46, 61, 91, 121, 181, 271, 366, 731)
_OVERDUE = (0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 6)
_GAP = (5, 7, 10, 14, 18, 22, 26, 30, 35, 40, 45, 50, 55, 60, 75, 90)

ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("orders", "orders so far", 1, _ORDERS),
    Attribute("recent_orders", "orders in the last 90 days", 1, _RECENT),
    Attribute("silence", "days since the last order", -1, _SILENCE),
    Attribute("overdue", "silence against their own rhythm", -1, _OVERDUE),
    Attribute("gap", "usual days between orders", -1, _GAP),
    Attribute("usual_order", "usual value of an order", 1, TENTHS, is_ranked=True),
    Attribute("product_reach", "buys what many buy", 1, TENTHS, is_ranked=True),
    Attribute("still_selling", "what they buy still sells", 1, TENTHS, is_ranked=True),
    Attribute("usual_price", "unit price of what they buy", -1, TENTHS, is_ranked=True),
)


def cuts_of(features: CustomerFeatures, attributes: Sequence[Attribute] = ATTRIBUTES) -> tuple[Floats, ...]:
    """The bounds of each attribute for these customers; with them one can be scored alone."""
    return tuple(attribute.cuts(getattr(features, attribute.name)) for attribute in attributes)


def bins_of(
    features: CustomerFeatures, cuts: Sequence[Floats], attributes: Sequence[Attribute] = ATTRIBUTES
) -> Ints:
    """The bin of each customer (row) on each attribute (column), counted from 0."""
    columns = [
        np.searchsorted(bounds, getattr(features, attribute.name), side="right")
        for attribute, bounds in zip(attributes, cuts, strict=True)
    ]
    return np.column_stack(columns).astype(np.int64)
