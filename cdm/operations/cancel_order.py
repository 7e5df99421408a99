"""Cancelling an order."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdm.choices import OrderStatus
from cdm.models import Order
from cdm.operations.recover_drop_off import recover_by_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.orders.customers import lock_customers
from cdm.orders.errors import OrderNotFound
from cdm.orders.events import tell_order
from cdm.orders.returned import keep_returned, require_sound
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant


@transaction.atomic
def cancel_order(*, tenant: Tenant, by: Actor, order_id: uuid.UUID) -> Order:
    """Cancel an order: it counts for nothing from then on; a cancelled one is left alone.

    Raises OrderNotFound, HasReturns for a sale of which something came back.
    """
    found = Order.objects.filter(pk=order_id).select_related("returns").first()
    if found is None:
        raise OrderNotFound
    lock_customers([found.profile_id, found.returns.profile_id if found.returns else None])
    order = Order.objects.select_for_update(no_key=True).get(pk=order_id)
    if order.status == OrderStatus.CANCELLED:
        return order
    before = {name: getattr(order, name) for name in ("status", "profile_id", "total", "kind")}
    order.status, order.updated_by = OrderStatus.CANCELLED, str(by)
    require_sound(order)
    order.save(update_fields=["status", "updated_by", "updated_at"])
    audit.record(verb="order.cancel", obj=order, by=by, changes={"status": [before["status"], order.status]})
    keep_returned([order.returns_id])
    tell_order(tenant=tenant, by=by, order=order, before=before)
    reopened = recover_by_orders(tenant=tenant, by=by, order_ids=[order.pk])
    refresh_summaries(
        tenant=tenant,
        profile_ids=reopened | {one for one in [order.profile_id] if one},
        behaves_as_before=True,
    )
    return order
