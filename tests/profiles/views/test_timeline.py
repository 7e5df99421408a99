"""The timeline: order, days, filters, paging, sentences."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from profiles.models import CustomerEvent, Profile
from tests.profiles.views.conftest import Make, part

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)  # noon in Bangkok


def event(person: Profile, type_: str = "page_view", hours: float = 0, **fields: object) -> CustomerEvent:
    """Record an event so many hours before noon."""
    return CustomerEvent.objects.create(
        profile=person, type=type_, timestamp=NOON - timedelta(hours=hours), **fields
    )


def timeline(client: Client, person: Profile, query: str = "") -> str:
    """Fetch the panel."""
    html: str = part(client, f"/admin/customers/{person.pk}/panels/timeline{query}").content.decode()
    return html


def test_events_stand_newest_first_under_their_day_in_the_companys_time_zone(
    alice: Client, make: Make
) -> None:
    person = make(name="Somchai")
    event(person, "login")
    event(person, "search", hours=13, payload={"query": "golf shoes"})  # 23:00 the day before, in Bangkok
    html = timeline(alice, person, "?kind=event")
    assert html.index("Logged in") < html.index("Searched for “golf shoes”")
    days = re.findall(r'timeline__date"><time datetime="([^"]+)"', html)
    assert days == ["2026-03-10", "2026-03-09"]


@pytest.mark.parametrize(
    ("type_", "payload", "told"),
    [
        ("purchase", {"amount": 12500.5, "currency": "ZAR"}, "Bought for 12,500.50 ZAR"),
        ("Order Completed", {"total": "3450"}, "Completed an order of 3,450 THB"),
        ("page_view", {"title": "Summer sale"}, "Viewed Summer sale"),
        ("page_view", {}, "Viewed a page"),
        ("add_to_cart", {"productName": "Driver X200"}, "Put Driver X200 in the cart"),
        ("loyalty_pointsAdjusted", {"points": 5}, "Loyalty points adjusted"),
        ("purchase", {"amount": "Infinity"}, "Bought something"),
        ("purchase", {"amount": True, "total": [1]}, "Bought something"),
        ("purchase", {"amount": "1e999999"}, "Bought something"),
        ("search", {"query": {"nested": 1}}, "Searched"),
        ("search", {"query": "100%"}, "Searched for “100%”"),
        ("%(what)s %s", {"a": 1}, "%(what)s %s"),
    ],
)
def test_an_event_is_told_as_a_sentence(
    alice: Client, make: Make, type_: str, payload: dict[str, object], told: str
) -> None:
    person = make(name="Somchai")
    event(person, type_, payload=payload)
    assert f">{told}<" in timeline(alice, person).replace("\n", "")


def test_every_payload_can_be_read_however_deep_wide_or_odd(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    deep: dict[str, object] = {"end": "unreachable"}
    for _ in range(60):
        deep = {"level": deep}
    wide = {f"key{number}": number for number in range(250)}
    for payload in (deep, wide, {"text": "x" * 20_000}, [1, [2, {"three": None}]], "plain", 7, {"": ""}):
        event(person, payload=payload)
    html = timeline(alice, person)
    assert "unreachable" not in html
    assert "and 150 more" in html
    assert "x" * 501 not in html


def test_filters_keep_one_type_and_one_source(alice: Client, make: Make) -> None:
    person, other = make(name="Somchai"), make(name="Ayesha")
    event(person, "login", source="Website")
    event(person, "search", hours=1, source="LINE")
    event(other, "refund")
    assert "Got a refund" not in timeline(alice, person)
    assert "Searched" not in timeline(alice, person, "?type=login").split("<ol", 1)[1]
    assert "Logged in" not in timeline(alice, person, "?source=LINE").split("<ol", 1)[1]
    assert "Nothing of this kind has happened." in timeline(alice, person, "?type=login&source=LINE")


def test_older_leads_through_every_event_once_even_at_one_instant(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    for number in range(70):
        event(person, "search", hours=number // 40, payload={"query": f"word{number}!"})
    seen: list[str] = []
    query = "?type=search"
    for _page in range(4):
        html = timeline(alice, person, query)
        seen += re.findall(r"“(word\d+)!”", html)
        link = re.search(r'rel="next" href="[^?]+(\?[^"]+)"', html)
        if link is None:
            break
        query = unescape(link[1])
    assert len(seen) == 70
    assert len(set(seen)) == 70


@pytest.mark.parametrize(
    "query",
    [
        "?before=%00",
        "?before=AAAA",
        "?before=" + "A" * 5000,
        "?type=%00",
        "?source=" + "x" * 500,
        "?type=" + "y" * 61,
    ],
)
def test_a_hostile_address_gets_the_newest_events(alice: Client, make: Make, query: str) -> None:
    person = make(name="Somchai")
    event(person, "login")
    assert "Logged in" in timeline(alice, person, query)
