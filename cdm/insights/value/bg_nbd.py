"""BG/NBD: how often customers buy while they are customers, and when they silently stop.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing Science 24 (2005).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, gammaln, hyp2f1, psi

from cdm.insights.orders.book import Floats
from cdm.insights.value.likelihood import maximise
from cdm.insights.value.purchases import Purchases

_STARTS = ((0.5, 1.0, 0.5, 2.0), (1.5, 5.0, 1.0, 1.0))
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_SCALED = 10.0  # times are scaled so that the longest is this, which makes starts and bounds fit any unit


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Fitted parameters, in the unit of time of the purchases they were fitted to."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    is_on_bound: bool = False

    def alive(self, buys: Purchases) -> Floats:
        """Probability that the customer has not stopped; 1 for those without a repeat order, by the model."""
        return 1 / (1 + self._dead_odds(buys))

    def expected_orders(self, buys: Purchases, time: float) -> Floats:
        """E[Y(t)]: orders in the next `time`; finite whatever the parameters.

        Equation 10 of the paper, by Euler's transform. Where a is large its power underflows while its series
        overflows; there, and wherever else it leaves what is possible, the integral it stands for is summed.
        """
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6  # noqa: PLR2004 - a removable gap at 1
        x, c = buys.repeats, a + self.b + buys.repeats - 1
        z = time / (self.alpha + buys.observed + time)
        with np.errstate(over="ignore", invalid="ignore"):
            series = hyp2f1(a + self.b - 1 - self.r, a - 1, c, z)
            orders = np.asarray(c / (a - 1) * (1 - (1 - z) ** (a - 1) * series), dtype=np.float64)
        # Nobody who may stop orders more often than the same customer would if they never stopped.
        most = (self.r + x) / (self.alpha + buys.observed) * time
        lost = ~((orders >= 0) & (orders <= most))
        if lost.any():
            orders[lost] = self._summed(x[lost], buys.observed[lost], time)
        return np.asarray(orders / (1 + self._dead_odds(buys)), dtype=np.float64)

    def _summed(self, repeats: Floats, observed: Floats, time: float) -> Floats:
        """E[Y(t)] of those who are alive: the mean of (1 - (1 + p y) ** -(r + x)) / p, p ~ Beta(a, b + x).

        y is t / (alpha + T). The integrand is smooth in p's quantiles, so Gauss's nodes stand for it.
        """
        stop = betaincinv(self.a, (self.b + repeats)[:, None], (_NODES + 1) / 2)
        stop = np.maximum(stop, np.finfo(np.float64).tiny)
        ahead = (time / (self.alpha + observed))[:, None]
        each = -np.expm1(-(self.r + repeats)[:, None] * np.log1p(stop * ahead)) / stop
        return np.asarray(each @ (_WEIGHTS / 2), dtype=np.float64)

    def chance_of_order(self, buys: Purchases, time: float) -> Floats:
        """P(at least one order in the next `time`)."""
        rate = (self.alpha + buys.observed) / (self.alpha + buys.observed + time)
        return np.asarray(self.alive(buys) * (1 - rate ** (self.r + buys.repeats)), dtype=np.float64)

    def _dead_odds(self, buys: Purchases) -> Floats:
        x = buys.repeats
        ratio = np.log((self.alpha + buys.observed) / (self.alpha + buys.last))
        odds = np.log(self.a) - np.log(self.b + np.maximum(x, 1) - 1) + (self.r + x) * ratio
        return np.asarray(np.where(x > 0, np.exp(np.minimum(odds, 700)), 0.0), dtype=np.float64)


def fit_bg_nbd(buys: Purchases) -> BgNbd:
    """By maximum likelihood; raises NoConvergence."""
    scale = _SCALED / max(float(buys.observed.max()), 1e-9)
    scaled = Purchases(buys.repeats, buys.last * scale, buys.observed * scale, buys.weight)
    found, value, is_on_bound = maximise(lambda parameters: log_likelihood(parameters, scaled), _STARTS)
    r, alpha, a, b = found.tolist()
    # Likelihoods of times in another unit differ by the density of each repeat order.
    value += float((buys.weight * buys.repeats).sum()) * np.log(scale)
    return BgNbd(r, alpha / scale, a, b, float(value), is_on_bound)


def log_likelihood(parameters: Floats, buys: Purchases) -> tuple[float, Floats]:
    """Equation 6 of the paper and its gradient by r, alpha, a and b."""
    r, alpha, a, b = parameters
    x, weight = buys.repeats, buys.weight
    log_observed, log_last = np.log(alpha + buys.observed), np.log(alpha + buys.last)
    before = np.maximum(x, 1) - 1 + b
    stays = -(r + x) * log_observed
    stops = np.where(x > 0, np.log(a) - np.log(before) - (r + x) * log_last, -np.inf)
    both = np.logaddexp(stays, stops)
    stopped = np.exp(stops - both)
    value = (
        gammaln(r + x) - gammaln(r) + r * np.log(alpha) + both
        + gammaln(b + x) - gammaln(a + b + x) - gammaln(b) + gammaln(a + b)
    )  # fmt: skip
    by_all = psi(a + b) - psi(a + b + x)
    gradient = (
        psi(r + x) - psi(r) + np.log(alpha) - (1 - stopped) * log_observed - stopped * log_last,
        r / alpha - (r + x) * ((1 - stopped) / (alpha + buys.observed) + stopped / (alpha + buys.last)),
        by_all + stopped / a,
        by_all + psi(b + x) - psi(b) - stopped / before,
    )
    return float(weight @ value), np.array([weight @ part for part in gradient])
