"""The points card: reasons add up for everybody, and no attribute works against its sign."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdm.insights.card.attributes import ATTRIBUTES, bins_of, cuts_of
from cdm.insights.card.card import PointsCard
from cdm.insights.card.fitting import fit_card, training_windows
from cdm.insights.card.scores import VALUE, score
from cdm.insights.features import features_at
from cdm.insights.orders.book import day_number
from tests.cdm.insights.conftest import retail_scores, retail_window, shop


@pytest.mark.conforms("R107", "B115")
def test_the_reasons_of_every_customer_sum_to_the_score() -> None:
    scores = retail_scores("2011-07-01")
    for row in range(len(scores.features)):
        for explained, whole in (
            (scores.explain_likelihood(row), scores.likelihood[row]),
            (scores.explain_total(row), scores.total[row]),
        ):
            assert explained.score == whole == sum(reason.points for reason in explained.reasons)
            assert len(explained.reasons) <= 4
            assert all(reason.points for reason in explained.reasons)


def test_an_explanation_says_how_many_customers_its_average_is_of() -> None:
    scores = retail_scores("2011-07-01")
    assert scores.explain_total(0).customers == len(scores.features) == 2_956


@pytest.mark.parametrize("card", ["shipped", "learned"])
def test_no_step_goes_against_the_sign_of_its_attribute(card: str) -> None:
    found = PointsCard.shipped() if card == "shipped" else retail_scores("2011-06-01").card
    for attribute, table in zip(ATTRIBUTES, found.points, strict=True):
        steps = np.diff(table) * attribute.sign
        assert len(table) == attribute.bins
        assert (steps >= 0).all(), attribute.name


@given(row=st.integers(0, 2_955), which=st.integers(0, len(ATTRIBUTES) - 1), factor=st.floats(1, 50))
def test_raising_one_attribute_never_moves_the_likelihood_against_its_sign(
    row: int, which: int, factor: float
) -> None:
    features, attribute = retail_window("2011-07-01").features, ATTRIBUTES[which]
    card, cuts = retail_scores("2011-07-01").card, cuts_of(features)
    bins = bins_of(features, cuts)[row : row + 1]
    raised = bins.copy()
    value = float(getattr(features, attribute.name)[row])
    raised[0, which] = np.searchsorted(cuts[which], value + abs(value) * (factor - 1), side="right")
    change = int(card.points_of(raised).sum() - card.points_of(bins).sum())
    assert change * attribute.sign >= 0


def test_chances_are_calibrated_on_the_days_after_the_cutoff() -> None:
    for cutoff in ("2011-06-01", "2011-07-01", "2011-07-11"):
        chance, bought = retail_scores(cutoff).chance, retail_window(cutoff).bought
        hot, cold = bought[chance >= 0.6].mean(), bought[chance < 0.3].mean()
        warm = bought[(chance >= 0.3) & (chance < 0.6)].mean()
        assert hot > 0.62
        assert 0.25 < warm < 0.5
        assert cold < 0.25


def test_a_shop_without_a_past_is_scored_by_the_shipped_card() -> None:
    book = shop([(f"c{n}", f"2011-01-{n % 27 + 1:02d}", "x", n + 1, 2) for n in range(30)])
    start = day_number(np.datetime64("2011-02-01").astype(object))
    card = fit_card(training_windows(book, start, 60))
    assert card is PointsCard.shipped()
    scores = score(features_at(book.sales_before(start), start), card)
    assert ((scores.chance > 0) & (scores.chance < 1)).all()


def test_the_shipped_card_was_learned_before_every_cutoff_it_is_measured_at() -> None:
    assert max(PointsCard.shipped().windows) == "2011-04-02"


def test_value_counts_ten_points_for_twice_the_spend() -> None:
    scores = retail_scores("2011-07-01")
    worth = scores.usual_order * scores.features.orders
    points = scores.total_points[:, -1]
    twice = np.log2(worth / np.median(worth))
    assert np.abs(points - 10 * twice).max() <= 0.5
    assert VALUE.sign == 1
