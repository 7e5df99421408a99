"""Keeping an order as its source describes it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from cdm.choices import OrderKind
from cdm.models import Order, OrderLine
from cdm.operations.recover_drop_off import recover_by_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.orders.customers import customer_of, lock_customers
from cdm.orders.errors import UnknownSale, WrongCurrency
from cdm.orders.events import tell_order
from cdm.orders.products import order_lines
from cdm.orders.records import OrderRecord
from cdm.orders.returned import keep_returned, require_sound
from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.locking import lock_values

WATCHED = (
    *("kind", "status", "ordered_at", "currency", "total", "profile_id", "customer_ref", "returns_id"),
    "metadata",
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The order, whether it is new, and whether anything was written."""

    order: Order
    is_new: bool
    is_changed: bool


@transaction.atomic
def record_order(*, tenant: Tenant, by: Actor, record: OrderRecord) -> Recorded:
    """Keep the order, or change what is known of it by its source and number; the same again does nothing.

    A return counts for the sale it names, and is its customer's unless it says otherwise. Raises Invalid for
    amounts in another currency, an unknown sale, or an order without any amount; HasReturns for a sale that
    is to end while something of it came back, SaleIsCancelled for a return of a cancelled one.
    """
    if record.currency not in {None, tenant.currency}:
        raise WrongCurrency(str(record.currency), tenant.currency)
    asked = customer_of(tenant=tenant, by=by, record=record)
    lock_values(tenant.pk, [f"order:{record.source}:{record.number}"])
    known = Order.objects.filter(source=record.source, number=record.number).select_related("returns").first()
    sale = _sale(record)
    whose = asked or (sale.profile_id if sale and not record.names_customer and known is None else None)
    before = known.profile_id if known else None
    former = known.returns if known else None
    others = {one.profile_id for one in (sale, former) if one}
    survivors = lock_customers([whose, before, *others])
    order = Order.objects.select_for_update(no_key=True).get(pk=known.pk) if known else _new(record)
    watched = {name: getattr(order, name) for name in WATCHED} if known else {}
    _fill(order, record, currency=tenant.currency)
    if record.returns or known is None or order.kind == OrderKind.SALE:
        order.returns = sale
    if whose is not None:
        order.profile_id = survivors[whose]
    changes = audit.changed_fields(watched, {name: getattr(order, name) for name in WATCHED})
    lines = _changed_lines(order, record, by=by) if record.says("lines") else _turned_lines(order, watched)
    if lines is not None:
        changes["lines"] = [None, len(lines)]
    if known is not None and not changes:
        return Recorded(order, is_new=False, is_changed=False)
    _save(order, lines, by=by, is_new=known is None)
    audit.record(verb="order.record", obj=order, by=by, changes=_as_text(changes))
    _follow_up(tenant, by, order, others, watched)
    return Recorded(order, is_new=known is None, is_changed=True)


def _follow_up(
    tenant: Tenant, by: Actor, order: Order, others: set[uuid.UUID | None], before: dict[str, Any]
) -> None:
    require_sound(order)
    keep_returned([order.pk, order.returns_id, before.get("returns_id")])
    tell_order(tenant=tenant, by=by, order=order, before=before)
    recovered = recover_by_orders(tenant=tenant, by=by, order_ids=[order.pk])
    touched = recovered | others | {order.profile_id, before.get("profile_id")}
    refresh_summaries(
        tenant=tenant, profile_ids=[one for one in touched if one is not None], behaves_as_before=True
    )
    order.refresh_from_db(fields=["returned"])


def _sale(record: OrderRecord) -> Order | None:
    if not record.returns:
        return None
    sale = Order.objects.filter(source=record.source, number=record.returns, kind=OrderKind.SALE).first()
    if sale is None:
        raise UnknownSale(record.returns)
    return sale


def _new(record: OrderRecord) -> Order:
    if record.amount is None:
        text = gettext("Give a total, or lines.")
        raise Invalid(text, fields={"total": [text]})
    return Order(source=record.source, number=record.number, ordered_at=timezone.now())


def _fill(order: Order, record: OrderRecord, *, currency: str) -> None:
    is_turned = record.says("kind") and not order._state.adding and order.kind != record.kind
    if record.says("kind") or order._state.adding:
        order.kind = record.kind
    for field in ("status", "metadata"):
        if record.says(field):
            setattr(order, field, getattr(record, field))
    if record.reference:
        order.customer_ref = record.reference
    if record.ordered_at is not None:
        order.ordered_at = record.ordered_at
    order.currency = currency
    if record.amount is not None:
        order.total = -abs(record.amount) if order.kind == OrderKind.RETURN else record.amount
    elif is_turned:
        order.total = -order.total
    # Summed up anew once the order is written.
    order.returned = min(order.returned, max(order.total, Decimal(0)))


def _changed_lines(order: Order, record: OrderRecord, *, by: Actor) -> list[OrderLine] | None:
    """Return the lines to keep, or None when they are those that are kept already."""
    wanted = order_lines(record.lines, is_return=order.kind == OrderKind.RETURN, by=by)
    kept = [] if order._state.adding else list(OrderLine.objects.filter(order=order))
    return None if [_said(line) for line in wanted] == [_said(line) for line in kept] else wanted


def _turned_lines(order: Order, before: dict[str, Any]) -> list[OrderLine] | None:
    """Return the lines that are kept with the other sign, where a sale became a return or a return a sale."""
    if before.get("kind") in {None, order.kind}:
        return None
    lines = list(OrderLine.objects.filter(order=order))
    for line in lines:
        line.quantity, line.amount = -line.quantity, -line.amount
    return lines


def _said(line: OrderLine) -> tuple[Any, ...]:
    return (line.position, line.product_id, line.description, line.quantity, line.unit_price, line.amount)


def _save(order: Order, lines: list[OrderLine] | None, *, by: Actor, is_new: bool) -> None:
    order.updated_by = str(by)
    if is_new:
        order.created_by = str(by)
    order.save(force_insert=is_new, force_update=not is_new)
    if lines is None:
        return
    if not is_new:
        OrderLine.objects.filter(order=order).delete()
    for line in lines:
        line.order = order
    OrderLine.objects.bulk_create(lines, batch_size=500)


def _as_text(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        name: [str(one) if isinstance(one, uuid.UUID) else one for one in pair]
        for name, pair in changes.items()
    }
