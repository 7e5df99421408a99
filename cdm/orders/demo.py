"""Orders of made-up customers: those their purchases on the timeline tell of, and what came back of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from cdm.summaries.rebuild import FIRST, rebuild
from cdm.summaries.statement import UUID7
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context

AT_ONCE = 20_000
# One order in so many comes back, in part or whole, some days later; nobody's only order comes back whole.
RETURNED_ONE_IN = 14
_NEXT = "SELECT id FROM profiles WHERE tenant_id = %s AND id > %s ORDER BY id LIMIT %s"
_BOUGHT = """
WITH bought AS MATERIALIZED (
    SELECT e.profile_id, e.timestamp AS at, e.source, e.payload ->> 'orderId' AS number,
           (e.payload ->> 'amount')::numeric(15, 2) AS total, e.payload ->> 'currency' AS currency,
           e.payload -> 'items' AS items
      FROM customer_events AS e
     WHERE e.tenant_id = %(tenant)s AND e.profile_id BETWEEN %(low)s AND %(high)s AND e.type = 'purchase'
       AND e.payload ? 'orderId' AND jsonb_typeof(e.payload -> 'items') = 'array'),
item AS MATERIALIZED (
    SELECT b.number, b.source, t.position, t.item ->> 'sku' AS sku, t.item ->> 'productName' AS name,
           t.item ->> 'category' AS category, (t.item ->> 'price')::numeric(15, 2) AS price,
           (t.item ->> 'quantity')::numeric(12, 3) AS quantity
      FROM bought AS b CROSS JOIN LATERAL jsonb_array_elements(b.items) WITH ORDINALITY AS t (item, position))
"""
_MARKS = "now(), now(), 'system:demo', 'system:demo'"
_CATEGORIES = f"""{_BOUGHT}
INSERT INTO product_categories (id, tenant_id, name, created_at, updated_at, created_by, updated_by)
SELECT {UUID7}, %(tenant)s, category, {_MARKS} FROM (SELECT DISTINCT category FROM item) AS one
 WHERE category <> '' ON CONFLICT (tenant_id, name) DO NOTHING"""
_PRODUCTS = f"""{_BOUGHT}
INSERT INTO products (id, tenant_id, sku, name, category_id, price, is_active, metadata,
                      created_at, updated_at, created_by, updated_by)
SELECT {UUID7}, %(tenant)s, i.sku, i.name, c.id, i.price, true, '{{}}', {_MARKS}
  FROM (SELECT DISTINCT ON (sku) * FROM item WHERE sku <> '' ORDER BY sku) AS i
  LEFT JOIN product_categories AS c ON c.tenant_id = %(tenant)s AND c.name = i.category
    ON CONFLICT (tenant_id, sku) DO NOTHING"""
_ORDERS = f"""{_BOUGHT},
made AS (
    INSERT INTO orders (id, tenant_id, profile_id, customer_ref, source, number, kind, status, ordered_at,
                        currency, total, returned, metadata, created_at, updated_at, created_by, updated_by)
    SELECT {UUID7}, %(tenant)s, profile_id, '', source, number, 'SALE', 'COMPLETED', at, currency, total, 0,
           '{{}}', at, at, 'system:demo', 'system:demo'
      FROM bought ON CONFLICT (tenant_id, source, number) DO NOTHING
    RETURNING id, source, number)
INSERT INTO order_lines (id, tenant_id, order_id, position, product_id, description, quantity, unit_price,
                         amount)
SELECT {UUID7}, %(tenant)s, m.id, i.position, p.id, i.name, i.quantity, i.price,
       round(i.quantity * i.price, 2)
  FROM made AS m
  JOIN item AS i ON i.number = m.number AND i.source = m.source
  LEFT JOIN products AS p ON p.tenant_id = %(tenant)s AND p.sku = i.sku"""
# Which ones come back, when and how much follows from the order's number, so a second run makes the same.
_RETURNS = f"""
WITH sale AS (
    SELECT o.*, ('x' || left(md5(o.number), 7))::bit(28)::int AS luck
      FROM orders AS o
     WHERE o.tenant_id = %(tenant)s AND o.profile_id BETWEEN %(low)s AND %(high)s AND o.kind = 'SALE'
       AND o.created_by = 'system:demo'),
line AS (
    SELECT DISTINCT ON (s.id) s.*, l.product_id, l.description, l.quantity, l.unit_price, l.amount,
           s.ordered_at + make_interval(days => 2 + s.luck %% 19) AS back_at
      FROM sale AS s JOIN order_lines AS l ON l.tenant_id = %(tenant)s AND l.order_id = s.id
     WHERE s.luck %% %(one_in)s = 0
       AND (EXISTS (SELECT 1 FROM order_lines AS kept
                     WHERE kept.tenant_id = s.tenant_id AND kept.order_id = s.id AND kept.position > 1)
            OR EXISTS (SELECT 1 FROM sale AS other
                        WHERE other.profile_id = s.profile_id AND other.id <> s.id
                          AND other.luck %% %(one_in)s <> 0))
     ORDER BY s.id, l.position),
made AS (
    INSERT INTO orders (id, tenant_id, profile_id, customer_ref, source, number, kind, status, ordered_at,
                        currency, total, returned, returns_id, metadata, created_at, updated_at, created_by,
                        updated_by)
    SELECT {UUID7}, %(tenant)s, profile_id, '', source, 'RET-' || number, 'RETURN', 'COMPLETED', back_at,
           currency, -amount, 0, id, '{{}}', back_at, back_at, 'system:demo', 'system:demo'
      FROM line WHERE back_at < now() ON CONFLICT (tenant_id, source, number) DO NOTHING
    RETURNING id, profile_id, source, number, ordered_at, currency, total, returns_id),
lines AS (
    INSERT INTO order_lines (id, tenant_id, order_id, position, product_id, description, quantity, unit_price,
                             amount)
    SELECT {UUID7}, %(tenant)s, m.id, 1, l.product_id, l.description, -l.quantity, l.unit_price, -l.amount
      FROM made AS m JOIN line AS l ON l.id = m.returns_id),
told AS (
    INSERT INTO customer_events (id, tenant_id, profile_id, type, timestamp, source, payload, created_at)
    SELECT {UUID7}, %(tenant)s, profile_id, 'refund', ordered_at, source,
           jsonb_build_object('orderId', number, 'amount', (-total)::text, 'currency', currency), ordered_at
      FROM made)
UPDATE orders AS s SET returned = least(s.total, -m.total) FROM made AS m
 WHERE s.tenant_id = %(tenant)s AND s.id = m.returns_id"""


def make_orders(tenant: Tenant) -> None:
    """Make the orders that the purchases on the timeline tell of, with returns, and everybody's summary."""
    with tenant_context(tenant):
        last = FIRST
        while ids := _ids(tenant, last):
            _make(tenant, ids[0], ids[-1])
            last = ids[-1]
        rebuild(tenant)


def demo_orders(tenant: Tenant, people: Sequence[Actor]) -> None:
    """Do the same as a step of the demo."""
    make_orders(tenant)


def _ids(tenant: Tenant, last: uuid.UUID) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [tenant.pk, last, AT_ONCE])
        return [row[0] for row in cursor.fetchall()]


def _make(tenant: Tenant, low: uuid.UUID, high: uuid.UUID) -> None:
    said: dict[str, Any] = {"tenant": tenant.pk, "low": low, "high": high, "one_in": RETURNED_ONE_IN}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (_CATEGORIES, _PRODUCTS, _ORDERS, _RETURNS):
            cursor.execute(statement, said)
