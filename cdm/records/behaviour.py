"""What callers say about behaviour in the shop."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from cdm.choices import BehaviourType, DropOffStage
from cdm.records.base import Said
from cdm.records.values import CustomerRef, Happened, Money, ProductRef, text

MOST_AT_ONCE = 1000


class BehaviourRecord(Said):
    """One thing a customer did; products and categories by id, by code or name, or as the shop calls them."""

    behavior_type: BehaviourType
    product_id: ProductRef = ""
    category_id: ProductRef = ""
    query: text(255) = ""  # type: ignore[valid-type]
    session_id: text(255) = ""  # type: ignore[valid-type]
    device_type: text(50) = ""  # type: ignore[valid-type]
    occurred_at: Happened = None


class NewBehaviour(BehaviourRecord):
    """Something somebody did in the shop, and who."""

    customer_id: CustomerRef


class BehaviourBatch(Said):
    """Many things that were done."""

    events: Annotated[list[NewBehaviour], Field(min_length=1, max_length=MOST_AT_ONCE)]


class DropOffRecord(Said):
    """One time a customer turned back on the way to an order."""

    stage: DropOffStage
    product_id: ProductRef = ""
    cart_value: Money = Decimal(0)
    reason: text(255) = ""  # type: ignore[valid-type]
    occurred_at: Happened = None


class NewDropOff(DropOffRecord):
    """A drop-off, and whose."""

    customer_id: CustomerRef
