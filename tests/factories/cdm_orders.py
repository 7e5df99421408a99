"""Factories of what is sold and what was ordered; they write rows and call no verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from cdm.models import CustomerSummary, Order, OrderLine, Product, ProductCategory
from tests.factories.profiles import ProfileFactory


class _ProductCategory(DjangoModelFactory[ProductCategory]):
    class Meta:
        model = ProductCategory

    name = factory.Sequence(lambda n: f"Shelf {n}")


class _Product(DjangoModelFactory[Product]):
    class Meta:
        model = Product

    sku = factory.Sequence(lambda n: f"SKU{n:05d}")
    name = factory.Sequence(lambda n: f"Tea cup no. {n}")
    price = Decimal("250.00")


class _Order(DjangoModelFactory[Order]):
    class Meta:
        model = Order

    profile = factory.LazyFunction(ProfileFactory)
    source = "ERP"
    number = factory.Sequence(lambda n: f"ORD-{n:06d}")
    ordered_at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    currency = "THB"
    total = Decimal("500.00")


class _OrderLine(DjangoModelFactory[OrderLine]):
    class Meta:
        model = OrderLine

    order = factory.SubFactory(_Order)
    product = factory.SubFactory(_Product)
    position = factory.Sequence(lambda n: n + 1)
    quantity = Decimal(2)
    unit_price = Decimal("250.00")
    amount = Decimal("500.00")


class _CustomerSummary(DjangoModelFactory[CustomerSummary]):
    class Meta:
        model = CustomerSummary

    profile = factory.LazyFunction(ProfileFactory)


ProductCategoryFactory: Callable[..., ProductCategory] = _ProductCategory.create
ProductFactory: Callable[..., Product] = _Product.create
OrderFactory: Callable[..., Order] = _Order.create
OrderLineFactory: Callable[..., OrderLine] = _OrderLine.create
CustomerSummaryFactory: Callable[..., CustomerSummary] = _CustomerSummary.create
