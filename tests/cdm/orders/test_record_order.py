"""An order is kept once per source and number, and everything that follows from it follows at once."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from cdm.models import CustomerSummary, Order, Product
from cdm.operations.record_order import Recorded, record_order
from cdm.orders.errors import HasReturns, SaleIsCancelled, UnknownSale, WrongCurrency
from cdm.orders.records import OrderRecord
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from profiles.models import CustomerEvent, Profile
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World

AT = "2026-03-01T09:00:00+07:00"
LINES = [{"sku": "CUP", "description": "Tea cup", "quantity": 2, "unitPrice": "250"}]


@pytest.fixture
def record(world: World, acme: Tenant) -> Any:
    def recorded(**said: Any) -> Recorded:
        given = {"source": "ERP", "number": "ORD-1", "orderedAt": AT} | said
        return record_order(tenant=acme, by=world.by, record=OrderRecord.parse(given, tenant=acme))

    return recorded


@pytest.mark.conforms("R118")
def test_an_order_is_kept_with_its_lines_products_timeline_and_what_was_spent(record: Any) -> None:
    customer = ProfileFactory()
    found = record(customerId=str(customer.pk), lines=LINES)
    assert (found.is_new, found.order.total) == (True, Decimal("500.00"))
    (line,) = found.order.lines.all()
    assert (line.product.sku, line.product.name, line.amount) == ("CUP", "Tea cup", Decimal("500.00"))
    summary = CustomerSummary.objects.get(profile=customer)
    assert (summary.orders, summary.lifetime_value) == (1, Decimal("500.00"))
    types = set(CustomerEvent.objects.filter(profile=customer).values_list("type", flat=True))
    assert {"purchase", "lifecycle_changed"} <= types
    assert AuditEntry.objects.filter(verb="order.record", object_id=found.order.pk).count() == 1


def test_the_same_order_again_changes_nothing(record: Any) -> None:
    customer = ProfileFactory()
    record(customerId=str(customer.pk), lines=LINES)
    before = (Order.objects.get().updated_at, CustomerEvent.objects.count(), AuditEntry.objects.count())
    again = record(customerId=str(customer.pk), lines=LINES)
    assert (again.is_new, again.is_changed) == (False, False)
    assert before == (
        Order.objects.get().updated_at,
        CustomerEvent.objects.count(),
        AuditEntry.objects.count(),
    )


def test_a_return_counts_for_the_sale_it_names_and_its_customer(record: Any) -> None:
    customer = ProfileFactory()
    sale = record(customerId=str(customer.pk), lines=LINES).order
    back = record(number="C-1", kind="RETURN", returns="ORD-1", total="200").order
    sale.refresh_from_db()
    assert (back.total, back.profile_id, sale.returned) == (Decimal(-200), customer.pk, Decimal(200))
    summary = CustomerSummary.objects.get(profile=customer)
    assert (summary.orders, summary.lifetime_value, summary.returned_value) == (1, Decimal(300), Decimal(200))


def test_a_sale_that_is_a_return_after_all_and_back_keeps_amounts_and_lines(record: Any) -> None:
    customer = ProfileFactory()
    record(customerId=str(customer.pk), lines=LINES)
    turned = record(kind="RETURN").order
    (line,) = turned.lines.all()
    assert (turned.total, line.quantity, line.amount) == (Decimal(-500), Decimal(-2), Decimal(-500))
    assert CustomerSummary.objects.get(profile=customer).orders == 0
    assert not record(kind="RETURN").is_changed
    back = record(kind="SALE").order
    (line,) = back.lines.all()
    assert (back.total, line.quantity, line.amount) == (Decimal(500), Decimal(2), Decimal(500))
    assert CustomerSummary.objects.get(profile=customer).lifetime_value == Decimal(500)


def test_a_return_that_is_a_sale_after_all_takes_nothing_from_the_sale_it_named(record: Any) -> None:
    customer = ProfileFactory()
    record(customerId=str(customer.pk), lines=LINES)
    record(number="C-1", kind="RETURN", returns="ORD-1", total="200")
    turned = record(number="C-1", kind="SALE").order
    assert (turned.total, turned.returns_id) == (Decimal(200), None)
    assert Order.objects.get(number="ORD-1").returned == 0
    summary = CustomerSummary.objects.get(profile=customer)
    assert (summary.lifetime_value, summary.returned_value) == (Decimal(700), 0)


def test_a_sale_that_came_back_whole_is_no_order_any_more(record: Any) -> None:
    customer = ProfileFactory()
    record(customerId=str(customer.pk), lines=LINES)
    record(number="C-1", kind="RETURN", returns="ORD-1", total="900")
    summary = CustomerSummary.objects.get(profile=customer)
    assert (summary.orders, summary.lifecycle_stage) == (0, "SUBSCRIBER")
    assert Order.objects.get(number="ORD-1").returned == Decimal(500)


def test_an_order_moves_to_another_customer_with_all_it_counts_for(record: Any) -> None:
    one, other = ProfileFactory(), ProfileFactory()
    record(customerId=str(one.pk), lines=LINES)
    record(customerId=str(other.pk))
    counts = dict(CustomerSummary.objects.values_list("profile_id", "orders"))
    assert counts == {one.pk: 0, other.pk: 1}
    assert Order.objects.get().total == Decimal(500)


def test_a_customer_is_known_by_what_the_source_calls_them_or_made(record: Any) -> None:
    known = ProfileIdentifierFactory(source="ERP", external_id="E7").profile
    assert record(customer={"externalId": "E7"}, total=5).order.profile_id == known.pk
    made = record(number="ORD-2", customer={"external_id": "E8", "email": "New@Example.com"}, total=5)
    assert Profile.objects.get(pk=made.order.profile_id).email == "new@example.com"
    assert record(number="ORD-3", customer={"phone": "081 000 0001"}, total=5).order.profile_id is not None


def test_an_order_of_nobody_known_stays_anonymous(record: Any) -> None:
    order = record(total="10").order
    waiting = record(number="ORD-2", customerRef="E99", total="10").order
    assert (order.profile_id, waiting.profile_id, waiting.customer_ref) == (None, None, "E99")
    assert not CustomerSummary.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"total": "-5"}, "_"),
        ({}, "total"),
        ({"total": "NaN"}, "total"),
        ({"total": "1.234"}, "total"),
        ({"total": 5, "orderedAt": "2999-01-01T00:00:00Z"}, "orderedAt"),
        ({"total": 5, "orderedAt": "2026-01-01"}, "orderedAt"),
        ({"total": 5, "number": ""}, "number"),
        ({"total": 5, "returns": "ORD-0"}, "_"),
        ({"total": 5, "colour": "red"}, "colour"),
        ({"total": 5, "customer": {}}, "customer"),
        ({"total": 5, "customerId": "00000000-0000-7000-8000-000000000000"}, "customerId"),
        ({"lines": [{"productId": "00000000-0000-7000-8000-000000000000"}]}, "lines"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(record: Any, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record(**said)
    assert field in refused.value.fields
    assert (Order.objects.count(), Product.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_another_currency_and_an_unknown_sale_are_refused(record: Any) -> None:
    with pytest.raises(WrongCurrency):
        record(total=5, currency="EUR")
    with pytest.raises(UnknownSale):
        record(kind="RETURN", returns="ORD-0", total=5)
    assert not Order.objects.exists()


def test_times_are_kept_as_moments(record: Any) -> None:
    assert record(total=5).order.ordered_at == datetime(2026, 3, 1, 2, tzinfo=UTC)


def test_a_sale_something_came_back_of_cannot_end_by_being_sent_again(record: Any) -> None:
    customer = ProfileFactory()
    record(customerId=str(customer.pk), lines=LINES)
    record(number="C-1", kind="RETURN", returns="ORD-1", total="200")
    for said in ({"status": "CANCELLED"}, {"kind": "RETURN"}):
        with pytest.raises(HasReturns):
            record(**said)
    sale = Order.objects.get(number="ORD-1")
    assert (sale.status, sale.kind, sale.returned) == ("COMPLETED", "SALE", Decimal(200))
    assert CustomerSummary.objects.get(profile=customer).lifetime_value == Decimal(300)
    record(number="C-1", status="CANCELLED")
    assert record(status="CANCELLED").is_changed
    assert CustomerSummary.objects.get(profile=customer).lifetime_value == 0


def test_nothing_comes_back_of_a_cancelled_sale(record: Any) -> None:
    customer = ProfileFactory()
    record(customerId=str(customer.pk), lines=LINES, status="CANCELLED")
    with pytest.raises(SaleIsCancelled):
        record(number="C-1", kind="RETURN", returns="ORD-1", total="200")
    assert Order.objects.count() == 1
    record(number="C-1", kind="RETURN", returns="ORD-1", total="200", status="CANCELLED")
    with pytest.raises(SaleIsCancelled):
        record(number="C-1", status="COMPLETED")
    assert CustomerSummary.objects.get(profile=customer).lifetime_value == 0
