"""What stands in the query of addresses under /cdm."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from pydantic import Field, Strict

from cdm.api.wire import Query, WindowOf
from cdm.choices import (
    BehaviourType,
    BillingStatus,
    CallListName,
    CustomerType,
    DealStage,
    InteractionType,
    QuotationStatus,
    Temperature,
)
from cdp.api.wire import AsNumber, QueryFlag
from profiles.choices import LifecycleStage

Customer = Annotated[str, Field(min_length=1, max_length=255)]
LONGEST_AHEAD = 365


class CustomersQuery(WindowOf):
    """Which customers, the most valuable first."""

    customer_type: CustomerType | None = None
    lifecycle_stage: LifecycleStage | None = None
    temperature: Temperature | None = None


class CustomerRows(WindowOf):
    """Which rows, the latest first."""


class InteractionsQuery(WindowOf):
    """Which talks of a customer, the latest first."""

    type: InteractionType | None = None


class BehaviourQuery(WindowOf):
    """What a customer did, the latest first."""

    type: BehaviourType | None = None


class MostViewedQuery(Query):
    """How many products."""

    limit: Annotated[int, Strict(), Field(ge=1, le=100), AsNumber] = 10


class RecoveryQuery(Query):
    """Drop-offs of how many days back."""

    days: Annotated[int, Strict(), Field(ge=1, le=3650), AsNumber] = 90


class OccasionsQuery(WindowOf):
    """How many days ahead; 0 is today alone."""

    days: Annotated[int, Strict(), Field(ge=0, le=LONGEST_AHEAD), AsNumber] = 7


class CallsQuery(Query):
    """Which call list, and how much of it."""

    limit: Annotated[int, Strict(), Field(ge=1, le=1000), AsNumber] = 50
    list: CallListName = CallListName.MOST_VALUABLE


class TopQuery(Query):
    """How many customers."""

    limit: Annotated[int, Strict(), Field(ge=1, le=100), AsNumber] = 10


class DealsQuery(WindowOf):
    """Which deals."""

    customer_id: Customer | None = None
    stage: DealStage | None = None
    owner_id: uuid.UUID | None = None
    is_open: QueryFlag | None = None


class TasksQuery(WindowOf):
    """Which tasks, those due first."""

    customer_id: Customer | None = None
    owner_id: uuid.UUID | None = None
    due: Literal["overdue", "today"] | None = None
    is_done: QueryFlag | None = None


class QuotationsQuery(WindowOf):
    """Which quotations, the latest first."""

    customer_id: Customer | None = None
    status: QuotationStatus | None = None


class BillingsQuery(WindowOf):
    """Which invoices, the latest first."""

    customer_id: Customer | None = None
    status: BillingStatus | None = None
