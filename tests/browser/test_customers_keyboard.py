"""Everything by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Make

pytestmark = pytest.mark.browser
LIST = "/admin/customers/cdm"


@pytest.fixture
def crowd(make: Make) -> None:
    """Three customers, the newest first on the list."""
    for name in ("Thandi", "Ayesha", "Somchai"):
        make(name=name)


@pytest.mark.usefixtures("crowd")
def test_slash_searches_and_j_k_enter_open(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search customers")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Somchai")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Thandi")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Ayesha")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ayesha", level=2)).to_be_visible()
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile("/edit$"))


@pytest.mark.usefixtures("crowd")
def test_x_selects_and_e_edits_from_the_list(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_label("Select Somchai")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Edit Ayesha")).to_be_visible()


@pytest.mark.usefixtures("crowd")
def test_shortcuts_are_letters_inside_a_field(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("/")
    page.keyboard.type("jenx?")
    expect(page.get_by_role("searchbox", name="Search customers")).to_have_value("jenx?")
    expect(page).to_have_url(re.compile(LIST))


def test_the_question_mark_explains_and_escape_closes(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_edit_form_is_filled_and_sent_by_keyboard(page: Page, make: Make) -> None:
    person = make(name="Somchai")
    page.goto(f"/admin/customers/{person.pk}/edit?focus=industry")
    expect(page.get_by_label("Industry")).to_be_focused()
    page.keyboard.type("Retail")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
