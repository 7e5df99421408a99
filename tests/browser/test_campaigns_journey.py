"""A campaign from its brand to the first alert, and the pages of campaigns for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from campaigns.demo.making import Planner
from campaigns.demo.siam_retail import SIAM_RETAIL
from campaigns.models import BrandGuideline, Budget, Campaign, ProfileContainer, TargetProfile
from campaigns.operations.deliver_alerts import deliver_alerts
from cdp.tenancy.context import tenant_context
from tests.browser.audit import complaints_about
from tests.browser.conftest import PHONE, Make
from tests.world import World

pytestmark = pytest.mark.browser
PLACE = "/admin/marketing"
# A busy machine takes its time to answer.
WAIT, USUAL_WAIT = 60_000, 5_000


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=WAIT)
    yield
    expect.set_options(timeout=USUAL_WAIT)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def fill(page: Page, **values: str) -> None:
    for label, value in values.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def plan_brand(page: Page) -> None:
    page.goto(f"{PLACE}/plans")
    expect(page.get_by_role("heading", name="Plan your first campaign")).to_be_visible()
    page.get_by_role("link", name="Say how your brand looks and speaks").click()
    page.get_by_label("Brand *").fill("Acme")
    fill(page, Main_colours="Sea #0066CC", Main_font="Inter", Words_never_used="cheap")
    save(page)
    expect(page.get_by_role("img", name="#0066CC")).to_be_visible()
    page.get_by_label("Message", exact=True).fill("So cheap")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("One thing to change")).to_be_visible()


def plan_budget(page: Page) -> None:
    page.goto(f"{PLACE}/budgets/new")
    page.get_by_label("Name *").fill("Spring")
    page.get_by_label("Amount *").fill("100")
    page.get_by_label("Alert at (%)", exact=True).fill("50")
    page.get_by_label("Alert by mail to", exact=True).fill("boss@example.com")
    save(page)


def plan_target(page: Page) -> None:
    page.goto(f"{PLACE}/targets/new")
    page.get_by_label("Name *").fill("Women")
    page.get_by_label("Gender").select_option("female")
    save(page)
    size = page.get_by_role("region", name="Live size")
    expect(size).to_contain_text("75.0 % of 4 active customers")


def plan_container(page: Page) -> None:
    page.goto(f"{PLACE}/containers/new")
    page.get_by_label("Name *").fill("House")
    page.get_by_label("Target profile").select_option(label="Women")
    page.get_by_label("Brand guideline").select_option(label="Acme")
    save(page)
    expect(page.get_by_text("One of the three parts is missing.")).to_be_visible()
    page.get_by_role("link", name="Choose what is missing").click()
    page.get_by_label("Budget", exact=True).select_option(label="Spring")
    save(page)
    expect(page.get_by_text("Complete", exact=True)).to_be_visible()


def plan_campaign(page: Page) -> None:
    page.goto(f"{PLACE}/plans/new")
    page.get_by_label("Name *").fill("Summer")
    save(page)
    expect(page.get_by_text("A campaign needs a target, a brand and a budget.")).to_be_visible()
    page.get_by_label("Container", exact=True).select_option(label="House")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()


def record_spend(page: Page) -> None:
    page.get_by_role("link", name="Spring", exact=True).click()
    page.get_by_label("Amount in THB").fill("60.50")
    page.get_by_label("Campaign", exact=True).select_option(label="Summer")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text("The spend is recorded.")).to_be_visible()


@pytest.mark.conforms("R135", "B136")
def test_a_campaign_from_brand_to_alert(
    world: World, page: Page, make: Make, shoot: Callable[..., None]
) -> None:
    for number in range(3):
        make(name=f"Woman {number}", email=f"w{number}@example.com", gender="female")
    make(name="Man", email="m@example.com", gender="male")
    page.set_default_timeout(WAIT)
    plan_brand(page)
    plan_budget(page)
    plan_target(page)
    plan_container(page)
    plan_campaign(page)
    record_spend(page)
    told = page.get_by_role("region", name="Alerts")
    expect(told).to_contain_text("Waiting")
    with tenant_context(world.acme):
        assert deliver_alerts(tenant=world.acme) == 1
        assert deliver_alerts(tenant=world.acme) == 0
    assert mail.outbox[0].to == ["boss@example.com"]
    page.reload()
    expect(told).to_contain_text("Sent")
    shoot(page, "budget")


@pytest.fixture
def planned(world: World) -> dict[str, str]:
    """Everything the demo company has planned; the addresses of one of each."""
    with tenant_context(world.acme):
        Planner(world.acme, [world.alice.actor, world.bob.actor], SIAM_RETAIL).plan()
        brand = BrandGuideline.objects.earliest("created_at")
        target, other = TargetProfile.objects.kept().order_by("created_at")[:2]
        budget = Budget.objects.latest("amount_spent")
        container = ProfileContainer.objects.filter(is_complete=False).get()
        campaign = Campaign.objects.earliest("created_at")
    return {
        "campaigns": "plans",
        "targets": "targets",
        "brands": "brands",
        "budgets": "budgets",
        "containers": "containers",
        "templates": "templates",
        "bin": "targets?bin=1",
        "nothing": "brands?q=nowhere",
        "target": f"targets/{target.pk}?other={other.pk}",
        "brand": f"brands/{brand.pk}?message=cheap",
        "budget": f"budgets/{budget.pk}",
        "container": f"containers/{container.pk}",
        "campaign": f"plans/{campaign.pk}",
        "versions": f"brands/{brand.pk}/history",
        "share": f"targets/{target.pk}/share",
        "file": "brands/import",
        "form": f"brands/{brand.pk}/edit",
        "form-target": f"targets/{target.pk}/edit",
        "form-budget": f"budgets/{budget.pk}/edit",
    }


SIGHTS: list[dict[str, Any]] = [{}, {"color_scheme": "dark"}, {"viewport": PHONE}]


def complaints(page: Page, planned: dict[str, str], look: Callable[[str], None]) -> Iterator[str]:
    for name, path in {**planned, "secret": "../webhook-secret"}.items():
        page.goto(f"{PLACE}/{path}")
        yield from (f"{name}: {text}" for text in complaints_about(page))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            yield f"{name} is wider than the window"
        look(name)


@pytest.mark.parametrize("sight", SIGHTS, ids=["light", "dark", "phone"])
def test_the_pages_of_campaigns_are_for_everybody(
    world: World,
    planned: dict[str, str],
    visit: Callable[..., Page],
    shoot: Callable[..., None],
    sight: dict[str, Any],
) -> None:
    window = visit(**sight)
    window.set_default_timeout(WAIT)
    label = "-".join(str(value) for value in sight.values() if isinstance(value, str)) or (
        "phone" if sight else "light"
    )
    found = complaints(
        window, planned, lambda name: shoot(window, f"campaigns-{name}-{label}", full_page=True)
    )
    assert list(found) == []


@pytest.mark.parametrize("width", [720])
@pytest.mark.parametrize("scheme", ["light"])
def test_a_printed_guideline_is_the_sheet_alone(
    planned: dict[str, str], visit: Callable[..., Page], width: int, scheme: str
) -> None:
    window = visit(viewport={"width": width, "height": 900}, color_scheme=scheme)
    window.set_default_timeout(WAIT)
    window.goto(f"{PLACE}/{planned['brand']}")
    expect(window.locator("#header-inner")).to_be_visible()
    window.emulate_media(media="print")
    for around in ("#nav-sidebar", "#header-inner", ".header-tools", ".sheet__check", ".marketing__head"):
        expect(window.locator(around)).to_be_hidden()
    expect(window.locator(".sheet__name")).to_be_visible()
    place = window.locator(".sheet").evaluate("sheet => sheet.getBoundingClientRect().toJSON()")
    assert place["left"] < 64
    assert place["right"] > width - 64
    assert place["top"] < 64
    paper = "getComputedStyle(document.querySelector('.sheet')).getPropertyValue('--surface')"
    assert window.evaluate(paper) == "#fff"


def test_the_pages_work_without_javascript(
    world: World, planned: dict[str, str], visit: Callable[..., Page]
) -> None:
    window = visit(java_script_enabled=False)
    window.set_default_timeout(WAIT)
    window.goto(f"{PLACE}/{planned['versions']}")
    window.get_by_role("button", name="Bring version 1 back").click()
    expect(window.get_by_text("this is version 3")).to_be_visible()
    window.goto(f"{PLACE}/brands")
    window.get_by_text("Files", exact=True).click()
    expect(window.get_by_role("link", name="Download as CSV")).to_be_visible()
    window.get_by_label("Choose Baan Suan").check()
    window.get_by_role("button", name="Put the chosen ones into the bin").click()
    expect(window.get_by_text("1 row changed.")).to_be_visible()


def test_a_list_is_worked_by_keyboard(
    world: World, planned: dict[str, str], visit: Callable[..., Page]
) -> None:
    window = visit()
    window.set_default_timeout(WAIT)
    window.goto(f"{PLACE}/brands")
    window.keyboard.press("j")
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Colours")).to_be_visible()
    window.keyboard.press("e")
    expect(window.get_by_role("heading", name="Edit", exact=False)).to_be_visible()
    window.go_back()
    window.get_by_role("link", name="Compare and bring back").focus()
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", name="Versions of", exact=False)).to_be_visible()
