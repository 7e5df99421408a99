"""Orders and products as they are answered: snake_case, as S3 has it."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, PlainSerializer

from cdm.choices import OrderKind, OrderStatus
from cdm.models import Order, OrderLine
from cdp.api.wire import Outgoing

# Amounts are exact inside and numbers on the wire, as S3 shows them.
Amount = Annotated[Decimal, PlainSerializer(float, return_type=float)]


class SnakeAnswer(Outgoing):
    """An answer whose names are those of its attributes."""

    model_config = ConfigDict(alias_generator=None)


class SnakePage(SnakeAnswer):
    """Where a page stands; ``total`` is a lower bound unless ``total_is_exact``."""

    total: int
    total_is_exact: bool
    page: int
    limit: int


class LineAnswer(SnakeAnswer):
    """One product of an order."""

    position: int
    product_id: uuid.UUID | None
    sku: str | None
    description: str
    quantity: Amount
    unit_price: Amount
    amount: Amount

    @classmethod
    def of(cls, line: OrderLine) -> Self:
        """Return the line; its product must be fetched."""
        return cls(
            position=line.position,
            product_id=line.product_id,
            sku=line.product.sku if line.product else None,
            description=line.description,
            quantity=line.quantity,
            unit_price=line.unit_price,
            amount=line.amount,
        )


class OrderSummary(SnakeAnswer):
    """An order without its lines."""

    id: uuid.UUID
    customer_id: uuid.UUID | None = Field(validation_alias="profile_id")
    customer_ref: str
    source: str
    number: str
    kind: OrderKind
    status: OrderStatus
    ordered_at: datetime
    currency: str
    total: Amount
    returned: Amount
    returns_id: uuid.UUID | None
    created_at: datetime
    updated_at: datetime


class OrderAnswer(OrderSummary):
    """An order with its lines."""

    lines: list[LineAnswer]
    metadata: dict[str, Any]

    @classmethod
    def of(cls, order: Order) -> Self:
        """Return the order, in one more query."""
        summary = OrderSummary.model_validate(order).model_dump()
        lines = [LineAnswer.of(line) for line in order.lines.select_related("product")]
        return cls(
            **{"profile_id": summary.pop("customer_id"), **summary}, lines=lines, metadata=order.metadata
        )


class OrderPage(SnakeAnswer):
    """One page of orders, the latest first."""

    data: list[OrderSummary]
    meta: SnakePage


class ProductAnswer(SnakeAnswer):
    """A product."""

    id: uuid.UUID
    sku: str
    name: str
    category_id: uuid.UUID | None
    price: Amount | None
    is_active: bool
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime


class ProductPage(SnakeAnswer):
    """One page of products, by name."""

    data: list[ProductAnswer]
    meta: SnakePage


class CategoryAnswer(SnakeAnswer):
    """A product category."""

    id: uuid.UUID
    name: str
    parent_id: uuid.UUID | None
    created_at: datetime
    updated_at: datetime


class CategoryPage(SnakeAnswer):
    """One page of categories, by name."""

    data: list[CategoryAnswer]
    meta: SnakePage


class OrdersImportAnswer(SnakeAnswer):
    """An import of orders: how far it is. Its rows and errors are at `/profiles/import/{id}`."""

    id: uuid.UUID
    state: str
    rows_total: int
    rows_done: int
    created: int
    updated: int
    unchanged: int
    failed: int
    error: str
