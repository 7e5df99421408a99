"""Marking drop-offs as recovered: by hand, and by the order that came after all; and opening them again."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from cdm.choices import OrderKind, OrderStatus
from cdm.models import DropOff, Order
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.rows import change, locked_with_customer
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant

Changed = dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID]]
# An order later than this after a drop-off has another story.
RECOVERABLE_FOR = timedelta(days=30)

# An order of which a file gives only the day stands at its midnight; it may have come at any time of it.
_LATEST = """
    o.ordered_at + interval '1 day' * ((o.ordered_at AT TIME ZONE %(zone)s)::time = '00:00')::int
"""
# The first order after each open drop-off, of some orders or some drop-offs; one statement, whatever their
# number.
_RECOVER = """
    UPDATE {drop_offs} d SET recovered_at = greatest(o.ordered_at, d.occurred_at), recovered_by_id = o.id,
        updated_at = now(), updated_by = %(by)s
    FROM (
        SELECT DISTINCT ON (d.id) d.id AS drop_off, o.id, o.ordered_at
        FROM {orders} o JOIN {drop_offs} d ON d.tenant_id = o.tenant_id AND d.profile_id = o.profile_id
        WHERE o.tenant_id = %(tenant)s AND {which} AND o.kind = %(sale)s
            AND o.status <> %(cancelled)s AND d.recovered_at IS NULL
            AND d.occurred_at <= {latest} AND d.occurred_at >= o.ordered_at - %(within)s
        ORDER BY d.id, o.ordered_at, o.id
    ) o
    WHERE d.tenant_id = %(tenant)s AND d.id = o.drop_off AND d.recovered_at IS NULL
    RETURNING d.id, d.profile_id, d.recovered_by_id
"""
# What these orders have recovered, and would not any more.
_REOPEN = """
    UPDATE {drop_offs} d SET recovered_at = NULL, recovered_by_id = NULL, updated_at = now(),
        updated_by = %(by)s
    FROM {orders} o
    WHERE d.tenant_id = %(tenant)s AND d.recovered_by_id = ANY(%(orders)s)
        AND o.tenant_id = d.tenant_id AND o.id = d.recovered_by_id
        AND (o.status = %(cancelled)s OR o.kind <> %(sale)s OR o.profile_id IS DISTINCT FROM d.profile_id
            OR {latest} < d.occurred_at OR o.ordered_at > d.occurred_at + %(within)s)
    RETURNING d.id, d.profile_id, o.id
"""
_BY_THESE, _THESE = "o.id = ANY(%(orders)s)", "d.id = ANY(%(drop_offs)s)"


@transaction.atomic
def recover_drop_off(
    *, tenant: Tenant, by: Actor, drop_off_id: uuid.UUID, at: datetime | None = None
) -> DropOff:
    """Mark a drop-off as recovered; the same again changes nothing. Raises RowNotFound."""
    row = locked_with_customer(DropOff, drop_off_id)
    if row.recovered_at is None:
        change(row, {"recovered_at": at or timezone.now()}, verb="drop_off.recover", by=by)
        refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)
    return row


@transaction.atomic
def reopen_drop_off(*, tenant: Tenant, by: Actor, drop_off_id: uuid.UUID) -> DropOff:
    """Take back that a drop-off was recovered; raises RowNotFound."""
    row = locked_with_customer(DropOff, drop_off_id)
    change(row, {"recovered_at": None, "recovered_by_id": None}, verb="drop_off.reopen", by=by)
    refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)
    return row


@transaction.atomic
def recover_by_orders(*, tenant: Tenant, by: Actor, order_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Mark the open drop-offs of these orders' customers as recovered by the first order after each.

    An order within 30 days counts; one that counts no more (cancelled, somebody else's, or of another time)
    opens again what it had recovered, unless another order of the customer counts instead. Set-wise, for one
    order as for a whole import; the caller refreshes the summaries of the customers returned.
    """
    if not order_ids:
        return set()
    said = _said(tenant, by, orders=order_ids)
    reopened = _changed(_REOPEN, said)
    _tell("drop_off.reopen", reopened, by=by)
    again = recover_again(tenant=tenant, by=by, drop_off_ids=reopened.keys()) if reopened else set()
    recovered = _changed(_RECOVER, said, which=_BY_THESE)
    _tell("drop_off.recover", recovered, by=by)
    return again | {profile_id for profile_id, _ in [*reopened.values(), *recovered.values()]}


@transaction.atomic
def recover_again(*, tenant: Tenant, by: Actor, drop_off_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Mark the open ones among these drop-offs as recovered by whichever order came first after each.

    Return the customers of those that were.
    """
    if not drop_off_ids:
        return set()
    recovered = _changed(_RECOVER, _said(tenant, by, drop_offs=drop_off_ids), which=_THESE)
    _tell("drop_off.recover", recovered, by=by)
    return {profile_id for profile_id, _ in recovered.values()}


@transaction.atomic
def reopen_before_removal(
    *, tenant: Tenant, by: Actor, orders: QuerySet[Order]
) -> dict[uuid.UUID, uuid.UUID]:
    """Open again what orders that are about to be deleted have recovered; return {drop-off: customer}.

    Once the orders are gone, `recover_again` finds those that come after all.
    """
    rows = list(DropOff.objects.filter(recovered_by__in=orders))
    entries = [(row, {"recovered_by_id": [str(row.recovered_by_id), None]}) for row in rows]
    audit.record_many(verb="drop_off.reopen", entries=entries, by=by)
    DropOff.objects.filter(pk__in=[row.pk for row in rows]).update(
        recovered_at=None, recovered_by=None, updated_at=timezone.now(), updated_by=str(by)
    )
    return {row.pk: row.profile_id for row in rows}


def _said(tenant: Tenant, by: Actor, **ids: Collection[uuid.UUID]) -> dict[str, Any]:
    return {
        "tenant": tenant.pk,
        "by": str(by),
        "sale": OrderKind.SALE,
        "cancelled": OrderStatus.CANCELLED,
        "within": RECOVERABLE_FOR,
        "zone": tenant.time_zone,
        **{name: list(listed) for name, listed in ids.items()},
    }


def _changed(statement: str, said: dict[str, Any], *, which: str = "") -> Changed:
    """Return the drop-offs changed, each with its customer and the order that made the change."""
    parts = {"drop_offs": DropOff._meta.db_table, "orders": Order._meta.db_table, "latest": _LATEST}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**parts, which=which), said)
        return {pk: (profile_id, order) for pk, profile_id, order in cursor.fetchall()}


def _tell(verb: str, changed: Changed, *, by: Actor) -> None:
    if not changed:
        return
    rows = DropOff.objects.in_bulk(list(changed))
    opened = verb == "drop_off.reopen"
    entries = [
        (rows[pk], {"recovered_by_id": [str(order), None] if opened else [None, str(order)]})
        for pk, (_, order) in changed.items()
    ]
    audit.record_many(verb=verb, entries=entries, by=by)
