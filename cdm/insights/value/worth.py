"""What each customer is expected to spend, guarded against fits that cannot tell who has stopped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cdm.insights.errors import NoConvergence
from cdm.insights.features import CustomerFeatures
from cdm.insights.orders.book import Floats
from cdm.insights.value.bg_nbd import BgNbd, fit_bg_nbd
from cdm.insights.value.gamma_gamma import GammaGamma, fit_gamma_gamma
from cdm.insights.value.nbd import Nbd, fit_nbd
from cdm.insights.value.purchases import Purchases

LEAST_STOPPING = 0.01  # a/(a+b): the mean chance to stop after an order
MOST_SPREAD = 0.3
BOOTSTRAPS = 8
DEGENERATE = "These orders do not show who has stopped buying, so no chance of being active is given."
SEASONS = "Without 24 months of orders, seasons are not taken into account."
_TWO_YEARS = 730


@dataclass(frozen=True, slots=True)
class ValueModel:
    """Orders by BG/NBD, or by NBD where the guard refused it; values by Gamma-Gamma, or plain means."""

    orders: BgNbd | Nbd
    values: GammaGamma | None
    customers: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """Per customer: expected orders and spend in the days ahead; `alive` is None where it cannot be told."""

    days: int
    expected_orders: Floats
    expected_spend: Floats
    low: Floats
    high: Floats
    alive: Floats | None
    backtest_ratio: float | None  # what was spent / what was expected, in the last window
    customers: int
    notices: tuple[str, ...]


def fit_value(features: CustomerFeatures) -> ValueModel:
    """Models of repeat orders and of their value; raises NoConvergence when not even NBD can be fitted."""
    buys = Purchases.from_features(features).binned()
    notices = [] if features.tenure.max() >= _TWO_YEARS else [SEASONS]
    orders: BgNbd | Nbd
    try:
        orders = fit_bg_nbd(buys)
        is_degenerate = guard(orders, buys) is not None
    except NoConvergence:
        is_degenerate = True
    if is_degenerate:
        orders = fit_nbd(buys)
        notices.append(DEGENERATE)
    try:
        values: GammaGamma | None = fit_gamma_gamma(features.orders, features.mean_order)
    except NoConvergence:
        values = None
    if values is not None and values.is_on_bound:
        values = None
    return ValueModel(orders, values, len(features), tuple(notices))


def guard(model: BgNbd, buys: Purchases) -> str | None:
    """Why a fit must not be shown, or None."""
    if model.is_on_bound:
        return "a parameter lies on its bound"
    if model.a / (model.a + model.b) < LEAST_STOPPING:
        return "almost nobody ever stops"
    if _spread(buys) > MOST_SPREAD:
        return "the chance of being active changes with the sample"
    return None


def _spread(buys: Purchases) -> float:
    """Mean range of P(alive) over fits to resampled customers."""
    random = np.random.default_rng(1)
    size = int(buys.weight.sum())
    found = []
    for _ in range(BOOTSTRAPS):
        weight = random.multinomial(size, buys.weight / buys.weight.sum()).astype(np.float64)
        fit = fit_bg_nbd(Purchases(buys.repeats, buys.last, buys.observed, weight))
        found.append(fit.alive(buys))
    ranges = np.ptp(np.array(found), axis=0)
    return float(np.average(ranges, weights=buys.weight))


def worth(
    model: ValueModel, features: CustomerFeatures, days: int, *, backtest_ratio: float | None = None
) -> Worth:
    """Expected spend of the next days, as a range as wide as the last backtest was wrong."""
    buys = Purchases.from_features(features)
    orders = model.orders.expected_orders(buys, float(days))
    value = features.mean_order
    if model.values is not None:
        value = model.values.expected_value(features.orders, features.mean_order)
    spend = orders * value
    ratio = 1.0 if backtest_ratio is None else backtest_ratio
    return Worth(
        days,
        orders,
        spend,
        spend * min(1.0, ratio),
        spend * max(1.0, ratio),
        model.orders.alive(buys) if isinstance(model.orders, BgNbd) else None,
        backtest_ratio,
        model.customers,
        model.notices,
    )
