"""Keeping where customers turn back on the way to an order."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cdm.models import DropOff, Order
from cdm.operations.recover_drop_off import RECOVERABLE_FOR, recover_by_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.products_named import products_named
from cdm.records.behaviour import DropOffRecord
from cdm.rows import add
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.update_profile import locked_profile


@transaction.atomic
def record_drop_off(*, tenant: Tenant, by: Actor, profile_id: uuid.UUID, record: DropOffRecord) -> DropOff:
    """Keep that a customer turned back; raises ProfileNotFound."""
    profile = locked_profile(profile_id)
    product = products_named([record.product_id]).get(record.product_id)
    row = DropOff(
        profile_id=profile.pk,
        stage=record.stage,
        product_id=product,
        product_ref="" if product else record.product_id,
        cart_value=record.cart_value,
        reason=record.reason,
        occurred_at=record.occurred_at or timezone.now(),
    )
    add(row, verb="drop_off.record", by=by)
    # Told late: the order that recovers it may be here already, one known by its day with a time before it.
    near = (row.occurred_at - timedelta(days=1), row.occurred_at + RECOVERABLE_FOR)
    orders = Order.objects.filter(profile=profile, ordered_at__range=near)
    if recover_by_orders(tenant=tenant, by=by, order_ids=orders.values_list("pk", flat=True)):
        row.refresh_from_db()
    refresh_summaries(tenant=tenant, profile_ids=[profile.pk], behaves_as_before=True)
    return row
