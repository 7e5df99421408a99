"""What to offer each customer, block by block: products they usually buy, and products new to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from cdm.insights.orders.book import Floats, Ints, Lines
from cdm.insights.products.matrix import Bought
from cdm.insights.products.pairs import Pairs, count_pairs, popularity_in_second_orders
from cdm.insights.products.recommend import Usual, new_scores, top_products, usual_products
from cdm.insights.products.similar import product_weights
from cdm.recommending.contacts import Looks
from cdm.recommending.customers import Catalogue
from cdm.recommending.kinds import BOUGHT_BEFORE, LOOKED_AT, POPULAR, SECOND, TOGETHER

USUAL, NEW, LOOKED = 5, 5, 2
ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Offer:
    """One product for one customer: its number, why, the number of times, and times chance where told."""

    product: int
    kind: str
    n: int
    lift: float = 0.0


Offers = Sequence[Offer]


@dataclass(frozen=True, slots=True)
class ProductModel:
    """What was learned of products from the orders before today."""

    bought: Bought
    weights: Floats | csr_matrix
    usual: Usual
    lifts: csr_matrix  # products by products, sorted within rows
    pairs: Pairs
    seconds: Floats
    row_of: Ints  # per customer number, the row in `bought`; -1 for those who bought no known product

    @property
    def popular(self) -> list[Offer]:
        """What most customers bought of late."""
        return _first(self.bought, self.bought.recent_buyers, POPULAR)

    @property
    def second(self) -> list[Offer]:
        """What most customers took in their second order."""
        return _first(self.bought, self.seconds * (self.bought.recent_buyers > 0), SECOND)


def learn_products(lines: Lines, catalogue: Catalogue, customers: int, cutoff: int) -> ProductModel | None:
    """Learn from the sales of products in the catalogue; None where there are none."""
    lines = lines.where(lines.product < len(catalogue))
    if not len(lines):
        return None
    bought = Bought.of(lines, cutoff)
    # What is sold no longer has no buyers of late, and so is offered to nobody.
    bought.recent_buyers[~catalogue.is_active[bought.products]] = 0
    pairs = count_pairs(lines, bought.products)
    row_of = np.full(customers, -1, dtype=np.int64)
    row_of[bought.customers] = np.arange(len(bought.customers))
    lifts = pairs.lifts()
    lifts.sort_indices()
    return ProductModel(
        bought,
        product_weights(bought.table),
        usual_products(lines, bought),
        lifts,
        pairs,
        popularity_in_second_orders(lines, bought.products),
        row_of,
    )


def usual_of(model: ProductModel, row: int, is_active: Sequence[bool]) -> list[Offer]:
    """What a customer bought most, of late most of all."""
    start, end = model.usual.scores.indptr[row : row + 2]
    scores, columns = model.usual.scores.data[start:end], model.usual.scores.indices[start:end]
    times, products = model.usual.times.data[start:end], model.bought.products
    found: list[Offer] = []
    for place in np.lexsort((columns, -scores)).tolist():
        product = int(products[columns[place]])
        if is_active[product]:
            found.append(Offer(product, BOUGHT_BEFORE, int(times[place])))
        if len(found) == USUAL:
            break
    return found


def new_of(model: ProductModel, rows: Ints) -> Iterator[list[Offer]]:
    """Products new to each of these customers, best first, with what speaks for them."""
    scores = new_scores(model.bought, model.weights, rows)
    top = top_products(scores, NEW)
    best = np.take_along_axis(scores, top, axis=1)
    lifts, togethers = _lifts(model, rows, top)
    products, recent = model.bought.products, model.bought.recent_buyers
    for number in range(len(rows)):
        offers: list[Offer] = []
        for place, column in enumerate(top[number].tolist()):
            if not best[number, place] > 0:
                break
            lift, together = float(lifts[number, place]), int(togethers[number, place])
            if lift > 1:
                offers.append(Offer(int(products[column]), TOGETHER, together, lift))
            else:
                offers.append(Offer(int(products[column]), POPULAR, int(recent[column])))
        yield offers


def _lifts(model: ProductModel, rows: Ints, top: Ints) -> tuple[Floats, Floats]:
    """The greatest lift of each top product with what the customer had, and how often both were bought."""
    had = model.bought.table[rows]
    width = top.shape[1]
    row = np.repeat(np.arange(len(rows)), np.diff(had.indptr))
    own = np.repeat(had.indices.astype(np.int64), width)
    offered = top[row].ravel()
    found = _values(model.lifts, own, offered)
    cell = np.repeat(row, width) * width + np.tile(np.arange(width), len(row))
    # The last of equal cells wins: with lifts in growing order that is the greatest.
    order = np.argsort(found, kind="stable")
    lifts, with_which = np.zeros(len(rows) * width), np.zeros(len(rows) * width, dtype=np.int64)
    lifts[cell[order]] = found[order]
    with_which[cell[order]] = own[order]
    together = _values(model.pairs.together, with_which, top.ravel())
    return lifts.reshape(top.shape), together.reshape(top.shape)


def _values(table: csr_matrix, row: Ints, column: Ints) -> Floats:
    """The cells of a sparse table, 0 where it has none."""
    return np.asarray(table[row, column], dtype=np.float64).ravel() if len(row) else np.zeros(0)


def looked_of(looks: Looks, customers: int) -> Ints:
    """Where each customer's looks begin, and after the last customer where they end."""
    return np.searchsorted(looks.customer, np.arange(customers + 1)).astype(np.int64)


def with_looks(looks: Looks, span: slice, offers: list[Offer], skip: set[int]) -> list[Offer]:
    """Put what a customer looked at of late, and never bought, first."""
    found = [
        Offer(product, LOOKED_AT, times)
        for product, times in zip(looks.product[span].tolist(), looks.times[span].tolist(), strict=True)
        if product not in skip
    ][:LOOKED]
    seen = {offer.product for offer in found}
    return (found + [offer for offer in offers if offer.product not in seen])[:NEW]


def _first(bought: Bought, scores: Floats, kind: str) -> list[Offer]:
    top = top_products(scores[np.newaxis, :], NEW)[0].tolist()
    return [
        Offer(int(bought.products[column]), kind, int(scores[column])) for column in top if scores[column] > 0
    ]
