"""Where customers turn back, how many come back, and whom to win back."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdm.dashboards.drop_offs import drop_off_numbers
from cdm.models import DropOff
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_people import DropOffFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

PAGE = "/admin/crm/drop-offs"


@pytest.fixture
def some(acme: object) -> None:
    """Four drop-offs of this week, one recovered, and one of long ago."""
    now = timezone.now()
    DropOffFactory(stage="add_to_cart", cart_value=100, profile=ProfileFactory(name="Small Cart"))
    DropOffFactory(stage="checkout_initiated", cart_value=5000, profile=ProfileFactory(name="Large Cart"))
    DropOffFactory(stage="checkout_initiated", cart_value=300, recovered_at=now)
    DropOffFactory(stage="payment_failed", cart_value=Decimal("99.50"))
    DropOffFactory(stage="payment_failed", cart_value=777, occurred_at=now - timedelta(days=600))


@pytest.mark.conforms("R147")
def test_stages_and_weeks_are_counted_with_what_came_back(some: None) -> None:
    found = drop_off_numbers(12, "THB")
    lines = {line.stage: line for line in found.stages}
    assert (lines["checkout_initiated"].number, lines["checkout_initiated"].recovered) == (2, 1)
    assert lines["checkout_initiated"].rate == "50 %"
    assert lines["product_view"].rate == "–"
    assert (found.total.number, found.total.rate) == (4, "25 %")
    assert found.total.value == Decimal("5499.50")
    assert len(found.weekly.columns) == 12
    assert found.weekly.columns[-1].point.shown == "25 % (1 of 4)"


def test_what_was_only_looked_at_lay_in_no_cart(bob: Client, some: None) -> None:
    DropOffFactory(stage="product_view", cart_value=20000)
    found = drop_off_numbers(12, "THB")
    assert (found.total.value, found.in_carts) == (Decimal("25499.50"), Decimal("5499.50"))
    tile = bob.get(PAGE).content.decode().split("Left in carts", 1)[1].split("</div>", 1)[0]
    assert "5,500 THB" in tile


def test_the_weekly_chart_says_how_high_it_is(bob: Client, some: None) -> None:
    assert 'class="series__top" aria-hidden="true">25 % (1 of 4)<' in bob.get(PAGE).content.decode()


@pytest.mark.conforms("R113")
def test_the_win_back_list_has_the_dearest_open_carts_first_and_acts(bob: Client, some: None) -> None:
    html = bob.get(PAGE).content.decode()
    assert html.index("Large Cart") < html.index("Small Cart")
    drop = DropOff.objects.get(cart_value=5000)
    bob.post(f"{PAGE}/{drop.pk}/recover", {"next": PAGE})
    assert "Large Cart" not in bob.get(f"{PAGE}?stage=checkout_initiated").content.decode()
    assert "Small Cart" in bob.get(f"{PAGE}?stage=add_to_cart").content.decode()


def test_paging_meets_every_open_cart_once(bob: Client, acme: object) -> None:
    for number in range(60):
        DropOffFactory(cart_value=number // 10, profile=ProfileFactory(name=f"Cart {number:02d}"))
    seen: list[str] = []
    query = ""
    for _ in range(4):
        html = bob.get(PAGE + query).content.decode()
        seen += re.findall(r"data-open>(Cart \d\d)<", html)
        following = re.search(r'rel="next" href="(\?[^"#]+)', html)
        if following is None:
            break
        query = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize(
    "query",
    [
        "?weeks=-1",
        "?weeks=x",
        "?stage=%00",
        "?after=AAAA",
        "?weeks=99999999999",
        "?weeks=" + "0" * 5000 + "4",
    ],
    ids=["negative", "no number", "no text", "no position", "large", "longer than Python reads"],
)
def test_a_hostile_address_shows_the_usual_page(bob: Client, some: None, query: str) -> None:
    response = bob.get(PAGE + query)
    assert response.status_code == 200
    assert "Large Cart" in response.content.decode()


def test_strangers_and_their_carts_stay_apart(bob: Client, world: World, acme: object) -> None:
    with tenant_context(world.zenith):
        DropOffFactory(profile=ProfileFactory(name="Strange Person"), cart_value=12345)
        theirs = DropOff.objects.get()
    html = bob.get(PAGE).content.decode()
    assert "Nobody turned back in these weeks" in html
    assert "Strange Person" not in html
    assert bob.post(f"{PAGE}/{theirs.pk}/recover").status_code == 404
    with tenant_context(world.zenith):
        assert DropOff.objects.get().recovered_at is None


def test_the_page_costs_the_same_for_2_and_20_carts(world: World, acme: object) -> None:
    bob = world.browser(world.bob)
    counted = []
    for number in (2, 18):
        for _ in range(number):
            DropOffFactory()
        bob.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            bob.get(PAGE)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 14
