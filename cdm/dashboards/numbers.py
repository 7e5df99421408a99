"""What the management looks at: revenue, buyers, stages, products, and what customers are worth.

Counted set-wise over the orders of the last year, and kept for ten minutes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from cdm.days import last_months, start_of
from cdp.models import Tenant
from cdp.postgresql.statistics import know_tenant
from cdp.recall import recall_or

MONTHS = 12
PRODUCT_DAYS = 90
PRODUCTS_SHOWN = 10
KEPT_FOR = 600
# Bounds of the distribution as multiples of a round tenth of what a good customer is worth.
STEPS = (0, 1, 2, 5, 10, 20, 50)

_TABLES = ("orders", "order_lines", "products", "customer_summaries")
# As summaries count: a sale that came back whole is no order, and nobody bought by it.
_COUNTS = "o.kind = 'SALE' AND (o.returned < o.total OR o.total = 0)"
_BY_MONTH = f"""
    SELECT date_trunc('month', o.ordered_at AT TIME ZONE %(zone)s)::date AS month,
           sum(o.total), count(*) FILTER (WHERE {_COUNTS}),
           count(DISTINCT o.profile_id) FILTER (WHERE {_COUNTS}),
           count(DISTINCT o.profile_id) FILTER (WHERE {_COUNTS} AND s.first_order_at >= %(since)s
               AND date_trunc('month', s.first_order_at AT TIME ZONE %(zone)s)
                   = date_trunc('month', o.ordered_at AT TIME ZONE %(zone)s))
      FROM orders o
      LEFT JOIN customer_summaries s ON s.tenant_id = o.tenant_id AND s.profile_id = o.profile_id
     WHERE o.tenant_id = %(tenant)s AND o.ordered_at >= %(since)s AND o.status <> 'CANCELLED'
     GROUP BY 1 ORDER BY 1
"""  # noqa: S608 (our own text)
_PRODUCTS = f"""
    SELECT p.id, coalesce(nullif(p.name, ''), p.sku), sum(l.amount), sum(l.quantity),
           count(DISTINCT o.profile_id) FILTER (WHERE {_COUNTS})
      FROM orders o
      JOIN order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
      JOIN products p ON p.tenant_id = l.tenant_id AND p.id = l.product_id
     WHERE o.tenant_id = %(tenant)s AND o.ordered_at >= %(since)s AND o.status <> 'CANCELLED'
     GROUP BY p.id ORDER BY 3 DESC, 1 LIMIT %(limit)s
"""  # noqa: S608 (our own text)
_GOOD_CUSTOMER = """
    SELECT lifetime_value FROM customer_summaries WHERE tenant_id = %(tenant)s
     ORDER BY lifetime_value DESC, id DESC OFFSET %(offset)s LIMIT 1
"""
_WORTH = """
    SELECT width_bucket(lifetime_value, %(bounds)s::numeric[]), count(*) FROM customer_summaries
     WHERE tenant_id = %(tenant)s AND lifetime_value > 0 GROUP BY 1 ORDER BY 1
"""


class Month(NamedTuple):
    """One month of sales; returns are taken off the revenue."""

    first: date
    revenue: Decimal
    orders: int
    buyers: int
    new_buyers: int

    @property
    def again(self) -> int:
        """Return how many had bought before."""
        return self.buyers - self.new_buyers


class Sold(NamedTuple):
    """One product and what it brought in the last ninety days."""

    id: uuid.UUID
    name: str
    revenue: Decimal
    quantity: Decimal
    buyers: int


class Worth(NamedTuple):
    """How many customers are worth from one amount to another; None: and more."""

    low: int
    high: int | None
    customers: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that is counted, and when."""

    months: tuple[Month, ...]
    products: tuple[Sold, ...]
    worth: tuple[Worth, ...]
    counted_at: datetime


def numbers_of(tenant: Tenant, *, number_of_customers: int) -> Numbers:
    """Return the numbers, counted within the last ten minutes."""
    key = f"cdm.numbers.{tenant.pk}.{timezone.localdate()}"
    return recall_or(
        key, lambda: count_numbers(tenant, number_of_customers=number_of_customers), seconds=KEPT_FOR
    )


def products_since() -> date:
    """Return the first day whose orders count for the products, in the active time zone."""
    return timezone.localdate() - timedelta(days=PRODUCT_DAYS)


def count_numbers(tenant: Tenant, *, number_of_customers: int) -> Numbers:
    """Count anew: four statements."""
    know_tenant(_TABLES)
    months = last_months(timezone.localdate(), MONTHS)
    said: dict[str, Any] = {"tenant": tenant.pk, "zone": tenant.time_zone}
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, {**said, "since": start_of(months[0])})
        by_month = {row[0]: Month(*row) for row in cursor.fetchall()}
        cursor.execute(_PRODUCTS, {**said, "since": start_of(products_since()), "limit": PRODUCTS_SHOWN})
        products = tuple(Sold(*row) for row in cursor.fetchall())
        cursor.execute(_GOOD_CUSTOMER, {**said, "offset": number_of_customers // 100})
        top = cursor.fetchone()
        bounds = bounds_for(top[0] if top else Decimal(0))
        cursor.execute(_WORTH, {**said, "bounds": bounds})
        counted = dict(cursor.fetchall())
    return Numbers(
        months=tuple(by_month.get(month, Month(month, Decimal(0), 0, 0, 0)) for month in months),
        products=products,
        worth=_distribution(bounds, counted),
        counted_at=timezone.now(),
    )


def bounds_for(good: Decimal) -> list[int]:
    """Return round amounts that part customers, the last one near what one in a hundred is worth."""
    step = max(int(good) // STEPS[-1], 1)
    magnitude = 10 ** (len(str(step)) - 1)
    rounded = next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= step)
    return [step * rounded for step in STEPS]


def _distribution(bounds: list[int], counted: dict[int, int]) -> tuple[Worth, ...]:
    tops: list[int | None] = [*bounds[1:], None]
    return tuple(
        Worth(low, high, counted.get(place, 0))
        for place, (low, high) in enumerate(zip(bounds, tops, strict=True), start=1)
    )
