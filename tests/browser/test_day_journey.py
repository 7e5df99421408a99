"""An agent's morning by keyboard alone, and an admin's family and views."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cdm.models import Interaction
from cdp.models import Membership
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.cdm.pages.story import tell
from tests.factories.cdm_insights import InsightFitFactory, RecommendationFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

pytestmark = pytest.mark.browser
NAMES = ("Somchai Jaidee", "ศิริพร ทองใจ", "Ayesha Rahman", "Thandi Nkosi")


@pytest.fixture
def list_of_four(world: World) -> list[Profile]:
    """Four customers to call, best first."""
    with tenant_context(world.acme):
        fit = InsightFitFactory()
        people = [ProfileFactory(name=name) for name in NAMES]
        for place, person in enumerate(people):
            RecommendationFactory(fit=fit, profile=person, total_points=40 - 5 * place, priority=10 - place)
        return people


@pytest.mark.conforms("B97", "R91")
def test_an_agents_morning(
    visit: Callable[..., Page], list_of_four: list[Profile], world: World, shoot: Callable[..., None]
) -> None:
    page = visit(user=world.bob)
    page.goto("/")
    page.wait_for_url("**/admin/crm/agent-dashboard")
    expect(page.get_by_role("heading", name="My day", level=1)).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("[data-open]:focus")).to_have_text("Somchai Jaidee")
    page.keyboard.press("c")
    page.keyboard.press("1")
    expect(page.get_by_text("Logged a call with Somchai Jaidee: Interested.")).to_be_visible()
    expect(page.locator("[data-calls-logged]")).to_have_text("1")
    # The next one is at hand.
    expect(page.locator("[data-open]:focus")).to_have_text("ศิริพร ทองใจ")
    page.keyboard.press("u")
    expect(page.get_by_text("It is as if it had not been logged.")).to_be_visible()
    expect(page.locator("[data-calls-logged]")).to_have_text("0")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("2")
    expect(page.get_by_text("Call back tomorrow.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ayesha Rahman", level=2)).to_be_visible()
    with tenant_context(world.acme):
        talk = Interaction.objects.get()
        assert (talk.outcome, talk.follow_up_required) == ("Call back tomorrow", True)
        assert talk.profile_id == list_of_four[1].pk
    page.goto(f"/admin/customers/{talk.profile_id}?tab=interactions")
    expect(page.get_by_text("Follow up tomorrow")).to_be_visible()


def test_an_outcome_goes_to_the_row_one_stands_on(
    visit: Callable[..., Page], list_of_four: list[Profile], world: World
) -> None:
    page = visit(user=world.bob)
    page.goto("/admin/crm/agent-dashboard")
    for key in ("j", "j", "c", "j"):
        page.keyboard.press(key)
    expect(page.locator("[data-open]:focus")).to_have_text("Ayesha Rahman")
    page.keyboard.press("1")
    page.keyboard.press("c")
    expect(page.locator("[data-quick-log][open]")).to_have_count(1)
    page.keyboard.press("2")
    expect(page.get_by_text("Logged a call with Ayesha Rahman: Call back tomorrow.")).to_be_visible()
    with tenant_context(world.acme):
        assert Interaction.objects.get().profile_id == list_of_four[2].pk


@pytest.fixture
def person(world: World) -> Profile:
    """A customer of alice's with a past."""
    with tenant_context(world.acme):
        return tell(world.acme, Membership.objects.get(tenant=world.acme, user=world.alice))


@pytest.mark.conforms("R87")
def test_a_relative_is_added_removed_and_brought_back(page: Page, person: Profile) -> None:
    page.goto(f"/admin/customers/{person.pk}?tab=family")
    page.get_by_text("Add a family member").click()
    form = page.locator("form", has=page.locator("input[name=is_new]"))
    form.get_by_label("Name").fill("Manee Jaidee")
    form.get_by_label("Relationship").select_option("parent")
    form.get_by_label("Date of birth").fill("--04-13")
    form.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Birthday 13 Apr")).to_be_visible()
    page.get_by_role("button", name="Remove Manee Jaidee").click()
    expect(page.get_by_text("Birthday 13 Apr")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Birthday 13 Apr")).to_be_visible()


@pytest.mark.conforms("R88", "B80")
def test_an_interaction_is_logged_and_a_view_is_kept(page: Page, person: Profile) -> None:
    page.goto(f"/admin/customers/{person.pk}")
    page.get_by_role("link", name="Interactions", exact=True).click()
    expect(page.get_by_text("Log an interaction")).to_be_visible()
    page.keyboard.press("l")
    form = page.locator("form", has=page.locator("input[name=is_new]"))
    form.get_by_label("Outcome").fill("Ordered again")
    form.get_by_label("Length in minutes").fill("12")
    form.get_by_role("button", name="Log", exact=True).click()
    expect(page.get_by_text("12 min")).to_be_visible()
    page.goto("/admin/customers/cdm?temperature=hot")
    page.get_by_text("Keep this view").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Hot ones")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.goto("/admin/customers/cdm")
    page.get_by_role("link", name="Hot ones").click()
    expect(page.get_by_role("link", name="Somchai Jaidee")).to_be_visible()
    expect(page).to_have_url(page.url.split("/admin")[0] + "/admin/customers/cdm?temperature=hot")


@pytest.mark.conforms("B97")
def test_the_palette_opens_by_key_and_leads_to_a_customer(
    visit: Callable[..., Page], list_of_four: list[Profile], world: World
) -> None:
    page = visit(user=world.bob)
    page.goto(f"/admin/customers/{list_of_four[2].pk}")
    page.goto("/admin/crm/agent-dashboard")
    page.keyboard.press("Control+k")
    box = page.locator("#search-input-command")
    expect(box).to_be_focused()
    expect(page.locator("#command-results-list")).to_contain_text("Ayesha Rahman")
    box.press_sequentially("ศิริพร")
    expect(page.locator("#command-results-list li").first).to_contain_text("ศิริพร ทองใจ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="ศิริพร ทองใจ", level=2)).to_be_visible()


def test_pictures_of_a_full_day(
    visit: Callable[..., Page], list_of_four: list[Profile], world: World, shoot: Callable[..., None]
) -> None:
    with tenant_context(world.acme):
        member = Membership.objects.get(tenant=world.acme, user=world.bob)
        person = tell(world.acme, member, name="มาลี ใจดี")
    page = visit(user=world.bob)
    for name, address in (
        ("day", "/admin/crm/agent-dashboard"),
        ("customer-360", f"/admin/customers/{person.pk}"),
        ("insights", f"/admin/customers/{person.pk}?tab=insights"),
        ("drop-offs", "/admin/crm/drop-offs"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        shoot(page, name)
