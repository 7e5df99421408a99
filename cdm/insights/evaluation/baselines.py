"""Orders of calling that need no model, for comparison: higher is called first."""

from __future__ import annotations

import numpy as np

from cdm.insights.features import CustomerFeatures
from cdm.insights.orders.book import Floats

# The rule a CRM without measurements would ship: temperature by recency, plus value, plus number of orders.
SEED_HOT_DAYS, SEED_WARM_DAYS = 30, 60
SEED_HIGH_VALUE, SEED_MIDDLE_VALUE = 0.9, 0.5  # quantiles of past spend
SEED_MANY_ORDERS, SEED_SOME_ORDERS = 8, 3


def baselines(features: CustomerFeatures) -> dict[str, Floats]:
    seed = seed_heuristic(features)
    return {
        "recency": -features.silence,
        "frequency": features.orders,
        "spend": features.spend,
        "rfm_sum": _fifths(-features.silence) + _fifths(features.orders) + _fifths(features.spend),
        "seed_heuristic": seed,
        "seed_heuristic_value_breaks_ties": seed + _ranks(features.spend) / (2 * len(features)),
    }


def seed_heuristic(features: CustomerFeatures) -> Floats:
    """Points 2 to 9: 1-3 for recency, 1-3 for past spend, 0-3 for the number of orders."""
    high, middle = np.quantile(features.spend, [SEED_HIGH_VALUE, SEED_MIDDLE_VALUE])
    late, soon = features.silence <= SEED_HOT_DAYS, features.silence <= SEED_WARM_DAYS
    many, some = features.orders >= SEED_MANY_ORDERS, features.orders >= SEED_SOME_ORDERS
    recency = np.select([late, soon], [3.0, 2.0], 1.0)
    value = np.select([features.spend > high, features.spend > middle], [3.0, 2.0], 1.0)
    return np.asarray(recency + value + np.select([many, some], [3.0, 1.0], 0.0), dtype=np.float64)


def _fifths(values: Floats) -> Floats:
    return np.asarray(np.ceil(_ranks(values) / len(values) * 5), dtype=np.float64)


def _ranks(values: Floats) -> Floats:
    """Ranks from 1, equal values sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=np.float64)
