"""Deals, tasks, quotations and invoices as they are answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from pydantic import RootModel

from cdm.api.answers import CUSTOMER
from cdm.api.wire import Amount, Answer, OptionalText
from cdm.choices import BillingStatus, DealStage, QuotationStatus, TaskKind


class DealAnswer(Answer):
    """A deal."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    title: str
    stage: DealStage
    amount: Amount
    currency: str
    expected_on: date | None
    owner_id: uuid.UUID | None
    closed_at: datetime | None
    lost_reason: OptionalText
    notes: OptionalText
    created_at: datetime
    updated_at: datetime


class TaskAnswer(Answer):
    """A task; ``origin`` says what made it, null where a person did."""

    id: uuid.UUID
    customer_id: uuid.UUID | None = CUSTOMER
    deal_id: uuid.UUID | None
    kind: TaskKind
    title: str
    notes: OptionalText
    due_at: datetime | None
    owner_id: uuid.UUID | None
    done_at: datetime | None
    origin: str | None
    created_at: datetime
    updated_at: datetime


class QuotationAnswer(Answer):
    """An offer in writing."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    deal_id: uuid.UUID | None
    number: str
    status: QuotationStatus
    total: Amount
    currency: str
    issued_on: date | None
    valid_until: date | None
    notes: OptionalText
    created_at: datetime
    updated_at: datetime


class BillingAnswer(Answer):
    """An invoice."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    order_id: uuid.UUID | None
    quotation_id: uuid.UUID | None
    number: str
    status: BillingStatus
    amount: Amount
    currency: str
    issued_on: date | None
    due_on: date | None
    paid_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Deals(RootModel[list[DealAnswer]]):
    """Deals."""


class Tasks(RootModel[list[TaskAnswer]]):
    """Tasks."""


class Quotations(RootModel[list[QuotationAnswer]]):
    """Quotations."""


class Billings(RootModel[list[BillingAnswer]]):
    """Invoices."""
