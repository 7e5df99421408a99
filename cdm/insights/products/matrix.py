"""Who bought what, as a sparse table of customers and products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from cdm.insights.orders.book import Floats, Ints, Lines

POPULAR_DAYS = 30


@dataclass(frozen=True, slots=True)
class Bought:
    """Rows are customers and columns products, both by the positions in `customers` and `products`."""

    cutoff: int
    customers: Ints
    products: Ints
    table: csr_matrix  # 1 where the customer ever bought the product
    recent_buyers: Floats  # per product, in the 30 days before the cutoff
    last_day: Ints  # per product, of its last sale

    @classmethod
    def of(cls, lines: Lines, cutoff: int) -> Bought:
        lines = lines.where(lines.day < cutoff)
        customers, row = np.unique(lines.customer, return_inverse=True)
        products, column = np.unique(lines.product, return_inverse=True)
        shape = (len(customers), len(products))
        table = csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
        table.sum_duplicates()
        table.data[:] = 1.0
        recent = lines.day >= cutoff - POPULAR_DAYS
        pairs = np.unique(row[recent].astype(np.int64) * len(products) + column[recent])
        buyers = np.bincount(pairs % max(len(products), 1), minlength=len(products)).astype(np.float64)
        last = np.zeros(len(products), dtype=np.int64)
        np.maximum.at(last, column, lines.day)
        return cls(cutoff, customers, products, table, buyers, last)
