"""Invoices, and that they were paid."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdm.choices import BillingStatus
from cdm.errors import InvoiceIsVoid, NumberTaken, unknown
from cdm.models import Billing, Order, Quotation
from cdm.records.pipeline import BillingChange, BillingRecord
from cdm.rows import add, change, locked_with_customer
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.update_profile import locked_profile


def issue_billing(*, tenant: Tenant, by: Actor, profile_id: uuid.UUID, record: BillingRecord) -> Billing:
    """Keep an invoice; raises ProfileNotFound, NumberTaken, Invalid."""
    try:
        with transaction.atomic():
            profile = locked_profile(profile_id)
            row = Billing(profile_id=profile.pk, **record.said("customer_id", "order_id", "quotation_id"))
            row.currency = record.currency or tenant.currency
            _link(row, record)
            row.paid_at = _paid_at(record.status, record.paid_at)
            return add(row, verb="billing.issue", by=by)
    except IntegrityError as error:
        raise NumberTaken("an invoice") from error


def update_billing(*, tenant: Tenant, by: Actor, billing_id: uuid.UUID, record: BillingChange) -> Billing:
    """Change what the record says and nothing else; raises RowNotFound, NumberTaken, Invalid."""
    try:
        with transaction.atomic():
            row = locked_with_customer(Billing, billing_id)
            values: dict[str, Any] = record.said("customer_id")
            _link(Billing(profile_id=row.profile_id), record)
            if record.says("currency"):
                values["currency"] = record.currency or tenant.currency
            if record.says("status") or record.says("paid_at"):
                status = record.status if record.says("status") else row.status
                values |= {"paid_at": _paid_at(status, record.paid_at or row.paid_at)}
            change(row, values, verb="billing.update", by=by)
            return row
    except IntegrityError as error:
        raise NumberTaken("an invoice") from error


@transaction.atomic
def pay_billing(*, tenant: Tenant, by: Actor, billing_id: uuid.UUID, at: datetime | None = None) -> Billing:
    """Mark an invoice as paid; the same again changes nothing. Raises RowNotFound, InvoiceIsVoid."""
    row = locked_with_customer(Billing, billing_id)
    if row.status == BillingStatus.VOID:
        raise InvoiceIsVoid
    if row.status != BillingStatus.PAID:
        values = {"status": BillingStatus.PAID, "paid_at": at or timezone.now()}
        change(row, values, verb="billing.pay", by=by)
    return row


def _paid_at(status: str, said: datetime | None) -> datetime | None:
    return (said or timezone.now()) if status == BillingStatus.PAID else None


def _link(row: Billing, record: BillingRecord) -> None:
    """Point the invoice to the customer's own order and quotation; raises Invalid for anybody else's."""
    if record.order_id is not None:
        if not Order.objects.filter(pk=record.order_id, profile=row.profile_id).exists():
            raise unknown("order_id", _("There is no such order of this customer."))
        row.order_id = record.order_id
    if record.quotation_id is not None:
        if not Quotation.objects.filter(pk=record.quotation_id, profile=row.profile_id).exists():
            raise unknown("quotation_id", _("There is no such quotation of this customer."))
        row.quotation_id = record.quotation_id
