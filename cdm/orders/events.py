"""Orders on the timeline of their customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cdm.choices import OrderKind, OrderStatus
from cdm.models import Order
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.record_event import record_event

PURCHASE, REFUND, CANCELLED, CHANGED = "purchase", "refund", "order_cancelled", "order_changed"


def tell_order(*, tenant: Tenant, by: Actor, order: Order, before: Mapping[str, Any]) -> None:
    """Put on the timeline what became of an order; ``before`` is what was known of it, empty for a new one.

    Raises ProfileNotFound.
    """
    if order.profile_id is None:
        return
    type_, at = _kind(order, before), order.ordered_at
    if type_ is None:
        return
    if type_ in {CANCELLED, CHANGED}:
        at = timezone.now()
    record_event(
        tenant=tenant,
        by=by,
        type=type_,
        profile_id=order.profile_id,
        timestamp=at,
        source=order.source,
        payload={"orderId": order.number, "amount": str(abs(order.total)), "currency": order.currency},
    )


def _kind(order: Order, before: Mapping[str, Any]) -> str | None:
    is_cancelled = order.status == OrderStatus.CANCELLED
    if not before or before["profile_id"] != order.profile_id:
        if is_cancelled:
            return CANCELLED
        return PURCHASE if order.kind == OrderKind.SALE else REFUND
    if is_cancelled:
        return CANCELLED if before["status"] != OrderStatus.CANCELLED else None
    return CHANGED if before["total"] != order.total or before["kind"] != order.kind else None
