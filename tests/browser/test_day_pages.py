"""The pages of the agent's day for everybody: in both schemes, on a phone, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cdp.models import Membership
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.browser.audit import complaints_about
from tests.browser.axe import serious_findings
from tests.browser.conftest import PHONE
from tests.cdm.pages.story import LONG_NAME, tell
from tests.factories.cdm_insights import RecommendationFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

pytestmark = pytest.mark.browser
TABS = ("overview", "profile", "family", "interactions", "behaviour", "insights")


@pytest.fixture
def person(world: World) -> Profile:
    """Somebody with a past, and somebody with a very long name."""
    with tenant_context(world.acme):
        member = Membership.objects.get(tenant=world.acme, user=world.bob)
        found = tell(world.acme, member, name="Somchai Jaidee")
        tell(world.acme, member, name=LONG_NAME, orders=30)
        RecommendationFactory(profile=ProfileFactory(name="ศิริพร ทองใจ"), priority=10)
        return found


def addresses(person: Profile) -> list[str]:
    """Return every page of the day."""
    one = f"/admin/customers/{person.pk}"
    return [
        "/admin/crm/agent-dashboard",
        "/admin/crm/agent-dashboard?list=room_to_win",
        "/admin/crm/drop-offs",
        "/admin/crm/deals",
        "/admin/crm/numbers",
        "/admin/customers/cdm?sort=-value&temperature=hot",
        *(f"{one}?tab={tab}" for tab in TABS),
        f"{one}?tab=interactions&log=1",
        f"{one}/panels/family?add=1",
        f"{one}/panels/details?edit=person",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_has_names_contrast_and_no_serious_finding(
    visit: Callable[..., Page], person: Profile, world: World, scheme: str, shoot: Callable[..., None]
) -> None:
    window = visit(user=world.bob, color_scheme=scheme, reduced_motion="reduce")
    for number, address in enumerate(addresses(person)):
        window.goto(address)
        complaints, findings = complaints_about(window), serious_findings(window)
        shoot(window, f"day-{scheme}-{number:02d}", full_page=True)
        assert complaints == [], address
        assert findings == [], address


def test_nothing_sticks_out_on_a_phone_and_fingers_hit_what_they_aim_at(
    visit: Callable[..., Page], person: Profile, world: World, shoot: Callable[..., None]
) -> None:
    window = visit(user=world.bob, viewport=PHONE, has_touch=True)
    for number, address in enumerate(addresses(person)):
        window.goto(address)
        shoot(window, f"day-phone-{number:02d}", full_page=True)
        width = window.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], f"{address} is {width} wide"
        small = window.evaluate(_SMALL_TARGETS, 44)
        assert small == [], address


_SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "main :is(.button, .input, .menu, .chip, .tabs__tab, .icon-button:not(.icon-button--small))"
  )].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least)
    .map((one) => one.outerHTML.slice(0, 90))"""


def test_the_day_works_without_javascript(visit: Callable[..., Page], person: Profile, world: World) -> None:
    window = visit(user=world.bob, java_script_enabled=False)
    window.goto("/admin/crm/agent-dashboard")
    row = window.locator("[data-row]").first
    row.locator("summary").click()
    row.get_by_role("button", name="Interested", exact=True).or_(
        row.locator("[data-outcome='1']")
    ).first.click()
    expect(window.get_by_text("Logged a call with")).to_be_visible()
    window.get_by_role("button", name="Undo").click()
    expect(window.get_by_text("It is as if it had not been logged.")).to_be_visible()
    window.goto(f"/admin/customers/{person.pk}?tab=family")
    window.get_by_text("Add a family member").click()
    form = window.locator("form", has=window.locator("input[name=is_new]"))
    form.get_by_label("Name").fill("Manee")
    form.get_by_role("button", name="Add").click()
    expect(window.get_by_text("Added Manee to the family.")).to_be_visible()
    expect(window).to_have_url(f"{window.url.split('/admin')[0]}/admin/customers/{person.pk}?tab=family")
    window.goto("/admin/crm/deals")
    card = window.locator(".deal", has_text="Tea for the office").first
    card.get_by_label("Stage of Tea for the office").select_option("proposal")
    card.get_by_role("button", name="Move", exact=True).click()
    expect(window.get_by_text("is in “Proposal” now")).to_be_visible()
