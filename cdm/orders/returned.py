"""Which sales came back, and how much of each."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import connection

from cdm.choices import OrderKind, OrderStatus
from cdm.models import Order
from cdm.orders.errors import HasReturns, SaleIsCancelled
from cdp.models import Tenant

# A return belongs to the latest earlier sale of the customer that most of its lines were in.
LINK = """
UPDATE orders AS r SET returns_id = best.sale
  FROM (
    SELECT DISTINCT ON (r.id) r.id, s.id AS sale
      FROM orders AS r
      JOIN order_lines AS rl ON rl.tenant_id = r.tenant_id AND rl.order_id = r.id
                            AND rl.product_id IS NOT NULL
      JOIN orders AS s ON s.tenant_id = r.tenant_id AND s.profile_id = r.profile_id AND s.kind = 'SALE'
                      AND s.source = r.source AND s.ordered_at <= r.ordered_at AND s.status <> 'CANCELLED'
      JOIN order_lines AS sl ON sl.tenant_id = s.tenant_id AND sl.order_id = s.id
                            AND sl.product_id = rl.product_id AND sl.unit_price = rl.unit_price
                            AND sl.quantity >= -rl.quantity
     WHERE r.tenant_id = %(tenant)s AND r.kind = 'RETURN' AND r.returns_id IS NULL
       AND {which}
     GROUP BY r.id, s.id, s.ordered_at
     ORDER BY r.id, count(*) DESC, s.ordered_at DESC, s.id
  ) AS best
 WHERE r.tenant_id = %(tenant)s AND r.id = best.id"""
_LINK_THESE = LINK.format(which="r.id = ANY(%(orders)s)") + " RETURNING r.returns_id"
_KEEP = """
UPDATE orders AS s SET returned = b.returned
  FROM (
    SELECT s.id, least(coalesce(-sum(r.total), 0), s.total) AS returned
      FROM orders AS s
      LEFT JOIN orders AS r ON r.tenant_id = s.tenant_id AND r.returns_id = s.id AND r.kind = 'RETURN'
                           AND r.status <> 'CANCELLED'
     WHERE s.id = ANY(%(sales)s)
     GROUP BY s.id, s.total
  ) AS b
 WHERE s.id = b.id AND s.returned <> b.returned"""


def require_sound(order: Order) -> None:
    """Refuse an order that counts against a sale which does not count, so that more came back than was sold.

    Raises HasReturns for what is no valid sale and has valid returns, SaleIsCancelled for a return of one.
    """
    is_cancelled = order.status == OrderStatus.CANCELLED
    if is_cancelled or order.kind != OrderKind.SALE:
        valid = Order.objects.filter(returns=order, kind=OrderKind.RETURN)
        if valid.exclude(status=OrderStatus.CANCELLED).exists():
            raise HasReturns
    if order.returns_id is None or is_cancelled or order.kind != OrderKind.RETURN:
        return
    if Order.objects.filter(pk=order.returns_id, status=OrderStatus.CANCELLED).exists():
        raise SaleIsCancelled


def keep_returned(sale_ids: Collection[uuid.UUID | None]) -> None:
    """Sum up anew what came back of these sales; never more than was sold."""
    wanted = {one for one in sale_ids if one is not None}
    if not wanted:
        return
    sales = Order.objects.filter(pk__in=wanted, kind=OrderKind.SALE).order_by("pk")
    # Locked first: what follows sees every return of a transaction that was waited for.
    locked = list(sales.select_for_update(no_key=True).values_list("pk", flat=True))
    if not locked:
        return
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"sales": locked})


def link_returns(*, tenant: Tenant, order_ids: Collection[uuid.UUID]) -> None:
    """Find the sales of those of these orders that are returns of nothing yet, and sum up what came back."""
    with connection.cursor() as cursor:
        cursor.execute(_LINK_THESE, {"tenant": tenant.pk, "orders": list(order_ids)})
        linked = {sale for (sale,) in cursor.fetchall()}
    keep_returned(linked)
