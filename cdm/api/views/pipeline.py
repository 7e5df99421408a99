"""Deals and what was put in writing."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from cdm.api import pipeline_endpoints as endpoints
from cdm.api.pipeline_answers import BillingAnswer, Billings, DealAnswer, Deals, QuotationAnswer, Quotations
from cdm.api.queries import BillingsQuery, DealsQuery, QuotationsQuery
from cdm.api.subject import CdmViewSet
from cdm.models import Billing, Deal, Quotation
from cdm.operations.issue_billing import issue_billing, pay_billing, update_billing
from cdm.operations.issue_quotation import issue_quotation, update_quotation
from cdm.operations.open_deal import move_deal, open_deal, update_deal
from cdm.records.pipeline import (
    BillingChange,
    BillingPayment,
    DealChange,
    DealMove,
    NewBilling,
    NewDeal,
    NewQuotation,
    QuotationChange,
)
from cdm.rows import found


class RowsViewSet(CdmViewSet):
    """Rows of customers, narrowed by what the query says."""

    def narrowed(self, rows: QuerySet[Any], query: Any, *names: str) -> QuerySet[Any]:
        """Return the rows of the query's customer, with the query's values in these columns."""
        if query.customer_id is not None:
            rows = rows.filter(profile=self.named(query.customer_id))
        said = {name: getattr(query, name) for name in names if getattr(query, name) is not None}
        return rows.filter(**said)


class DealViewSet(RowsViewSet):
    """Deals."""

    queryset = Deal.objects.all()

    @endpoints.list_deals
    def list(self, request: Request, query: DealsQuery) -> Deals:
        """The latest first."""
        rows = self.narrowed(Deal.objects.order_by("-created_at", "-id"), query, "stage", "owner_id")
        if query.is_open is not None:
            rows = rows.filter(closed_at__isnull=query.is_open)
        return Deals([DealAnswer.model_validate(row) for row in rows[query.window]])

    @endpoints.get_deal
    def retrieve(self, request: Request, deal_id: uuid.UUID) -> DealAnswer:
        return DealAnswer.model_validate(found(Deal, deal_id))

    @endpoints.open_deal
    def create(self, request: Request, body: NewDeal) -> DealAnswer:
        """Without an owner it is the caller's, without a currency the company's."""
        customer = self.named(body.customer_id)
        row = open_deal(tenant=self.tenant, by=self.actor, profile_id=customer, record=body)
        return DealAnswer.model_validate(row)

    @endpoints.change_deal
    def update(self, request: Request, deal_id: uuid.UUID, body: DealChange) -> DealAnswer:
        """Changes the fields that are given."""
        row = update_deal(tenant=self.tenant, by=self.actor, deal_id=deal_id, record=body)
        return DealAnswer.model_validate(row)

    @endpoints.move_deal
    def move(self, request: Request, deal_id: uuid.UUID, body: DealMove) -> DealAnswer:
        """Won and lost deals are closed; any other stage opens them again."""
        row = move_deal(tenant=self.tenant, by=self.actor, deal_id=deal_id, record=body)
        return DealAnswer.model_validate(row)


class QuotationViewSet(RowsViewSet):
    """Quotations."""

    queryset = Quotation.objects.all()

    @endpoints.list_quotations
    def list(self, request: Request, query: QuotationsQuery) -> Quotations:
        """The latest first."""
        rows = self.narrowed(Quotation.objects.order_by("-created_at", "-id"), query, "status")
        return Quotations([QuotationAnswer.model_validate(row) for row in rows[query.window]])

    @endpoints.get_quotation
    def retrieve(self, request: Request, quotation_id: uuid.UUID) -> QuotationAnswer:
        return QuotationAnswer.model_validate(found(Quotation, quotation_id))

    @endpoints.issue_quotation
    def create(self, request: Request, body: NewQuotation) -> QuotationAnswer:
        customer = self.named(body.customer_id)
        row = issue_quotation(tenant=self.tenant, by=self.actor, profile_id=customer, record=body)
        return QuotationAnswer.model_validate(row)

    @endpoints.change_quotation
    def update(self, request: Request, quotation_id: uuid.UUID, body: QuotationChange) -> QuotationAnswer:
        """Changes the fields that are given."""
        row = update_quotation(tenant=self.tenant, by=self.actor, quotation_id=quotation_id, record=body)
        return QuotationAnswer.model_validate(row)


class BillingViewSet(RowsViewSet):
    """Invoices."""

    queryset = Billing.objects.all()

    @endpoints.list_billings
    def list(self, request: Request, query: BillingsQuery) -> Billings:
        """The latest first."""
        rows = self.narrowed(Billing.objects.order_by("-created_at", "-id"), query, "status")
        return Billings([BillingAnswer.model_validate(row) for row in rows[query.window]])

    @endpoints.get_billing
    def retrieve(self, request: Request, billing_id: uuid.UUID) -> BillingAnswer:
        return BillingAnswer.model_validate(found(Billing, billing_id))

    @endpoints.issue_billing
    def create(self, request: Request, body: NewBilling) -> BillingAnswer:
        customer = self.named(body.customer_id)
        row = issue_billing(tenant=self.tenant, by=self.actor, profile_id=customer, record=body)
        return BillingAnswer.model_validate(row)

    @endpoints.change_billing
    def update(self, request: Request, billing_id: uuid.UUID, body: BillingChange) -> BillingAnswer:
        """Changes the fields that are given."""
        row = update_billing(tenant=self.tenant, by=self.actor, billing_id=billing_id, record=body)
        return BillingAnswer.model_validate(row)

    @endpoints.pay_billing
    def pay(self, request: Request, billing_id: uuid.UUID, body: BillingPayment) -> BillingAnswer:
        """One that is paid already stays as it is."""
        row = pay_billing(tenant=self.tenant, by=self.actor, billing_id=billing_id, at=body.paid_at)
        return BillingAnswer.model_validate(row)
