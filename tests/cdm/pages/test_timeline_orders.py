"""An order and the event that tells of it stand on the timeline once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cdm.models import Order
from cdm.operations.record_order import record_order
from cdm.orders.records import OrderRecord
from cdp.models import Tenant
from profiles.models import CustomerEvent, Profile
from tests.factories.profiles import CustomerEventFactory, ProfileFactory
from tests.world import World


def timeline(client: Client, person: Profile, query: str = "") -> list[str]:
    """Return what the moments say."""
    address = f"/admin/customers/{person.pk}/panels/timeline{query}"
    html = client.get(address, headers={"HX-Request": "true"}).content.decode()
    return re.findall(r'moment__text(?: moment__toggle)?">([^<]+)<', html)


@pytest.fixture
def buyer(world: World, acme: Tenant) -> Profile:
    """Make a customer with a sale and a return of their own."""
    person = ProfileFactory(name="Somchai Jaidee")
    for number, kind, total in (("A1", "SALE", "480"), ("R1", "RETURN", "120")):
        said = {
            "source": "ERP",
            "number": number,
            "kind": kind,
            "total": total,
            "customer_id": str(person.pk),
        }
        record_order(tenant=acme, by=world.by, record=OrderRecord.parse(said, tenant=acme))
    return person


def test_an_order_stands_on_the_timeline_once(alice: Client, buyer: Profile) -> None:
    assert CustomerEvent.objects.filter(profile=buyer, type__in=("purchase", "refund")).count() == 2
    for query in ("", "?source=ERP"):
        told = timeline(alice, buyer, query)
        assert "Ordered for 480 THB" in told
        assert "Sent goods back for 120 THB" in told
        assert not [text for text in told if text.startswith(("Bought", "Got"))]


@pytest.mark.parametrize("query", ["?kind=event", "?type=purchase"])
def test_the_event_is_there_where_events_are_asked_for(alice: Client, buyer: Profile, query: str) -> None:
    told = timeline(alice, buyer, query)
    assert "Bought for 480 THB" in told
    assert "Ordered for 480 THB" not in told


def test_a_purchase_without_its_order_stays(alice: Client, buyer: Profile) -> None:
    said = {"amount": 300, "currency": "THB"}
    for payload, source in (
        (said, "ERP"),
        (said | {"orderId": "A9"}, "ERP"),
        (said | {"orderId": "A1"}, "Website"),
        ([1], "ERP"),
    ):
        CustomerEventFactory(profile=buyer, type="purchase", source=source, payload=payload)
    CustomerEventFactory(profile=buyer, type="login", source="ERP", payload={"orderId": "A1"})
    told = timeline(alice, buyer)
    assert told.count("Bought for 300 THB") == 3
    assert "Bought something" in told
    assert "Logged in" in told


def test_of_a_cancelled_order_the_buying_stays(alice: Client, buyer: Profile) -> None:
    Order.objects.filter(number="A1").update(status="CANCELLED")
    assert "Bought for 480 THB" in timeline(alice, buyer)
