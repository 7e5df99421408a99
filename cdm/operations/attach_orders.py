"""Giving customers the orders that came before them."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import connection, transaction

from cdm.operations.recover_drop_off import recover_by_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.summaries.statement import UUID7
from cdp.actors import Actor
from cdp.models import Tenant

BY = Actor.system("attach_orders")
_WAITING = """
WITH known AS (
    SELECT DISTINCT ON (i.source, i.external_id) i.source, i.external_id, i.profile_id
      FROM profile_identifiers AS i
      JOIN profiles AS p ON p.tenant_id = i.tenant_id AND p.id = i.profile_id
     WHERE i.tenant_id = %(tenant)s AND i.profile_id = ANY(%(ids)s) AND i.is_active
       AND p.status IN ('ACTIVE', 'INACTIVE')
     ORDER BY i.source, i.external_id, i.profile_id),
attached AS (
    UPDATE orders AS o SET profile_id = k.profile_id, updated_at = now(), updated_by = %(by)s
      FROM known AS k
     WHERE o.tenant_id = %(tenant)s AND o.profile_id IS NULL AND o.customer_ref <> ''
       AND o.source = k.source AND o.customer_ref = k.external_id
    RETURNING o.*),
told AS (
    INSERT INTO customer_events
        (id, tenant_id, profile_id, type, timestamp, source, payload, created_at)
    SELECT {uuid7}, tenant_id, profile_id, CASE kind WHEN 'SALE' THEN 'purchase' ELSE 'refund' END,
           ordered_at, source,
           jsonb_build_object('orderId', number, 'amount', abs(total)::text, 'currency', currency), now()
      FROM attached WHERE status <> 'CANCELLED'),
active AS (
    UPDATE profiles AS p SET last_activity_at = greatest(p.last_activity_at, a.latest)
      FROM (SELECT profile_id, max(ordered_at) AS latest FROM attached GROUP BY profile_id) AS a
     WHERE p.tenant_id = %(tenant)s AND p.id = a.profile_id)
SELECT id, profile_id FROM attached"""


@transaction.atomic
def attach_orders(*, tenant: Tenant, profile_ids: Collection[uuid.UUID]) -> int:
    """Attach the orders whose source calls their customer what it calls one of these; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WAITING.format(uuid7=UUID7), {"tenant": tenant.pk, "ids": list(profile_ids), "by": str(BY)}
        )
        attached = dict(cursor.fetchall())
    if attached:
        recover_by_orders(tenant=tenant, by=BY, order_ids=attached.keys())
        refresh_summaries(tenant=tenant, profile_ids=set(attached.values()))
    return len(attached)
