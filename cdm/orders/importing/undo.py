"""Taking an import of orders back."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.db.models import CASCADE, Exists, OuterRef

from cdm.models import CustomerSummary, Order, OrderLine, Product
from cdm.operations.recover_drop_off import recover_again, reopen_before_removal
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.orders.returned import keep_returned
from cdm.summaries.rebuild import AT_ONCE
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.models import TenantQuerySet
from profiles.imports.choices import RowAction, UndoOutcome
from profiles.imports.models import ImportRow, ImportRun
from profiles.locking import lock_tenant
from profiles.models import CustomerEvent, Profile, ProfileIdentifier
from profiles.registries import derived_rows

_UNTELL = """
DELETE FROM customer_events AS e USING orders AS o
 WHERE o.tenant_id = %(tenant)s AND o.created_by = %(reference)s AND o.updated_by = %(reference)s
   AND e.tenant_id = o.tenant_id AND e.profile_id = o.profile_id AND e.source = o.source
   AND e.type IN ('purchase', 'refund') AND e.payload ->> 'orderId' = o.number"""
_STATE_EVENTS = ("temperature_changed", "type_changed", "lifecycle_changed")


def take_back(run: ImportRun, tenant: Tenant, by: Actor) -> dict[str, int]:
    """Delete the orders the run has made, unless they were changed since, and whoever has nothing else.

    Orders that were there before and got new lines from the file keep them.
    """
    lock_tenant(tenant.pk)
    said: dict[str, Any] = {"tenant": tenant.pk, "reference": run.reference}
    made = Order.objects.filter(created_by=run.reference)
    mine = made.filter(updated_by=run.reference)
    of_customers = mine.exclude(profile=None)
    touched = set(of_customers.values_list("profile_id", flat=True).distinct())
    returned = mine.exclude(returns=None).values_list("returns_id", "returns__profile_id")
    sales: dict[uuid.UUID, uuid.UUID | None] = dict(returned.distinct())
    touched |= {whose for whose in sales.values() if whose is not None}
    removed = mine.count()
    kept = made.count() - removed
    with connection.cursor() as cursor:
        cursor.execute(_UNTELL, said)
    reopened = reopen_before_removal(tenant=tenant, by=by, orders=mine)
    touched |= set(reopened.values())
    rows = ImportRow.objects.filter(run=run, action__in=[RowAction.CREATE, RowAction.UPDATE])
    again = Exists(mine.filter(number=OuterRef("note")))
    rows.filter(again, action=RowAction.CREATE).update(undone=UndoOutcome.RESTORED)
    _delete(mine)
    recover_again(tenant=tenant, by=by, drop_off_ids=reopened.keys())
    keep_returned(sales)
    _remove_products(run)
    gone = _remove_customers(run)
    left = sorted(touched - gone)
    for start in range(0, len(left), AT_ONCE):
        refresh_summaries(tenant=tenant, profile_ids=left[start : start + AT_ONCE])
    rows.filter(undone="").update(undone=UndoOutcome.KEPT)
    return {"removed": removed, "restored": len(gone), "kept": kept}


def _delete(orders: TenantQuerySet[Order]) -> None:
    """Delete orders by the hundred thousand: the collector would make an object of each."""
    for relation in Order._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": orders})
        if relation.on_delete is CASCADE:
            rows._raw_delete(using="default")
        else:
            rows.update(**{relation.field.name: None})
    orders._raw_delete(using="default")


def _remove_products(run: ImportRun) -> None:
    sold = OrderLine.objects.filter(product=OuterRef("pk"))
    Product.objects.filter(~Exists(sold), created_by=run.reference, updated_by=run.reference).delete()


def _remove_customers(run: ImportRun) -> set[uuid.UUID]:
    """Delete the customers the run has made of numbers alone, as far as nothing else belongs to them."""
    mine = Profile.objects.filter(
        created_by=run.reference, updated_by__in=[run.reference, "system:lifecycle"], merged_into=None
    )
    mine = mine.exclude(Exists(Order.objects.filter(profile=OuterRef("pk"))))
    for relation in Profile._meta.related_objects:
        model = relation.related_model
        if model in {ProfileIdentifier, CustomerEvent, Order, CustomerSummary}:
            continue
        if derived_rows.get(model._meta.label) is None and hasattr(model, "tenant_id"):
            others = model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            mine = mine.exclude(Exists(others))
    told = CustomerEvent.objects.filter(profile=OuterRef("pk")).exclude(type__in=_STATE_EVENTS)
    ids = list(mine.exclude(Exists(told)).values_list("pk", flat=True))
    for remove in derived_rows:
        remove(ids)
    # Straight to SQL: the collector would look for relations that were checked already.
    for model in (CustomerEvent, ProfileIdentifier):
        model.objects.filter(profile__in=ids)._raw_delete(using="default")
    Profile.objects.filter(pk__in=ids)._raw_delete(using="default")
    return set(ids)
