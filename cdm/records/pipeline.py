"""What callers say about deals, tasks, quotations and invoices."""

from __future__ import annotations

import uuid
from decimal import Decimal

from cdm.choices import BillingStatus, DealStage, QuotationStatus, TaskKind
from cdm.records.base import Said
from cdm.records.values import Currency, CustomerRef, Day, LongText, Moment, Money, required_text, text


class DealRecord(Said):
    """One sale being worked on; it is the caller's and in the company's currency unless said otherwise."""

    title: required_text(255)  # type: ignore[valid-type]
    stage: DealStage = DealStage.NEW
    amount: Money = Decimal(0)
    currency: Currency = ""
    expected_on: Day = None
    owner_id: uuid.UUID | None = None
    lost_reason: text(255) = ""  # type: ignore[valid-type]
    notes: LongText = ""


class NewDeal(DealRecord):
    """A deal to open, and whose."""

    customer_id: CustomerRef


class DealChange(DealRecord):
    """What to change about a deal; its stage moves by a call of its own."""

    title: required_text(255) = ""  # type: ignore[valid-type]
    customer_id: CustomerRef | None = None


class DealMove(Said):
    """Where a deal stands now."""

    stage: DealStage
    lost_reason: text(255) = ""  # type: ignore[valid-type]


class TaskRecord(Said):
    """One thing somebody means to do; without an owner it is the caller's."""

    title: required_text(255)  # type: ignore[valid-type]
    kind: TaskKind = TaskKind.TO_DO
    notes: LongText = ""
    due_at: Moment = None
    owner_id: uuid.UUID | None = None
    deal_id: uuid.UUID | None = None


class NewTask(TaskRecord):
    """A task to make, and for which customer, if for any."""

    customer_id: CustomerRef | None = None


class TaskChange(TaskRecord):
    """What to change about a task."""

    title: required_text(255) = ""  # type: ignore[valid-type]
    customer_id: CustomerRef | None = None


class QuotationRecord(Said):
    """One offer in writing."""

    number: required_text(120)  # type: ignore[valid-type]
    status: QuotationStatus = QuotationStatus.DRAFT
    total: Money = Decimal(0)
    currency: Currency = ""
    issued_on: Day = None
    valid_until: Day = None
    deal_id: uuid.UUID | None = None
    notes: LongText = ""


class NewQuotation(QuotationRecord):
    """A quotation, and whose."""

    customer_id: CustomerRef


class QuotationChange(QuotationRecord):
    """What to change about a quotation."""

    number: required_text(120) = ""  # type: ignore[valid-type]
    customer_id: CustomerRef | None = None


class BillingRecord(Said):
    """One invoice; ``paid_at`` is when, where its status is paid."""

    number: required_text(120)  # type: ignore[valid-type]
    status: BillingStatus = BillingStatus.OPEN
    amount: Money = Decimal(0)
    currency: Currency = ""
    issued_on: Day = None
    due_on: Day = None
    paid_at: Moment = None
    order_id: uuid.UUID | None = None
    quotation_id: uuid.UUID | None = None


class NewBilling(BillingRecord):
    """An invoice, and whose."""

    customer_id: CustomerRef


class BillingChange(BillingRecord):
    """What to change about an invoice."""

    number: required_text(120) = ""  # type: ignore[valid-type]
    customer_id: CustomerRef | None = None


class BillingPayment(Said):
    """When an invoice was paid; now, unless said."""

    paid_at: Moment = None
