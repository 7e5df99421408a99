"""What is known on the morning of the cutoff, and nothing of what came later."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from cdm.insights.card.fitting import fit_card, training_windows
from cdm.insights.features import CustomerFeatures, features_at
from cdm.insights.orders.book import OrderBook, day_number
from cdm.insights.products.matrix import Bought
from tests.cdm.insights.conftest import shop

CUTOFF = day_number(date(2011, 7, 1))


def with_another_future(book: OrderBook) -> OrderBook:
    """The same past; lines from the cutoff on have other customers, products, numbers and prices."""
    random = np.random.default_rng(7)
    lines, later = book.lines, book.lines.day >= CUTOFF
    mixed = {
        name: np.where(later, random.permutation(getattr(lines, name)), getattr(lines, name))
        for name in ("customer", "product", "quantity", "price")
    }
    order = np.lexsort((book.time, mixed["customer"]))
    changed = replace(lines, **mixed)
    moved = {field.name: getattr(changed, field.name)[order] for field in fields(changed)}
    return replace(book, lines=replace(changed, **moved), time=book.time[order])


def assert_same(one: CustomerFeatures, other: CustomerFeatures) -> None:
    for field in fields(CustomerFeatures):
        np.testing.assert_allclose(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def test_another_future_changes_no_feature_no_card_and_no_offer(book: OrderBook) -> None:
    other = with_another_future(book)
    assert not np.array_equal(book.lines.price, other.lines.price)
    assert_same(
        features_at(book.sales_before(CUTOFF), CUTOFF), features_at(other.sales_before(CUTOFF), CUTOFF)
    )
    cards = [fit_card(training_windows(each, CUTOFF, 60)) for each in (book, other)]
    assert cards[0] == cards[1]
    bought = [Bought.of(each.sales_before(CUTOFF), CUTOFF) for each in (book, other)]
    assert (bought[0].table != bought[1].table).nnz == 0
    np.testing.assert_array_equal(bought[0].recent_buyers, bought[1].recent_buyers)


def test_features_look_away_from_lines_after_the_cutoff(book: OrderBook) -> None:
    lines = book.sales_between(book.first_day, book.last_day)
    assert_same(features_at(lines, CUTOFF), features_at(lines.where(lines.day < CUTOFF), CUTOFF))


def test_training_windows_end_by_the_cutoff(book: OrderBook) -> None:
    windows = training_windows(book, CUTOFF, 60)
    assert len(windows) == 5
    assert max(window.start for window in windows) + 60 == CUTOFF


def test_an_order_is_all_a_customer_bought_on_one_day() -> None:
    book = shop(
        [("a", "2011-01-01", "x", 1, 10), ("a", "2011-01-01", "y", 2, 5), ("a", "2011-01-31", "x", 1, 80)]
    )
    found = features_at(book.sales_before(day_number(date(2011, 3, 2))), day_number(date(2011, 3, 2)))
    assert (found.orders[0], found.silence[0], found.tenure[0], found.spend[0]) == (2, 30, 60, 100)
    assert found.usual_order[0] == pytest.approx(40)
    assert found.gap[0] == (30 + 120) / 3


def test_a_sale_is_forgotten_when_a_return_cancelled_it_before_the_cutoff() -> None:
    rows = [
        ("a", "2011-01-01", "x", 3, 10),
        ("a", "2011-01-05", "x", -3, 10),
        ("a", "2011-01-09", "x", 1, 10),
    ]
    book = shop(rows)
    assert book.sales_before(day_number(date(2011, 2, 1))).value.tolist() == [10]
    assert book.sales_before(day_number(date(2011, 1, 5))).value.tolist() == [30]


def test_a_part_returned_or_returned_first_cancels_no_sale() -> None:
    rows = [
        ("a", "2011-01-01", "x", -3, 10),
        ("a", "2011-01-05", "x", 3, 10),
        ("a", "2011-01-09", "x", -1, 10),
    ]
    assert shop(rows).sales_before(day_number(date(2011, 2, 1))).value.tolist() == [30]
