"""Gamma-Gamma: what the orders of a customer will be worth, between their own mean and everybody's.

Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from cdm.insights.errors import NoConvergence
from cdm.insights.orders.book import Floats
from cdm.insights.value.likelihood import maximise

_STARTS = ((2.0, 3.0, 1.0), (6.0, 4.0, 0.5))
LEAST_CUSTOMERS = 20


@dataclass(frozen=True, slots=True)
class GammaGamma:
    p: float
    q: float
    gamma: float
    log_likelihood: float = 0.0
    is_on_bound: bool = False

    def expected_value(self, orders: Floats, mean: Floats) -> Floats:
        """Expected mean value of an order, given that many orders and their mean."""
        known = self.p * orders
        return np.asarray(self.p * (self.gamma + orders * mean) / (known + self.q - 1), dtype=np.float64)


def fit_gamma_gamma(orders: Floats, mean: Floats) -> GammaGamma:
    """From customers with at least one counted order of a positive mean value; raises NoConvergence."""
    keep = (orders > 0) & (mean > 0)
    x, unit = orders[keep], float(np.median(mean[keep])) if keep.any() else 1.0
    if len(x) < LEAST_CUSTOMERS:
        raise NoConvergence(f"Only {len(x)} customers with orders of a value; {LEAST_CUSTOMERS} are needed.")
    m = mean[keep] / unit

    def likelihood(parameters: Floats) -> tuple[float, Floats]:
        p, q, gamma = parameters
        logs, sums = np.log(gamma + m * x), np.log(m * x)
        value = (
            gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma) + p * x * sums - np.log(m)
            - (p * x + q) * logs
        )  # fmt: skip
        by_p = x * (psi(p * x + q) - psi(p * x) + sums - logs)
        by_q = psi(p * x + q) - psi(q) + np.log(gamma) - logs
        by_gamma = q / gamma - (p * x + q) / (gamma + m * x)
        return float(value.sum()), np.array([by_p.sum(), by_q.sum(), by_gamma.sum()])

    found, value, is_on_bound = maximise(likelihood, _STARTS)
    p, q, gamma = found.tolist()
    return GammaGamma(p, q, gamma * unit, value - len(x) * float(np.log(unit)), is_on_bound or q <= 1)
