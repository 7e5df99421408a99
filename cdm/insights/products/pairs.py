"""How often two products are bought together, against chance: words for a reason, too weak for a sort."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from cdm.insights.features import group_starts
from cdm.insights.orders.book import Floats, Ints, Lines

LEAST_SUPPORT = 10


@dataclass(frozen=True, slots=True)
class Pairs:
    """Orders with both products, over different products by position; the diagonal counts one product."""

    products: Ints
    together: csr_matrix
    orders: int

    def lift(self, first: int, second: int) -> float:
        """Times chance; 0 below the support that makes it more than luck."""
        both = float(self.together[first, second])
        alone = float(self.together[first, first]) * float(self.together[second, second])
        return both * self.orders / alone if both >= LEAST_SUPPORT and alone else 0.0

    def lifts(self) -> csr_matrix:
        """The lift of every pair with enough support."""
        single = self.together.diagonal()
        table = self.together.tocoo(copy=True)
        keep = (table.data >= LEAST_SUPPORT) & (table.row != table.col)
        row, column, both = table.row[keep], table.col[keep], table.data[keep]
        values = both * self.orders / (single[row] * single[column])
        return csr_matrix((values, (row, column)), shape=table.shape)


def count_pairs(lines: Lines, products: Ints) -> Pairs:
    """An order is all a customer bought on one day; `products` says which position a product has."""
    starts = group_starts(lines.customer, lines.day)
    order = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(lines)))
    column = np.searchsorted(products, lines.product)
    basket = csr_matrix((np.ones(len(order)), (order, column)), shape=(len(starts), len(products)))
    basket.sum_duplicates()
    basket.data[:] = 1.0
    return Pairs(products, (basket.T @ basket).tocsr(), len(starts))


def popularity_in_second_orders(lines: Lines, products: Ints) -> Floats:
    """Customers who had each product in their second order, which is what to show after a first."""
    starts = group_starts(lines.customer, lines.day)
    order = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(lines)))
    firsts = group_starts(lines.customer[starts])
    number = np.arange(len(starts)) - np.repeat(firsts, np.diff(firsts, append=len(starts)))
    second = number[order] == 1
    pairs = np.unique(np.column_stack([order[second], lines.product[second]]), axis=0)
    counts = np.bincount(np.searchsorted(products, pairs[:, 1]), minlength=len(products))
    return counts.astype(np.float64)
