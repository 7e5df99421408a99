"""Offers in writing."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cdm.errors import NumberTaken, unknown
from cdm.models import Deal, Quotation
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.pipeline import QuotationChange, QuotationRecord
from cdm.rows import add, change, locked_with_customer
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.update_profile import locked_profile


def issue_quotation(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, record: QuotationRecord
) -> Quotation:
    """Keep an offer in writing; raises ProfileNotFound, NumberTaken, Invalid."""
    try:
        with transaction.atomic():
            profile = locked_profile(profile_id)
            row = Quotation(profile_id=profile.pk, **record.said("customer_id", "deal_id"))
            row.currency = record.currency or tenant.currency
            row.deal_id = _deal(record.deal_id, profile.pk)
            add(row, verb="quotation.issue", by=by)
            refresh_summaries(tenant=tenant, profile_ids=[profile.pk], behaves_as_before=True)
            return row
    except IntegrityError as error:
        raise NumberTaken("a quotation") from error


def update_quotation(
    *, tenant: Tenant, by: Actor, quotation_id: uuid.UUID, record: QuotationChange
) -> Quotation:
    """Change what the record says and nothing else; raises RowNotFound, NumberTaken, Invalid."""
    try:
        with transaction.atomic():
            row = locked_with_customer(Quotation, quotation_id)
            values: dict[str, Any] = record.said("customer_id", "deal_id")
            if record.says("deal_id"):
                values["deal_id"] = _deal(record.deal_id, row.profile_id)
            if record.says("currency"):
                values["currency"] = record.currency or tenant.currency
            change(row, values, verb="quotation.update", by=by)
            return row
    except IntegrityError as error:
        raise NumberTaken("a quotation") from error


def _deal(deal_id: uuid.UUID | None, profile_id: uuid.UUID) -> uuid.UUID | None:
    if deal_id is not None and not Deal.objects.filter(pk=deal_id, profile=profile_id).exists():
        raise unknown("deal_id", _("There is no such deal of this customer."))
    return deal_id
