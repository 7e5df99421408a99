"""The statements that turn staged lines into orders."""

from __future__ import annotations

from cdm.orders.returned import LINK
from cdm.summaries.statement import UUID7
from profiles.imports.writing.stage import Stage

LINES = Stage(
    "order_lines_staged",
    {
        "row_no": "int",
        "number": "text",
        "customer": "text",
        "sku": "text",
        "name": "text",
        "at": "timestamp",
        "quantity": "numeric(12, 3)",
        "price": "numeric(15, 4)",
    },
)
ORDERS = Stage(
    "orders_staged",
    {
        "id": "uuid",
        "number": "text",
        "kind": "text",
        "customer": "text",
        "profile_id": "uuid",
        "ordered_at": "timestamptz",
        "total": "numeric(15, 2)",
        "hash": "text",
        "action": "text",
    },
)
STAGES = (LINES, ORDERS)
OF_RUN = Stage("orders_of_run", {"id": "uuid"})

PRODUCTS = f"""
INSERT INTO products (id, tenant_id, sku, name, price, is_active, metadata, created_at, updated_at,
                      created_by, updated_by)
SELECT {UUID7}, %(tenant)s, sku, name, price, true, '{{}}', now(), now(), %(reference)s, %(reference)s
  FROM (SELECT DISTINCT ON (sku) sku, name, round(price, 2) AS price
          FROM order_lines_staged WHERE sku <> ''
         ORDER BY sku, name = '', quantity < 0, row_no) AS first_seen
    ON CONFLICT (tenant_id, sku) DO NOTHING"""

UNKNOWN = """
SELECT DISTINCT l.customer
  FROM order_lines_staged AS l
 WHERE l.customer <> ''
   AND NOT EXISTS (SELECT FROM profile_identifiers AS i
                    WHERE i.tenant_id = %(tenant)s AND i.source = %(source)s AND i.external_id = l.customer
                      AND i.is_active)
 ORDER BY l.customer"""

# A return is named so by its number, by nothing but negative quantities, or by less than nothing in all.
GROUP = """
INSERT INTO orders_staged (number, kind, customer, profile_id, ordered_at, total, hash, action)
WITH summed AS (
    SELECT number, min(customer) FILTER (WHERE customer <> '') AS customer, min(at) AS at,
           sum(round(quantity * price, 2)) AS total,
           bool_and(quantity < 0) OR sum(round(quantity * price, 2)) < 0 AS is_return,
           md5(string_agg(concat_ws('|', at, customer, sku, name, quantity, price), ';' ORDER BY row_no))
               AS hash
      FROM order_lines_staged GROUP BY number),
owners AS (
    SELECT DISTINCT ON (i.external_id) i.external_id, coalesce(p.merged_into_id, p.id) AS profile_id
      FROM profile_identifiers AS i
      JOIN profiles AS p ON p.tenant_id = i.tenant_id AND p.id = i.profile_id
     WHERE i.tenant_id = %(tenant)s AND i.source = %(source)s AND i.is_active AND p.status <> 'DELETED'
       AND i.external_id IN (SELECT customer FROM summed)
     ORDER BY i.external_id, i.profile_id)
SELECT s.number, CASE WHEN s.is_return THEN 'RETURN' ELSE 'SALE' END, coalesce(s.customer, ''), w.profile_id,
       s.at AT TIME ZONE %(zone)s, s.total, s.hash, ''
  FROM summed AS s LEFT JOIN owners AS w ON w.external_id = s.customer"""

# What a file said already is not said again, whatever people have made of it since.
MATCH = f"""
UPDATE orders_staged AS s
   SET id = coalesce(o.id, {UUID7}),
       action = CASE WHEN o.id IS NULL THEN 'create'
                     WHEN o.metadata ->> 'file' IS NOT DISTINCT FROM s.hash THEN 'unchanged'
                     ELSE 'update' END
  FROM orders_staged AS t
  LEFT JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.source = %(source)s AND o.number = t.number
 WHERE t.number = s.number"""

CREATE = """
INSERT INTO orders (id, tenant_id, profile_id, customer_ref, source, number, kind, status, ordered_at,
                    currency, total, returned, metadata, created_at, updated_at, created_by, updated_by)
SELECT id, %(tenant)s, profile_id, customer, %(source)s, number, kind, 'COMPLETED', ordered_at, %(currency)s,
       total, 0, jsonb_build_object('file', hash), now(), now(), %(reference)s, %(reference)s
  FROM orders_staged WHERE action = 'create'"""

# Customers before orders, as every verb locks them: those the orders have, and those they are to have.
LOCK_CUSTOMERS = """
SELECT p.id FROM profiles AS p
 WHERE p.tenant_id = %(tenant)s AND p.id IN (
       SELECT profile_id FROM orders_staged WHERE profile_id IS NOT NULL
       UNION
       SELECT o.profile_id
         FROM orders_staged AS s JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.id = s.id
        WHERE s.action = 'update' AND o.profile_id IS NOT NULL)
 ORDER BY p.id FOR NO KEY UPDATE"""

# Whose the orders were that are somebody else's from now on.
LOSE_ORDERS = """
SELECT DISTINCT o.profile_id
  FROM orders_staged AS s JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.id = s.id
 WHERE s.action = 'update' AND s.profile_id IS NOT NULL AND o.profile_id <> s.profile_id"""

