"""NBD: how often customers buy, where nothing can be said about who has stopped (Ehrenberg 1959)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from cdm.insights.orders.book import Floats
from cdm.insights.value.likelihood import maximise
from cdm.insights.value.purchases import Purchases

_STARTS = ((0.5, 1.0), (2.0, 5.0))


@dataclass(frozen=True, slots=True)
class Nbd:
    r: float
    alpha: float
    log_likelihood: float

    def expected_orders(self, buys: Purchases, time: float) -> Floats:
        return np.asarray((self.r + buys.repeats) / (self.alpha + buys.observed) * time, dtype=np.float64)


def fit_nbd(buys: Purchases) -> Nbd:
    """By maximum likelihood, in the unit of time of the purchases; raises NoConvergence."""
    scale = 10 / max(float(buys.observed.max()), 1e-9)
    x, observed, weight = buys.repeats, buys.observed * scale, buys.weight

    def likelihood(parameters: Floats) -> tuple[float, Floats]:
        r, alpha = parameters
        logs = np.log(alpha + observed)
        value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * logs
        by_r = psi(r + x) - psi(r) + np.log(alpha) - logs
        by_alpha = r / alpha - (r + x) / (alpha + observed)
        return float(weight @ value), np.array([weight @ by_r, weight @ by_alpha])

    found, value, _ = maximise(likelihood, _STARTS)
    return Nbd(float(found[0]), float(found[1]) / scale, value + float(weight @ x) * float(np.log(scale)))
