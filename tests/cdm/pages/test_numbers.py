"""What the management looks at."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from cdm.dashboards.numbers import bounds_for, count_numbers
from cdm.operations.refresh_summaries import refresh_summaries
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.cdm_orders import OrderFactory, OrderLineFactory, ProductFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

PAGE = "/admin/crm/numbers"
LIST = "/admin/customers/cdm"


def links_of(page: Client) -> set[str]:
    html = page.get(PAGE).content.decode()
    return {link.replace("&amp;", "&") for link in re.findall(rf'href="({LIST}\?[^"]+)"', html)}


def people(page: Client, link: str) -> set[str]:
    return set(re.findall(r"data-open>([^<]+)<", page.get(link).content.decode()))


@pytest.fixture
def sold(acme: Tenant) -> list[Profile]:
    """One customer who bought for the first time this month, one who came back, and a return."""
    now = timezone.now()
    first, again = ProfileFactory(name="First Time"), ProfileFactory(name="Came Back")
    tea = ProductFactory(name="=Tea")
    order = OrderFactory(profile=first, ordered_at=now, total=1000)
    OrderLineFactory(order=order, product=tea, amount=1000, quantity=4)
    OrderFactory(profile=again, ordered_at=now, total=2000)
    OrderFactory(profile=again, ordered_at=now - timedelta(days=200), total=500)
    OrderFactory(profile=again, ordered_at=now, total=-250, kind="RETURN")
    OrderFactory(profile=again, ordered_at=now, total=9999, status="CANCELLED")
    OrderFactory(profile=None, ordered_at=now, total=70)
    refresh_summaries(tenant=acme, profile_ids=[first.pk, again.pk])
    return [first, again]


@pytest.mark.conforms("R145")
def test_months_count_revenue_orders_and_buyers(acme: Tenant, sold: list[Profile]) -> None:
    found = count_numbers(acme, number_of_customers=2)
    month = found.months[-1]
    assert (month.revenue, month.orders, month.buyers, month.new_buyers, month.again) == (
        Decimal(2820),
        3,
        2,
        1,
        1,
    )
    assert len(found.months) == 12
    assert [(one.name, one.revenue, one.buyers) for one in found.products] == [("=Tea", Decimal(1000), 1)]
    assert sum(one.customers for one in found.worth) == 2


@pytest.mark.conforms("R145")
def test_each_number_leads_to_the_list_behind_it(alice: Client, sold: list[Profile]) -> None:
    links = links_of(alice)
    month = f"{timezone.localdate():%Y-%m}"
    for query, names in (
        (f"first_bought={month}", {"First Time"}),
        (f"bought_again={month}", {"Came Back"}),
        (f"bought={month}", {"First Time", "Came Back"}),
        ("product=", {"First Time"}),
        ("temperature=hot", {"First Time", "Came Back"}),
    ):
        link = next(link for link in links if f"?{query}" in link)
        assert people(alice, link) == names, link


@pytest.mark.conforms("R145")
def test_a_product_leads_to_those_who_bought_it_in_the_same_days(acme: Tenant, alice: Client) -> None:
    now, tea = timezone.now(), ProductFactory(name="Tea")
    kinds: dict[str, dict[str, Any]] = {
        "Lately": {"ordered_at": now - timedelta(days=89)},
        "Long Ago": {"ordered_at": now - timedelta(days=200)},
        "Cancelled": {"ordered_at": now, "status": "CANCELLED"},
        "Sent Back": {"ordered_at": now, "kind": "RETURN", "total": -5},
    }
    for name, values in kinds.items():
        order = OrderFactory(profile=ProfileFactory(name=name), **values)
        OrderLineFactory(order=order, product=tea, amount=order.total, quantity=1)
    assert [one.buyers for one in count_numbers(acme, number_of_customers=0).products] == [1]
    link = next(link for link in links_of(alice) if "?product=" in link)
    assert people(alice, link) == {"Lately"}
    assert people(alice, f"{LIST}?product={tea.pk}") == {"Lately", "Long Ago"}
    since = date.fromisoformat(link.rpartition(".")[2])
    assert date_format(since) in alice.get(link).content.decode()


@pytest.mark.parametrize("day", ["", "2026-02-30", "20260101", "2026-1-1", "1026-01-01", "2026-01-01.", "x"])
def test_a_product_since_no_such_day_is_no_filter(acme: Tenant, alice: Client, day: str) -> None:
    ProfileFactory(name="Anybody")
    tea = ProductFactory()
    assert people(alice, f"{LIST}?product={tea.pk}.{day}") == {"Anybody"}
    assert people(alice, f"{LIST}?product={tea.pk}.2026-01-01") == set()


@pytest.mark.conforms("R145")
def test_the_lowest_worth_leads_to_customers_who_are_worth_something(acme: Tenant, alice: Client) -> None:
    little, nothing = ProfileFactory(name="Little"), ProfileFactory(name="Nothing")
    OrderFactory(profile=little, ordered_at=timezone.now(), total=Decimal("0.50"))
    refresh_summaries(tenant=acme, profile_ids=[little.pk, nothing.pk])
    assert count_numbers(acme, number_of_customers=2).worth[0].customers == 1
    link = next(link for link in links_of(alice) if "?worth=0-" in link)
    assert people(alice, link) == {"Little"}


def test_tables_come_out_as_csv_that_runs_nothing(alice: Client, bob: Client, sold: list[Profile]) -> None:
    for table, heading in (
        ("months", "revenue"),
        ("customers", "stage"),
        ("products", "product"),
        ("worth", "from"),
    ):
        response = alice.get(f"{PAGE}/{table}.csv")
        assert response.status_code == 200
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert heading in rows[0]
        assert bob.get(f"{PAGE}/{table}.csv").status_code == 403
    rows = list(csv.reader(io.StringIO(alice.get(f"{PAGE}/products.csv").content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=Tea"
    assert alice.get(f"{PAGE}/nonsense.csv").status_code == 404


def test_strangers_sales_are_not_counted(alice: Client, world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        stranger = ProfileFactory()
        line = OrderLineFactory(order=OrderFactory(profile=stranger, total=123456, ordered_at=timezone.now()))
        refresh_summaries(tenant=world.zenith, profile_ids=[stranger.pk])
    found = count_numbers(acme, number_of_customers=0)
    assert sum(month.revenue for month in found.months) == 0
    assert found.products == ()
    assert "123,456" not in alice.get(PAGE).content.decode()
    assert line.pk is not None


@pytest.mark.parametrize("good", [0, 1, 49, 50, 999, 12_345, 9_999_999])
def test_bounds_are_round_and_reach_what_a_good_customer_is_worth(good: int) -> None:
    bounds = bounds_for(Decimal(good))
    assert bounds == sorted(set(bounds))
    assert bounds[0] == 0
    assert bounds[-1] >= good - good % 50


def test_who_sent_everything_back_has_not_bought(alice: Client, acme: Tenant) -> None:
    """Once counted as somebody who bought again: no first order is left to make them a new buyer."""
    profile, now = ProfileFactory(name="Sent Back"), timezone.now()
    sale = OrderFactory(profile=profile, ordered_at=now, total=300, returned=300)
    OrderFactory(profile=profile, ordered_at=now, total=-300, kind="RETURN", returns=sale)
    refresh_summaries(tenant=acme, profile_ids=[profile.pk])
    month = count_numbers(acme, number_of_customers=1).months[-1]
    assert (month.orders, month.buyers, month.again) == (0, 0, 0)
    assert month.revenue == Decimal(0)
    assert people(alice, f"{LIST}?bought={timezone.localdate():%Y-%m}") == set()
