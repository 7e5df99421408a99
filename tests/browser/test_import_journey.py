"""Log in, take a file in, watch it, open a customer, edit, see the history: the README's first screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories.cdp import PASSWORD
from tests.worker import working
from tests.world import World

pytestmark = pytest.mark.browser
FILE = Path(settings.BASE_DIR) / "examples" / "customers-th.csv"


@pytest.mark.conforms("R84")
@pytest.mark.conforms("R99")
def test_from_the_log_in_to_the_history_of_an_imported_customer(
    browser: Browser, live_server: LiveServer, world: World, tmp_path: Path, shoot: Callable[..., None]
) -> None:
    page = browser.new_page(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page.set_default_timeout(30_000)
    page.goto("/")
    page.get_by_label("E-mail").fill(world.alice.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/customers/cdm")
    with working(tmp_path / "worker.log"):
        _import(page, shoot)
    page.get_by_role("link", name="See the new customers").click()
    page.locator("[data-open]").first.click()
    expect(page).to_have_url(re.compile("/admin/customers/[0-9a-f-]{36}"))
    shoot(page, "customer")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Industry").fill("Tea")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Tea")).to_be_visible()
    page.close()


def _import(page: Page, shoot: Callable[..., None]) -> None:
    page.goto("/admin/imports")
    page.get_by_role("link", name="Import a file").first.click()
    page.locator("input[type=file]").set_input_files(FILE)
    page.get_by_role("button", name="Go on to the columns").click()
    expect(page.get_by_label("birth_date")).to_have_value("date_of_birth")
    shoot(page, "import-columns", full_page=True)
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_text("Nothing has been written yet.")).to_be_visible()
    shoot(page, "import-check")
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_text("See the new customers")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("500 of 500 rows")).to_be_visible()
    shoot(page, "import-result")
