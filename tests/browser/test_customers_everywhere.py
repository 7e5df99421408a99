"""Phones, the dark, no JavaScript, and what everybody must be able to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from profiles.operations.record_event import record_event
from tests.browser.audit import complaints_about
from tests.browser.conftest import PHONE, Make
from tests.world import World

pytestmark = pytest.mark.browser
LIST = "/admin/customers/cdm"
SMALLEST_TARGET = 44


@pytest.fixture
def person(make: Make, world: World) -> Profile:
    """Somebody with something in every panel."""
    found = make(
        firstName="Somchai",
        lastName="Jaidee",
        email="somchai@example.com",
        phone="081 234 5678",
        companyName="Siam Cement",
        lifecycleStage="VIP",
        tags=[{"name": "Yellow", "color": "#FFFF00"}, {"name": "Black", "color": "#000000"}],
        externalIds={"erpCustomerId": "ERP-00001", "lineUserId": "U" + "0" * 32},
        attributes={"preferences": {"channels": ["LINE", "e-mail"], "newsletter": True}},
    )
    with tenant_context(world.acme):
        record_event(
            tenant=world.acme,
            by=world.by,
            type="purchase",
            profile_id=found.pk,
            source="ERP",
            payload={"amount": 1200},
        )
    return found


def addresses(person: Profile) -> list[str]:
    """Return every page of the customers."""
    one = f"/admin/customers/{person.pk}"
    return [
        LIST,
        f"{LIST}?q=somchai&stage=VIP",
        f"{LIST}?q=nobody",
        one,
        f"{one}?tab=profile",
        f"{one}?tab=history",
        f"{one}/edit",
        "/admin/customers/new",
    ]


def test_nothing_sticks_out_on_a_phone_and_fingers_hit_what_they_aim_at(
    visit: Callable[..., Page], person: Profile, shoot: Callable[..., None]
) -> None:
    window = visit(viewport=PHONE, has_touch=True)
    for number, address in enumerate(addresses(person)):
        window.goto(address)
        width = window.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], f"{address} is {width} wide"
        small = window.evaluate(_SMALL_TARGETS, SMALLEST_TARGET)
        assert small == [], address
        shoot(window, f"phone-{number}", full_page=True)


# Buttons and fields; links inside running text may be as high as their line.
_SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "main :is(.button, .input, .menu, .chip, .tabs__tab, .icon-button:not(.icon-button--small))"
  )].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least)
    .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_has_a_name_and_enough_contrast(
    visit: Callable[..., Page], person: Profile, scheme: str, shoot: Callable[..., None]
) -> None:
    window = visit(color_scheme=scheme, reduced_motion="reduce")
    for number, address in enumerate(addresses(person)):
        window.goto(address)
        assert complaints_about(window) == [], address
        shoot(window, f"{scheme}-{number}")


def test_the_whole_way_without_javascript(visit: Callable[..., Page], person: Profile, make: Make) -> None:
    make(name="Ayesha")
    window = visit(java_script_enabled=False)
    window.goto(LIST)
    window.get_by_role("searchbox", name="Search customers").fill("somchai")
    window.get_by_role("button", name="Apply").click()
    expect(window.locator("[data-row]")).to_have_count(1)
    window.get_by_role("link", name="Somchai Jaidee").click()
    window.get_by_role("combobox", name="Tag").fill("Golf")
    window.get_by_role("region", name="Tags").get_by_role("button", name="Add", exact=True).click()
    expect(window.get_by_text("Put on the tag “Golf”.")).to_be_visible()
    window.get_by_role("button", name="Undo").click()
    expect(window.get_by_text("The tag “Golf” is off again.")).to_be_visible()
    timeline = window.get_by_role("region", name="Timeline")
    timeline.get_by_label("What").select_option("purchase")
    timeline.get_by_role("button", name="Apply").click()
    expect(window.get_by_text("Bought for 1,200 THB")).to_be_visible()
    window.get_by_role("link", name="Edit", exact=True).click()
    window.get_by_label("Industry").fill("Retail")
    window.get_by_role("button", name="Save").click()
    expect(window.get_by_text("Saved.")).to_be_visible()
    window.goto(LIST)
    window.get_by_label("Select Ayesha").check()
    window.get_by_role("button", name="Deactivate").click()
    expect(window.get_by_role("link", name="[INACTIVE] Ayesha")).to_be_visible()


def test_hostile_values_run_nothing(visit: Callable[..., Page], make: Make) -> None:
    evil = "<img src=x onerror=window.broken=1><script>window.broken=1</script>"
    person = make(
        name=evil,
        companyName=evil,
        website="javascript:window.broken=1",
        tags=[{"name": evil[:60]}],
        metadata={evil: evil},
    )
    window = visit()
    for address in addresses(person):
        window.goto(address)
        assert window.evaluate("window.broken") is None, address


def test_a_failing_server_is_told(visit: Callable[..., Page], person: Profile) -> None:
    window = visit(forgive=("ERR_FAILED", "htmx:"))
    window.goto(f"/admin/customers/{person.pk}")
    window.route("**/tags", lambda route: route.abort())
    window.get_by_role("combobox", name="Tag").fill("Golf")
    window.get_by_role("region", name="Tags").get_by_role("button", name="Add", exact=True).click()
    expect(window.get_by_text("That did not work")).to_be_visible()
