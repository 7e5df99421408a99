"""What the demo companies sell, and the rhythm in which their customers buy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from cdp import demo
from profiles.demo.journeys import SHORTEST_GAP, Diary, Event
from profiles.demo.products import KITCHEN
from profiles.demo.record import Record
from profiles.demo.shops import CAPE_OUTDOORS, SIAM_RETAIL, shop_of
from profiles.demo.stream import Stream

UNTIL = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
COMPANIES = [(demo.TENANT_SLUG, "TH", "THB"), (demo.SECOND_TENANT_SLUG, "ZA", "ZAR")]


def diary(slug: str, region: str, currency: str) -> Iterator[tuple[Record, list[Event]]]:
    written = Diary(Random(3), per_customer=6, currency=currency, shop=shop_of(slug))
    for record in Stream(2_000, region=region, seed=7, until=UNTIL):
        yield record, list(written.events(record))


def test_a_company_sells_what_it_says_and_others_a_kitchen_shop_s_goods() -> None:
    outdoors = {product.category for product in CAPE_OUTDOORS.products}
    assert outdoors.isdisjoint({product.category for product in KITCHEN.products} - {"Gift cards"})
    assert {product.sku for product in KITCHEN.products} < {product.sku for product in SIAM_RETAIL.products}
    assert shop_of("acme") is KITCHEN
    for shop in (SIAM_RETAIL, CAPE_OUTDOORS):
        assert len({product.sku for product in shop.products}) == len(shop.products)


@pytest.mark.parametrize("company", COMPANIES)
def test_customers_look_at_and_buy_what_the_company_sells(company: tuple[str, str, str]) -> None:
    names = {product.name for product in shop_of(company[0]).products}
    events = [event for _, told in diary(*company) for event in told]
    items = [event.payload["items"] for event in events if event.type == "purchase"]
    bought = {line["productName"] for lines in items for line in lines}  # type: ignore[attr-defined]
    viewed = {event.payload["productName"] for event in events if event.type == "product_view"}
    assert bought <= names
    assert viewed <= names
    assert len(bought) > len(names) * 0.9


@pytest.mark.parametrize("company", COMPANIES)
def test_orders_come_at_a_human_rhythm_however_new_the_customer(company: tuple[str, str, str]) -> None:
    most = 0
    for record, events in diary(*company):
        orders = [event.timestamp for event in events if event.type == "purchase"]
        assert all(later - earlier >= SHORTEST_GAP for earlier, later in pairwise(orders)), record.naming
        most = max(most, len(orders))
    assert most >= 10, "and some buy often"


@pytest.mark.parametrize("region", ["TH", "ZA"])
def test_a_stage_takes_its_time_and_who_was_put_away_was_silent(region: str) -> None:
    records = list(Stream(4_000, region=region, seed=7, until=UNTIL))
    vips = [record for record in records if record.standing.stage == "VIP"]
    put_away = [record for record in records if record.standing.status == "INACTIVE"]
    assert len(vips) > 30
    assert len(put_away) > 60
    assert all(record.created_at < UNTIL - timedelta(days=250) for record in vips)
    assert all(record.created_at <= record.active_at < UNTIL - timedelta(days=149) for record in put_away)
    gone = [record for record in records if record.standing.stage == "inactive"]
    assert all(record.active_at < UNTIL - timedelta(days=365) for record in gone)
    new = [record for record in records if record.created_at > UNTIL - timedelta(days=20)]
    assert {record.standing.tier for record in new} <= {"", "Bronze"}
