"""Usual and new products: what is never offered, what speaks for an offer, and which kind it is."""

from __future__ import annotations

import numpy as np
import pytest

from cdm.insights.orders.book import day_number
from cdm.insights.products.matrix import Bought
from cdm.insights.products.offers import CROSS_SELL, DISCOUNT, REACTIVATION, UPSELL, offer_kind
from cdm.insights.products.pairs import count_pairs, popularity_in_second_orders
from cdm.insights.products.recommend import new_offers, new_scores, top_products, usual_offers, usual_products
from cdm.insights.products.similar import ease, neighbours, product_weights
from tests.cdm.insights.conftest import Row, shop

CUTOFF = day_number(np.datetime64("2011-03-01").astype(object))


def tea_and_mugs() -> list[Row]:
    """Who buys tea buys mugs; who buys nails buys a hammer; the last one has had only tea."""
    rows: list[Row] = []
    for number in range(30):
        pair = ("tea", "mug") if number % 2 else ("nails", "hammer")
        rows += [(f"c{number:02d}", f"2011-02-{number % 27 + 1:02d}", product, 1, 5) for product in pair]
    return [*rows, ("zoe", "2011-02-01", "tea", 1, 5), ("zoe", "2011-02-20", "tea", 1, 5)]


def bought() -> tuple[Bought, int]:
    book = shop(tea_and_mugs())
    return Bought.of(book.sales_before(CUTOFF), CUTOFF), book.customers.index("zoe")


@pytest.mark.parametrize("method", [ease, neighbours])
def test_a_new_product_is_what_goes_with_the_own_ones(method: object) -> None:
    table, zoe = bought()
    scores = new_scores(table, method(table.table), np.array([zoe]))  # type: ignore[operator]
    book = shop(tea_and_mugs())
    best = top_products(scores, 5)[0]
    assert book.products[best[0]] == "mug"


def test_what_a_customer_had_is_never_new_to_them() -> None:
    table, zoe = bought()
    scores = new_scores(table, ease(table.table), np.arange(len(table.customers)))
    assert np.isneginf(scores[table.table.nonzero()]).all()
    pairs = count_pairs(shop(tea_and_mugs()).sales_before(CUTOFF), table.products)
    offers = new_offers(zoe, top_products(scores, 4)[zoe].tolist(), scores[zoe], table, pairs)
    assert len(offers) == 3


def test_the_reason_names_how_often_and_how_far_above_chance() -> None:
    table, zoe = bought()
    book = shop(tea_and_mugs())
    scores = new_scores(table, ease(table.table), np.array([zoe]))
    pairs = count_pairs(book.sales_before(CUTOFF), table.products)
    offers = new_offers(zoe, top_products(scores, 4)[0].tolist(), scores[0], table, pairs)
    assert offers[0].reason == "bought together 15 times, 1.9 x chance"
    assert offers[0].n == 15


def test_few_orders_together_are_no_reason() -> None:
    book = shop([(f"c{n}", "2011-02-01", product, 1, 5) for n in range(9) for product in ("a", "b")])
    pairs = count_pairs(book.sales_before(CUTOFF), np.array([0, 1]))
    assert pairs.lift(0, 1) == 0
    assert pairs.lifts().nnz == 0


def test_usual_products_count_days_and_late_ones_most() -> None:
    old = [("a", f"2010-0{month}-01", "old", 1, 5.0) for month in (1, 2, 3)]
    book = shop([*old, ("a", "2011-02-20", "late", 1, 5), ("a", "2011-02-20", "late", 1, 5)])
    lines = book.sales_before(CUTOFF)
    table = Bought.of(lines, CUTOFF)
    offers = usual_offers(0, 5, usual_products(lines, table), table)
    assert [book.products[offer.product] for offer in offers] == ["late", "old"]
    assert [(offer.reason, offer.n) for offer in offers] == [
        ("bought once before", 1),
        ("bought on 3 days before", 3),
    ]


def test_second_orders_are_counted_apart() -> None:
    days = [("2011-01-01", "x"), ("2011-01-02", "y"), ("2011-01-03", "z")]
    book = shop([(customer, day, product, 1, 5) for customer in "ab" for day, product in days])
    found = popularity_in_second_orders(book.sales_before(CUTOFF), np.arange(3))
    assert found.tolist() == [0, 2, 0]


def test_beyond_a_size_of_catalogue_neighbours_replace_the_inverse() -> None:
    table, _ = bought()
    assert isinstance(product_weights(table.table), np.ndarray)
    assert not isinstance(product_weights(table.table, largest_for_ease=3), np.ndarray)


@pytest.mark.conforms("R110")
@pytest.mark.parametrize(
    ("orders", "overdue", "kind", "products"),
    [
        (0, 0.0, CROSS_SELL, "new"),
        (1, 0.9, CROSS_SELL, "second_order"),
        (1, 2.0, REACTIVATION, "usual"),
        (5, 0.5, CROSS_SELL, "new"),
        (5, 0.75, UPSELL, "usual"),
        (5, 1.5, REACTIVATION, "usual"),
        (5, 4.0, DISCOUNT, "usual"),
    ],
)
def test_the_kind_of_offer_follows_the_moment(orders: int, overdue: float, kind: str, products: str) -> None:
    found = offer_kind(orders=orders, overdue=overdue, has_usual=True)
    assert (found.kind, found.products) == (kind, products)
    assert found.reason
