"""Paging the list by position, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory, ProfileTagFactory
from tests.profiles.views.conftest import LIST
from tests.world import World

SORTS = ["name", "-name", "created", "-created", "activity", "-activity"]
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def crowd(acme: Tenant) -> list[Profile]:
    """Sixty customers: equal names, equal times of creation, and some without any activity."""
    people = [ProfileFactory() for _ in range(60)]
    for number, person in enumerate(people):
        Profile.objects.filter(pk=person.pk).update(
            name=f"Name {number // 3}",
            created_at=START + timedelta(hours=number // 4),
            last_activity_at=None if number % 3 == 0 else START + timedelta(days=number // 6),
        )
    return people


def pages(client: Client, address: str, rel: str) -> Iterator[list[str]]:
    """Follow the links of one direction and return each page's customers."""
    while True:
        html = client.get(address).content.decode()
        yield re.findall(r'name="ids" value="([0-9a-f-]+)"', html)
        link = re.search(rf'rel="{rel}" href="([^"]+)"', html)
        if link is None:
            return
        address = unescape(link[1])


@pytest.mark.parametrize("sort", SORTS)
def test_next_shows_everybody_once_in_order(alice: Client, crowd: list[Profile], sort: str) -> None:
    shown = [pk for page in pages(alice, f"{LIST}?sort={sort}", "next") for pk in page]
    assert len(shown) == 60
    assert sorted(shown) == sorted(str(person.pk) for person in crowd)
    field = {"name": "name", "created": "created_at", "activity": "last_activity_at"}[sort.strip("-")]
    rows = {str(row.pk): getattr(row, field) for row in Profile.objects.all()}
    values = [rows[pk] for pk in shown]
    is_falling = sort.startswith("-")
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=is_falling)
    blanks = [value is None for value in values]
    assert blanks == sorted(blanks, reverse=not is_falling), "rows without a value stay together at one end"


@pytest.mark.parametrize("sort", SORTS)
def test_previous_leads_back_over_the_same_pages(alice: Client, crowd: list[Profile], sort: str) -> None:
    forth = list(pages(alice, f"{LIST}?sort={sort}", "next"))
    assert [len(page) for page in forth] == [25, 25, 10]
    last = f"{LIST}?sort={sort}"
    for _step in range(2):
        html = alice.get(last).content.decode()
        last = unescape(re.search(r'rel="next" href="([^"]+)"', html)[1])  # type: ignore[index]
    back = list(pages(alice, last, "prev"))
    assert back == forth[::-1]


def test_a_filter_stays_set_on_the_next_page(alice: Client, crowd: list[Profile]) -> None:
    html = alice.get(f"{LIST}?type=INDIVIDUAL&sort=name").content.decode()
    link = re.search(r'rel="next" href="([^"]+)"', html)
    assert link is not None
    assert "type=INDIVIDUAL" in link[1]
    assert "sort=name" in link[1]


@pytest.mark.usefixtures("acme")
def test_the_list_costs_the_same_number_of_queries_for_3_and_30_rows(world: World) -> None:
    alice = world.browser(world.alice)
    alice.get(LIST)
    _customers_with_everything(3)
    with CaptureQueriesContext(connection) as few:
        alice.get(LIST)
    _customers_with_everything(27)
    with CaptureQueriesContext(connection) as many:
        alice.get(LIST)
    with CaptureQueriesContext(connection) as filtered:
        alice.get(f"{LIST}?q=somchai&type=INDIVIDUAL&sort=-activity")
    assert len(many) == len(few)
    assert len(filtered) <= len(few) + 2


@pytest.mark.usefixtures("acme")
def test_no_customer_is_counted_where_the_tallies_know(world: World) -> None:
    _customers_with_everything(3)
    alice = world.browser(world.alice)
    with CaptureQueriesContext(connection) as queries:
        alice.get(f"{LIST}?type=INDIVIDUAL&created=30d")
    assert not [
        query["sql"] for query in queries if "COUNT(" in query["sql"] and 'FROM "profiles"' in query["sql"]
    ]


def _customers_with_everything(number: int) -> None:
    for person in [ProfileFactory() for _ in range(number)]:
        ProfileTagFactory(profile=person)
        ProfileIdentifierFactory(profile=person)
