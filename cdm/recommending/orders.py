"""Order lines of the database as the arrays that insights are computed from."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from cdm.insights.orders.book import Lines, OrderBook
from cdm.recommending.arrow import arrow_table
from cdm.recommending.customers import Catalogue, Customers, numbers
from cdp.models import Tenant

# An order without lines counts as one piece of a product nobody has named; a return without lines takes
# back every line of a sale that came back whole.
_LINES = """
WITH counted AS (
    SELECT o.id, c.number, o.kind, o.total, o.returns_id,
           EXISTS (SELECT FROM order_lines AS l
                    WHERE l.tenant_id = %(tenant)s AND l.order_id = o.id) AS has_lines,
           (extract(epoch FROM o.ordered_at AT TIME ZONE %(zone)s) * 1000000)::bigint AS at
      FROM orders AS o JOIN numbered_customers AS c ON c.id = o.profile_id
     WHERE o.tenant_id = %(tenant)s AND o.status <> 'CANCELLED')
SELECT o.number, p.number, o.at, l.quantity, l.amount
  FROM counted AS o JOIN order_lines AS l ON l.tenant_id = %(tenant)s AND l.order_id = o.id
  LEFT JOIN numbered_products AS p ON p.id = l.product_id
 WHERE l.quantity <> 0
 UNION ALL
SELECT o.number, NULL, o.at, 1, o.total FROM counted AS o WHERE o.kind = 'SALE' AND NOT o.has_lines
 UNION ALL
SELECT o.number, p.number, o.at, -l.quantity, -l.amount
  FROM counted AS o
  JOIN orders AS s ON s.tenant_id = %(tenant)s AND s.id = o.returns_id AND -o.total >= s.total
  JOIN order_lines AS l ON l.tenant_id = %(tenant)s AND l.order_id = s.id
  LEFT JOIN numbered_products AS p ON p.id = l.product_id
 WHERE o.kind = 'RETURN' AND NOT o.has_lines AND l.quantity <> 0
 UNION ALL
SELECT o.number, NULL, o.at, -1, -s.total
  FROM counted AS o JOIN counted AS s ON s.id = o.returns_id AND -o.total >= s.total AND NOT s.has_lines
 WHERE o.kind = 'RETURN' AND NOT o.has_lines
"""
_COLUMNS = {
    "customer": pa.int64(),
    "product": pa.int64(),
    "at": pa.int64(),
    "quantity": pa.float64(),
    "amount": pa.float64(),
}
_DAY = 86_400_000_000


def read_book(tenant: Tenant, customers: Customers, catalogue: Catalogue) -> OrderBook:
    """Return the lines of numbered customers, on the tenant's clock.

    A product that no line names has the number after the last of the catalogue.
    """
    table = arrow_table(_LINES, _COLUMNS, tenant=tenant.pk, zone=tenant.time_zone)
    at, customer = numbers(table["at"]), numbers(table["customer"])
    quantity = np.asarray(table["quantity"].to_numpy(), dtype=np.float64)
    product = numbers(table["product"].fill_null(len(catalogue)))
    price = np.asarray(table["amount"].to_numpy(), dtype=np.float64) / quantity
    # What was bought in one moment is put in one order whatever the database's own is.
    order = np.lexsort((price, quantity, product, at, customer))
    lines = Lines(customer[order], product[order], at[order] // _DAY, quantity[order], price[order])
    return OrderBook(
        customers=list(customers.ids),
        products=[*catalogue.skus, "?"],
        names=[*catalogue.names, ""],
        lines=lines,
        time=at[order],
        counts={"rows": len(lines)},
    )
