"""What an agent does all day: find, open, change, look back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Make
from tests.world import World

pytestmark = pytest.mark.browser
LIST = "/admin/customers/cdm"


def test_find_open_edit_and_see_the_history(page: Page, make: Make, shoot: Callable[..., None]) -> None:
    person = make(name="สมชาย ใจดี", email="somchai@example.com", phone="081 234 5678")
    make(name="Ayesha Rahman", email="ayesha@example.com")
    page.goto(LIST)
    expect(page.locator("[data-row]")).to_have_count(2)
    page.get_by_role("searchbox", name="Search customers").press_sequentially("สมชาย", delay=20)
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.locator("[data-count]")).to_have_text("1 customer")
    shoot(page, "customers-search")

    page.get_by_role("link", name="สมชาย ใจดี").click()
    expect(page).to_have_url(re.compile(str(person.pk)))
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Industry").fill("Golf retail")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Changed the customer")).to_be_visible()
    expect(page.get_by_text("Golf retail")).to_be_visible()
    shoot(page, "customer-history")


def test_panels_change_in_place_and_take_back(page: Page, make: Make) -> None:
    person = make(name="Somchai", email="somchai@example.com")
    page.goto(f"/admin/customers/{person.pk}")
    page.evaluate("window.stayed = true")
    page.get_by_role("combobox", name="Tag").fill("Golf")
    page.get_by_role("combobox", name="Tag").press("Enter")
    expect(page.get_by_role("region", name="Tags").get_by_text("Golf")).to_be_visible()
    expect(page.get_by_role("region", name="Customer").get_by_text("Golf")).to_be_visible()
    page.get_by_text("Add an e-mail or phone").click()
    page.get_by_label("Address or number").fill("not an address")
    page.get_by_role("region", name="Contact").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Address or number")).to_have_value("not an address")
    page.get_by_label("Address or number").fill("home@example.com")
    page.get_by_role("region", name="Contact").get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name="home@example.com")).to_be_visible()
    assert page.evaluate("window.stayed") is True, "nothing has reloaded the page"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("home@example.com is removed again.")).to_be_visible()
    expect(page.get_by_role("link", name="home@example.com")).to_have_count(0)


def test_several_are_deactivated_and_brought_back(page: Page, make: Make) -> None:
    for name in ("Somchai", "Ayesha", "Thandi"):
        make(name=name)
    page.goto(LIST)
    expect(page.get_by_role("button", name="Deactivate")).to_be_hidden()
    page.get_by_label("Select all on this page").check()
    expect(page.get_by_text("3 selected")).to_be_visible()
    page.get_by_label("Select Thandi").uncheck()
    page.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("2 customers are inactive now.")).to_be_visible()
    expect(page.get_by_role("link", name="[INACTIVE]")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 customers are active again.")).to_be_visible()
    expect(page.get_by_role("link", name="[INACTIVE]")).to_have_count(0)


def test_the_filters_work_together_and_their_chips_take_them_off(page: Page, make: Make) -> None:
    make(type="COMPANY", companyName="Siam Retail", lifecycleStage="VIP")
    make(name="Somchai", lifecycleStage="VIP")
    page.goto(LIST)
    page.get_by_label("Stage").select_option("VIP")
    expect(page.get_by_role("link", name="Remove the filter Stage: VIP")).to_be_visible()
    page.get_by_label("Type").select_option("COMPANY")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.get_by_role("link", name="Remove the filter Type: Company").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    page.get_by_label("Type").select_option("INDIVIDUAL")
    expect(page.locator("[data-row]")).to_have_count(1)


def test_the_next_page_keeps_the_address_and_the_way_back(page: Page, make: Make) -> None:
    for number in range(30):
        make(name=f"Customer {number:02}")
    page.goto(f"{LIST}?sort=name")
    expect(page.locator("[data-row]")).to_have_count(25)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Customer 29")).to_be_visible()
    expect(page).to_have_url(re.compile("after="))
    page.reload()
    expect(page.get_by_role("link", name="Customer 29")).to_be_visible()
    page.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("link", name="Customer 00")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Customer 29")).to_be_visible()


def test_a_second_customer_with_the_same_address_is_asked_about(page: Page, make: Make) -> None:
    make(name="Somchai", email="s@example.com")
    page.goto("/admin/customers/new")
    page.get_by_label("First name").fill("Somsri")
    page.get_by_role("textbox", name="E-mail").fill("s@example.com")
    page.get_by_role("button", name="Add the customer").click()
    expect(page.get_by_text("We know this customer already")).to_be_visible()
    page.get_by_role("button", name="Add anyway").click()
    expect(page.get_by_text("Added Somsri.")).to_be_visible()


def test_an_agent_has_no_way_to_deactivate(visit: Callable[..., Page], world: World, make: Make) -> None:
    person = make(name="Somchai")
    window = visit(user=world.bob)
    window.goto(f"/admin/customers/{person.pk}")
    expect(window.get_by_role("link", name="Edit", exact=True)).to_be_visible()
    window.get_by_label("More actions").click()
    expect(window.get_by_role("button", name="Deactivate")).to_have_count(0)
    expect(window.get_by_role("link", name="History", exact=True)).to_have_count(0)
