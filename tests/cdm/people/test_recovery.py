"""Drop-offs that the order recovers by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cdm.models import CustomerSummary, DropOff, Order
from cdm.operations.attach_orders import attach_orders
from cdm.operations.cancel_order import cancel_order
from cdm.operations.import_orders import start_orders_import
from cdm.operations.record_drop_off import record_drop_off
from cdm.operations.record_order import record_order
from cdm.operations.recover_drop_off import recover_by_orders
from cdm.orders.records import OrderRecord
from cdm.records.behaviour import DropOffRecord
from cdp.models import AuditEntry, Tenant
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import
from profiles.imports.operations.undo import undo_import, undo_run
from profiles.models import Profile
from tests.factories.cdm_orders import OrderFactory
from tests.factories.cdm_people import DropOffFactory
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World


@pytest.mark.conforms("R69")
def test_the_first_order_after_a_drop_off_recovers_it_set_wise(
    acme: Tenant, world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    now = timezone.now()
    people = [ProfileFactory() for _ in range(5)]
    ago = (2, 2, 40, 2, 2)
    rows = [
        DropOffFactory(profile=one, occurred_at=now - timedelta(days=days))
        for one, days in zip(people, ago, strict=True)
    ]
    first = OrderFactory(profile=people[0], ordered_at=now - timedelta(days=1))
    orders = [
        OrderFactory(profile=people[0], ordered_at=now),
        first,
        OrderFactory(profile=people[1], ordered_at=now - timedelta(days=3)),  # before
        OrderFactory(profile=people[2], ordered_at=now),  # too long after
        OrderFactory(profile=people[3], ordered_at=now, status="CANCELLED"),
    ]
    with django_assert_num_queries(6):  # type: ignore[operator]  # two of them are a savepoint
        touched = recover_by_orders(tenant=acme, by=world.by, order_ids=[order.pk for order in orders])
    assert touched == {people[0].pk}
    recovered = DropOff.objects.get(recovered_at__isnull=False)
    assert (recovered.pk, recovered.recovered_by_id, recovered.recovered_at) == (
        rows[0].pk,
        first.pk,
        first.ordered_at,
    )
    assert AuditEntry.objects.filter(verb="drop_off.recover").count() == 1


@pytest.mark.conforms("R69")
@pytest.mark.parametrize(
    ("at", "recovers"),
    [
        ("2026-03-10T00:00:00+07:00", True),  # a file that gives the day alone
        ("2026-03-10T09:00:00+07:00", False),
        ("2026-03-09T00:00:00+07:00", False),
    ],
)
def test_an_order_known_by_its_day_counts_for_the_whole_of_it(
    acme: Tenant, world: World, at: str, recovers: bool
) -> None:
    left, customer = datetime(2026, 3, 10, 7, tzinfo=UTC), ProfileFactory()  # 14:00 in Bangkok
    row = DropOffFactory(profile=customer, occurred_at=left)
    order = ordered(world, customer, ordered_at=at)
    assert is_recovered(row) is recovers
    assert row.recovered_at == (left if recovers else None)
    recover_by_orders(tenant=acme, by=world.by, order_ids=[order.pk])
    assert is_recovered(row) is recovers
    record = DropOffRecord.parse({"stage": "add_to_cart", "occurred_at": left.isoformat()}, tenant=acme)
    told_late = record_drop_off(tenant=acme, by=world.by, profile_id=customer.pk, record=record)
    assert is_recovered(told_late) is recovers


def ordered(world: World, customer: Profile | None, **said: object) -> Order:
    record = {"number": "1", "customer_id": customer and customer.pk, "total": "10.00", **said}
    return record_order(tenant=world.acme, by=world.by, record=OrderRecord.model_validate(record)).order


def is_recovered(row: DropOff) -> bool:
    row.refresh_from_db()
    return row.recovered_at is not None


def open_drop_offs(customer: Profile) -> int:
    return CustomerSummary.objects.get(profile=customer).open_drop_offs


@pytest.mark.conforms("R69")
def test_an_order_recovers_a_drop_off_and_its_cancellation_opens_it_again(acme: Tenant, world: World) -> None:
    customer = ProfileFactory()
    record = DropOffRecord.parse({"stage": "checkout_initiated", "cart_value": "99"}, tenant=acme)
    row = record_drop_off(tenant=acme, by=world.by, profile_id=customer.pk, record=record)
    order = ordered(world, customer)
    assert is_recovered(row)
    assert open_drop_offs(customer) == 0

    cancel_order(tenant=acme, by=world.by, order_id=order.pk)
    assert not is_recovered(row)
    assert open_drop_offs(customer) == 1
    verbs = AuditEntry.objects.filter(object_id=row.pk).values_list("verb", flat=True)
    assert set(verbs) == {"drop_off.record", "drop_off.recover", "drop_off.reopen"}


def test_an_order_given_to_somebody_else_opens_what_it_had_recovered(acme: Tenant, world: World) -> None:
    customer, other = ProfileFactory(), ProfileFactory()
    row = DropOffFactory(profile=customer, occurred_at=timezone.now() - timedelta(days=1))
    ordered(world, customer)
    assert is_recovered(row)
    ordered(world, other)
    assert not is_recovered(row)
    assert open_drop_offs(customer) == 1


@pytest.mark.parametrize("why", ["cancelled", "given away", "moved before", "moved beyond"])
def test_when_an_order_counts_no_more_the_next_one_recovers_instead(
    acme: Tenant, world: World, why: str
) -> None:
    customer, other, now = ProfileFactory(), ProfileFactory(), timezone.now()
    row = DropOffFactory(profile=customer, occurred_at=now - timedelta(days=40))
    first = ordered(world, customer, ordered_at=now - timedelta(days=39))
    ordered(world, customer, number="late", ordered_at=now - timedelta(days=5))
    then = ordered(world, customer, number="2", ordered_at=now - timedelta(days=30))
    assert (is_recovered(row), row.recovered_by_id) == (True, first.pk)
    if why == "cancelled":
        cancel_order(tenant=acme, by=world.by, order_id=first.pk)
    elif why == "given away":
        ordered(world, other)
    else:
        days = 41 if why == "moved before" else 1
        ordered(world, customer, ordered_at=now - timedelta(days=days))
    assert (is_recovered(row), row.recovered_by_id) == (True, then.pk)
    assert open_drop_offs(customer) == 0
    cancel_order(tenant=acme, by=world.by, order_id=then.pk)
    assert not is_recovered(row)
    assert open_drop_offs(customer) == 1


def test_a_drop_off_told_late_finds_the_order_that_came_after_it(acme: Tenant, world: World) -> None:
    customer = ProfileFactory()
    order = ordered(world, customer)
    before = (order.ordered_at - timedelta(days=2)).isoformat()
    record = DropOffRecord.parse({"stage": "add_to_cart", "occurred_at": before}, tenant=acme)
    row = record_drop_off(tenant=acme, by=world.by, profile_id=customer.pk, record=record)
    assert row.recovered_by_id == order.pk


@pytest.mark.parametrize("is_followed", [False, True])
def test_an_imported_order_recovers_and_taking_the_import_back_opens_again(
    acme: Tenant, world: World, tmp_path: Path, is_followed: bool
) -> None:
    customer = ProfileFactory()
    ProfileIdentifierFactory(profile=customer, source="ERP", external_id="C7")
    row = DropOffFactory(profile=customer, occurred_at=datetime(2026, 1, 4, tzinfo=UTC))
    path = tmp_path / "orders.csv"
    path.write_text(
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,CUP,2,2026-01-05 10:00,250,C7\n"
    )
    with path.open("rb") as file:
        run = start_orders_import(tenant=acme, by=world.by, file=file, file_name="orders.csv")
    confirm_import(tenant=acme, by=world.by, run_id=run.pk, is_queued=False)
    run_import(tenant=acme, run_id=run.pk)
    assert is_recovered(row)
    assert open_drop_offs(customer) == 0

    # Another order has recovered nothing, and would have.
    later = ordered(world, customer, ordered_at=datetime(2026, 1, 9, tzinfo=UTC)) if is_followed else None
    undo_import(tenant=acme, by=world.by, run_id=run.pk, is_queued=False)
    undo_run(tenant=acme, run_id=run.pk)
    assert is_recovered(row) == is_followed
    assert row.recovered_by == later
    assert open_drop_offs(customer) == (0 if is_followed else 1)


def test_an_order_that_waited_for_its_customer_recovers_when_they_come(acme: Tenant, world: World) -> None:
    order = ordered(world, None, customer_ref="C9", source="ERP")
    assert order.profile_id is None
    customer = ProfileFactory()
    row = DropOffFactory(profile=customer, occurred_at=order.ordered_at - timedelta(hours=1))
    ProfileIdentifierFactory(profile=customer, source="ERP", external_id="C9")
    assert attach_orders(tenant=acme, profile_ids=[customer.pk]) == 1
    assert is_recovered(row)
