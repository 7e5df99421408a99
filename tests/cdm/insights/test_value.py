"""Customer value: the published CDNOW figures, gradients, recovery of known parameters, and the guard."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad

from cdm.insights.value.bg_nbd import BgNbd, fit_bg_nbd, log_likelihood
from cdm.insights.value.gamma_gamma import GammaGamma, fit_gamma_gamma
from cdm.insights.value.nbd import Nbd
from cdm.insights.value.purchases import Purchases
from cdm.insights.value.worth import DEGENERATE, SEASONS, fit_value, guard, worth
from tests.cdm.insights.conftest import DATA, retail_window


def cdnow() -> Purchases:
    _, repeats, last, observed = np.loadtxt(DATA / "cdnow_customers_summary.csv", delimiter=",", skiprows=1).T
    return Purchases.of(repeats, last, observed)


@pytest.mark.conforms("R114")
def test_the_published_fit_to_cdnow_is_found() -> None:
    found = fit_bg_nbd(cdnow())
    assert found.r == pytest.approx(0.2426, abs=5e-5)
    assert found.alpha == pytest.approx(4.4135, abs=5e-4)
    assert found.a == pytest.approx(0.7929, abs=5e-4)
    assert found.b == pytest.approx(2.4258, abs=5e-3)
    assert found.log_likelihood == pytest.approx(-9582.43, abs=0.01)
    one = Purchases.of(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert found.expected_orders(one, 39)[0] == pytest.approx(1.226, abs=5e-4)
    assert guard(found, cdnow()) is None


def test_the_gradient_is_the_slope_of_the_likelihood() -> None:
    buys = cdnow()
    start = np.array([0.3, 4.0, 0.7, 2.0])
    error = check_grad(lambda p: log_likelihood(p, buys)[0], lambda p: log_likelihood(p, buys)[1], start)
    assert error / np.linalg.norm(log_likelihood(start, buys)[1]) < 1e-4


def test_binning_days_and_weeks_changes_the_fit_by_less_than_half_a_percent() -> None:
    buys = cdnow()
    daily = Purchases.of(buys.repeats, buys.last * 7, buys.observed * 7)
    binned = daily.binned()
    assert len(binned.weight) < len(daily.weight)
    assert binned.weight.sum() == len(daily.weight)
    exact, coarse = (fit.expected_orders(daily, 60).sum() for fit in (fit_bg_nbd(daily), fit_bg_nbd(binned)))
    assert coarse == pytest.approx(exact, rel=0.005)


def test_expected_orders_do_not_overflow_for_the_busiest() -> None:
    model = BgNbd(0.2426, 4.4135, 0.7929, 2.4258, 0.0)
    busy = Purchases.of(np.array([900.0, 0.0]), np.array([300.0, 0.0]), np.array([300.0, 300.0]))
    orders, chance = model.expected_orders(busy, 60), model.chance_of_order(busy, 60)
    assert np.isfinite(orders).all()
    assert orders[0] == pytest.approx(900 / 304 * 60, rel=0.1)
    assert ((chance >= 0) & (chance <= 1)).all()


@pytest.mark.parametrize("b", [1e-4, 0.1, 50.0, 8000.0])
@pytest.mark.parametrize("a", [1e-4, 1.0, 100.0, 3000.0, 8000.0])
@pytest.mark.parametrize("r", [0.01, 5.0, 500.0])
def test_expected_orders_are_possible_whatever_was_fitted(r: float, a: float, b: float) -> None:
    """The series alone answers infinity, or less than nothing, for many of these."""
    repeats, observed = np.meshgrid(np.array([0.0, 1.0, 4.0, 40.0]), np.array([1.0, 90.0, 900.0]))
    buys = Purchases.of(repeats.ravel(), np.where(repeats > 0, observed * 0.9, 0).ravel(), observed.ravel())
    for alpha in (0.01, 5.0, 8000.0):
        model = BgNbd(r, alpha, a, b, 0.0)
        orders = model.expected_orders(buys, 90)
        most = (r + buys.repeats) / (alpha + buys.observed) * 90 * model.alive(buys)
        assert ((orders >= 0) & (orders <= most * (1 + 1e-9))).all()


def test_the_sum_stands_for_the_series_where_both_can_be_had() -> None:
    model = fit_bg_nbd(cdnow())
    buys = cdnow()
    series = model.expected_orders(buys, 39)
    summed = model._summed(buys.repeats, buys.observed, 39) * model.alive(buys)
    assert summed == pytest.approx(series, rel=1e-3)


def test_the_published_mean_value_of_an_order_lies_between_own_and_general_mean() -> None:
    model = GammaGamma(6.25, 3.74, 15.44)
    general = 6.25 * 15.44 / 2.74
    found = model.expected_value(np.array([0.0, 1.0, 1_000.0]), np.array([0.0, 100.0, 100.0]))
    assert found[0] == pytest.approx(general) == pytest.approx(35.22, abs=0.01)
    assert general < found[1] < 100
    assert found[2] == pytest.approx(100, rel=0.01)


def test_gamma_gamma_finds_the_parameters_its_data_were_made_with() -> None:
    random = np.random.default_rng(3)
    orders = random.integers(1, 30, 20_000).astype(np.float64)
    scale = random.gamma(3.74, 1 / 15.44, len(orders))
    mean = random.gamma(6.25 * orders) / scale / orders
    found = fit_gamma_gamma(orders, mean)
    assert found.p == pytest.approx(6.25, rel=0.05)
    assert found.q == pytest.approx(3.74, rel=0.05)
    assert found.gamma == pytest.approx(15.44, rel=0.1)


def test_where_nobody_seems_to_stop_no_chance_of_being_active_is_given() -> None:
    features = retail_window("2011-07-01").features
    model = fit_value(features)
    assert isinstance(model.orders, Nbd)
    found = worth(model, features, 60, backtest_ratio=1.4)
    assert found.alive is None
    assert set(found.notices) == {DEGENERATE, SEASONS}
    np.testing.assert_allclose(found.low, found.expected_spend)
    np.testing.assert_allclose(found.high, found.expected_spend * 1.4)
    assert found.expected_spend.sum() == pytest.approx(retail_window("2011-07-01").revenue.sum(), rel=0.4)


def test_a_fit_whose_answers_change_with_the_sample_is_refused() -> None:
    random = np.random.default_rng(5)
    observed = np.full(25, 40.0)
    repeats = random.integers(0, 3, 25).astype(np.float64)
    buys = Purchases.of(repeats, np.where(repeats > 0, random.uniform(1, 40, 25), 0), observed)
    assert guard(fit_bg_nbd(buys), buys) is not None