# Of these sales something did not come back after all.
NO_RETURNS_OF = """
SELECT DISTINCT sale.id, sale.profile_id
  FROM orders_staged AS s
  JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.id = s.id
  JOIN orders AS sale ON sale.tenant_id = o.tenant_id AND sale.id = o.returns_id
 WHERE s.action = 'update' AND s.kind = 'SALE'"""

CHANGE = """
UPDATE orders AS o
   SET profile_id = coalesce(s.profile_id, o.profile_id), kind = s.kind, total = s.total, returned = 0,
       returns_id = CASE s.kind WHEN 'RETURN' THEN o.returns_id END,
       customer_ref = CASE WHEN s.customer <> '' THEN s.customer ELSE o.customer_ref END,
       ordered_at = s.ordered_at, metadata = o.metadata || jsonb_build_object('file', s.hash),
       updated_at = now(), updated_by = %(reference)s
  FROM orders_staged AS s
 WHERE s.action = 'update' AND o.tenant_id = %(tenant)s AND o.id = s.id"""

FORGET_LINES = """
DELETE FROM order_lines AS l USING orders_staged AS s
 WHERE s.action = 'update' AND l.tenant_id = %(tenant)s AND l.order_id = s.id"""

WRITE_LINES = f"""
INSERT INTO order_lines
    (id, tenant_id, order_id, position, product_id, description, quantity, unit_price, amount)
SELECT {UUID7}, %(tenant)s, s.id, row_number() OVER (PARTITION BY s.id ORDER BY l.row_no), p.id, l.name,
       l.quantity, round(l.price, 2), round(l.quantity * l.price, 2)
  FROM order_lines_staged AS l
  JOIN orders_staged AS s ON s.number = l.number AND s.action IN ('create', 'update')
  LEFT JOIN products AS p ON p.tenant_id = %(tenant)s AND p.sku = l.sku AND l.sku <> ''"""

TIMELINE = f"""
INSERT INTO customer_events (id, tenant_id, profile_id, type, timestamp, source, payload, created_at)
SELECT {UUID7}, %(tenant)s, profile_id, CASE kind WHEN 'SALE' THEN 'purchase' ELSE 'refund' END, ordered_at,
       %(source)s,
       jsonb_build_object('orderId', number, 'amount', abs(total)::text, 'currency', %(currency)s::text),
       now()
  FROM orders_staged WHERE action = 'create' AND profile_id IS NOT NULL"""

ACTIVITY = """
UPDATE profiles AS p SET last_activity_at = greatest(p.last_activity_at, s.latest)
  FROM (SELECT profile_id, max(ordered_at) AS latest FROM orders_staged
         WHERE action = 'create' AND profile_id IS NOT NULL GROUP BY profile_id) AS s
 WHERE p.tenant_id = %(tenant)s AND p.id = s.profile_id
   AND (p.last_activity_at IS NULL OR p.last_activity_at < s.latest)"""

OUTCOMES = """
INSERT INTO import_rows (tenant_id, run_id, row_no, line_no, action, profile_id, note, undone)
SELECT %(tenant)s, %(run)s, l.row_no, l.row_no + 1, s.action, s.profile_id, s.number, ''
  FROM order_lines_staged AS l JOIN orders_staged AS s ON s.number = l.number
RETURNING action"""

# To the planner a stage it has not looked at is hundreds of orders of one number, and one action.
_LOOK = "ANALYZE orders_staged"
STAGING = (GROUP, _LOOK, MATCH, _LOOK)
WRITING = (CREATE, CHANGE, FORGET_LINES, WRITE_LINES, TIMELINE, ACTIVITY)

# By what the import has written down: to look for its mark would be to read all orders there are.
FIND_OF_RUN = """
INSERT INTO orders_of_run (id)
SELECT o.id
  FROM (SELECT DISTINCT note AS number FROM import_rows
         WHERE tenant_id = %(tenant)s AND run_id = %(run)s AND action IN ('create', 'update')) AS said
  JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.source = %(source)s AND o.number = said.number
 WHERE o.updated_by = %(reference)s"""

LINK_RETURNS = LINK.format(which="r.id IN (SELECT id FROM orders_of_run)")

KEEP_RETURNED = """
UPDATE orders AS s SET returned = b.returned
  FROM (
    SELECT s.id AS sale, least(-sum(r.total), min(s.total)) AS returned
      FROM (SELECT id FROM orders_of_run
             UNION
            SELECT o.returns_id FROM orders_of_run AS f
              JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.id = f.id) AS touched
      JOIN orders AS s ON s.tenant_id = %(tenant)s AND s.id = touched.id
      JOIN orders AS r ON r.tenant_id = %(tenant)s AND r.returns_id = s.id
     WHERE r.kind = 'RETURN' AND r.status <> 'CANCELLED'
     GROUP BY s.id
  ) AS b
 WHERE s.tenant_id = %(tenant)s AND s.id = b.sale AND s.kind = 'SALE' AND s.returned <> b.returned"""

OF_CUSTOMERS = """
SELECT o.id, o.profile_id
  FROM orders_of_run AS f JOIN orders AS o ON o.tenant_id = %(tenant)s AND o.id = f.id
 WHERE o.profile_id IS NOT NULL ORDER BY o.profile_id, o.id"""
