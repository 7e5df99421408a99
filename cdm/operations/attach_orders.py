"""Giving customers the orders that came before them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from cdm.models import Order
from cdm.operations.recover_drop_off import recover_by_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.orders.returned import link_returns
from cdm.summaries.statement import UUID7
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import Profile

BY = Actor.system("attach_orders")
_KNOWN = """
WITH known AS (
    SELECT DISTINCT ON (i.source, i.external_id) i.source, i.external_id, i.profile_id
      FROM profile_identifiers AS i
      JOIN profiles AS p ON p.tenant_id = i.tenant_id AND p.id = i.profile_id
     WHERE i.tenant_id = %(tenant)s AND i.profile_id = ANY(%(ids)s) AND i.is_active
       AND p.status IN ('ACTIVE', 'INACTIVE')
     ORDER BY i.source, i.external_id, i.profile_id)"""
_WHOSE = f"""{_KNOWN}
SELECT DISTINCT k.profile_id
  FROM orders AS o
  JOIN known AS k ON k.source = o.source AND k.external_id = o.customer_ref
 WHERE o.tenant_id = %(tenant)s AND o.profile_id IS NULL AND o.customer_ref <> ''"""
_WAITING = f"""{_KNOWN},
attached AS (
    UPDATE orders AS o SET profile_id = k.profile_id, updated_at = now(), updated_by = %(by)s
      FROM known AS k
     WHERE o.tenant_id = %(tenant)s AND o.profile_id IS NULL AND o.customer_ref <> ''
       AND o.source = k.source AND o.customer_ref = k.external_id
    RETURNING o.*),
told AS (
    INSERT INTO customer_events
        (id, tenant_id, profile_id, type, timestamp, source, payload, created_at)
    SELECT {UUID7}, tenant_id, profile_id, CASE kind WHEN 'SALE' THEN 'purchase' ELSE 'refund' END,
           ordered_at, source,
           jsonb_build_object('orderId', number, 'amount', abs(total)::text, 'currency', currency), now()
      FROM attached WHERE status <> 'CANCELLED'),
active AS (
    UPDATE profiles AS p SET last_activity_at = greatest(p.last_activity_at, a.latest)
      FROM (SELECT profile_id, max(ordered_at) AS latest FROM attached GROUP BY profile_id) AS a
     WHERE p.tenant_id = %(tenant)s AND p.id = a.profile_id)
SELECT id, profile_id FROM attached"""


@transaction.atomic
def attach_orders(*, tenant: Tenant, profile_ids: Collection[uuid.UUID], tells_first: bool = True) -> int:
    """Attach the orders whose source calls their customer what it calls one of these; return how many.

    Returns among them find the sale they belong to. ``tells_first`` as `refresh_summaries` has it.
    """
    named = [profile_id for (profile_id,) in _rows(_WHOSE, tenant, profile_ids)]
    if not named:
        return 0
    # Customers first, as every other verb: who holds an order and waits for its customer is waited for.
    customers = Profile.objects.visible().filter(pk__in=named).order_by("pk").select_for_update(no_key=True)
    attached = dict(_rows(_WAITING, tenant, customers.values_list("pk", flat=True)))
    if attached:
        _audit(attached)
        link_returns(tenant=tenant, order_ids=attached.keys())
        recover_by_orders(tenant=tenant, by=BY, order_ids=attached.keys())
        whose = set(attached.values())
        refresh_summaries(tenant=tenant, profile_ids=whose, tells_first=tells_first, behaves_as_before=True)
    return len(attached)


def _audit(attached: Mapping[uuid.UUID, uuid.UUID]) -> None:
    entries = [(Order(pk=pk), {"profile_id": [None, str(whose)]}) for pk, whose in attached.items()]
    audit.record_many(verb="order.attach", entries=entries, by=BY)


def _rows(statement: str, tenant: Tenant, ids: Iterable[uuid.UUID]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": tenant.pk, "ids": list(ids), "by": str(BY)})
        return list(cursor.fetchall())
