"""Repeat orders per customer, the way the models of repeat buying count them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdm.insights.features import CustomerFeatures
from cdm.insights.orders.book import Floats

_WEEKLY_FROM = 60.0


@dataclass(frozen=True, slots=True)
class Purchases:
    """Repeat orders x, time of the last t_x and time observed T since the first order; `weight` customers."""

    repeats: Floats
    last: Floats
    observed: Floats
    weight: Floats

    @classmethod
    def of(cls, repeats: Floats, last: Floats, observed: Floats) -> Purchases:
        return cls(repeats, last, observed, np.ones(len(repeats)))

    @classmethod
    def from_features(cls, features: CustomerFeatures) -> Purchases:
        return cls.of(features.orders - 1, features.tenure - features.silence, features.tenure)

    def binned(self) -> Purchases:
        """Alike customers as one row: days up to 60, then weeks; half a percent off at most."""
        times = np.column_stack([self.repeats, _coarse(self.last), _coarse(self.observed)])
        times[:, 1] = np.minimum(times[:, 1], times[:, 2])
        packed = (times[:, 0] * 1e12 + np.rint(times[:, 1] * 10) * 1e6 + np.rint(times[:, 2] * 10)).astype(
            np.int64
        )
        _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
        weight = np.asarray(np.bincount(inverse, weights=self.weight), dtype=np.float64)
        rows = times[first]
        return Purchases(rows[:, 0], rows[:, 1], rows[:, 2], weight)


def _coarse(days: Floats) -> Floats:
    weeks = _WEEKLY_FROM + (np.floor((days - _WEEKLY_FROM) / 7) + 0.5) * 7
    return np.where(days < _WEEKLY_FROM, days, weeks)
