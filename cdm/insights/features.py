"""What is known of each customer on the morning of a cutoff, from the lines of sales before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cdm.insights.errors import NotEnoughOrders
from cdm.insights.orders.book import Floats, Ints, Lines

RECENT_DAYS = 90
MONTH = 30
# A customer of one order is given the rhythm of this many gaps of so many days, until own gaps outweigh them.
PRIOR_GAPS, PRIOR_GAP_DAYS = 2.0, 60.0
# A product that fewer have bought says little about whether it still sells.
PRIOR_BUYERS = 6.0


@dataclass(frozen=True, slots=True)
class Orders:
    """One row per order, which is all a customer bought on one day; in order of customer and day."""

    customer: Ints
    day: Ints
    value: Floats

    @classmethod
    def of(cls, lines: Lines) -> Orders:
        starts = group_starts(lines.customer, lines.day)
        return cls(lines.customer[starts], lines.day[starts], np.add.reduceat(lines.value, starts))


@dataclass(frozen=True, slots=True)
class CustomerFeatures:
    """Arrays of one length: a row per customer who had ordered by the cutoff, in order of `customer`."""

    cutoff: int
    customer: Ints
    orders: Floats
    recent_orders: Floats  # in the last 90 days
    silence: Floats  # days since the last order
    tenure: Floats  # days since the first order
    gap: Floats  # usual days between orders, shrunk towards a prior
    overdue: Floats  # silence as a share of the usual gap
    usual_order: Floats  # geometric mean of order values
    mean_order: Floats
    spend: Floats
    product_reach: Floats  # how many others buy what the customer buys: mean log of buyers per product
    still_selling: Floats  # how much of it sold in the last 30 days: mean log share of buyers
    usual_price: Floats  # log of the mean unit price of what they buy

    def __len__(self) -> int:
        return len(self.customer)


def features_at(lines: Lines, cutoff: int) -> CustomerFeatures:
    """Features from the sales before a day; later ones are not looked at. Raises NotEnoughOrders."""
    lines = lines.where(lines.day < cutoff)
    if not len(lines):
        raise NotEnoughOrders("There are no sales to known customers before the cutoff.")
    orders = Orders.of(lines)
    starts = group_starts(orders.customer)
    number = np.diff(starts, append=len(orders.customer)).astype(np.float64)
    spend = np.add.reduceat(orders.value, starts)
    first, last = orders.day[starts], np.maximum.reduceat(orders.day, starts)
    gap = (last - first + PRIOR_GAPS * PRIOR_GAP_DAYS) / (number - 1 + PRIOR_GAPS)
    silence = (cutoff - last).astype(np.float64)
    logs = np.log(np.maximum(orders.value, 0.01))
    reach, selling, price = _product_habits(lines, cutoff)
    return CustomerFeatures(
        cutoff=cutoff,
        customer=orders.customer[starts],
        orders=number,
        recent_orders=np.add.reduceat((orders.day >= cutoff - RECENT_DAYS).astype(np.float64), starts),
        silence=silence,
        tenure=(cutoff - first).astype(np.float64),
        gap=gap,
        overdue=silence / gap,
        usual_order=np.exp(np.add.reduceat(logs, starts) / number),
        mean_order=spend / number,
        spend=spend,
        product_reach=reach,
        still_selling=selling,
        usual_price=price,
    )


def _product_habits(lines: Lines, cutoff: int) -> tuple[Floats, Floats, Floats]:
    """Per customer, means over the different products bought: buyers, buyers of late, and price."""
    order = np.lexsort((lines.product, lines.customer))
    customer, product = lines.customer[order], lines.product[order]
    pairs = group_starts(customer, product)
    lately = np.maximum.reduceat(lines.day[order], pairs) >= cutoff - MONTH
    price = np.add.reduceat(lines.price[order], pairs) / np.diff(pairs, append=len(order))
    product = product[pairs]
    size = int(product.max()) + 1
    buyers = np.bincount(product, minlength=size).astype(np.float64)
    buyers_lately = np.bincount(product[lately], minlength=size)
    starts = group_starts(customer[pairs])
    number = np.diff(starts, append=len(pairs))
    share = np.log((buyers_lately + 1) / (buyers + PRIOR_BUYERS))
    reach = np.log(np.maximum(buyers, 1))
    return (
        np.add.reduceat(reach[product], starts) / number,
        np.add.reduceat(share[product], starts) / number,
        np.log(np.maximum(np.add.reduceat(price, starts) / number, 0.01)),
    )


def group_starts(*keys: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Where a new group begins in arrays that are sorted by the keys."""
    changes = np.zeros(len(keys[0]), dtype=np.bool_)
    changes[:1] = True
    for key in keys:
        changes[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(changes)
