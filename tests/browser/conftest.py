"""A real browser in front of the real server, logged in as alice."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cdp.models import Tenant, User
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from tests.world import World

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# Looked at by people: below a directory git ignores, unless the README's are to be made anew.
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", settings.BASE_DIR / ".data" / "screenshots"))

Make = Callable[..., Profile]


@pytest.fixture(scope="session")
def browser(chromium: Path, django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for the session."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's event loop runs in this thread from now on, and Django would refuse to query there.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, world: World) -> Iterator[Callable[..., Page]]:
    """Open a window: ``visit()``, ``visit(user=world.bob, viewport=PHONE, color_scheme="dark")``.

    The test fails when a page logs an error other than those it forgives (parts of their texts).
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(user: User = world.alice, forgive: tuple[str, ...] = (), **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **({"viewport": DESK} | options))
        contexts.append(context)
        context.set_default_timeout(15_000)
        session = world.browser(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        window = context.new_page()
        window.on("console", lambda message: complaints.extend(_complaint(message, forgive)))
        window.on("pageerror", lambda error: complaints.append(str(error)))
        return window

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def _complaint(message: ConsoleMessage, forgive: tuple[str, ...]) -> list[str]:
    # Browsers ask for the icon by themselves, and log every answer that refuses a form.
    is_favicon = message.location.get("url", "").endswith("/favicon.ico")
    is_refusal = re.search(r"status of (400|409) ", message.text) is not None
    is_forgiven = is_favicon or is_refusal or any(text in message.text for text in forgive)
    is_ours = message.type == "error" and not is_forgiven
    return [f"{message.type}: {message.text}"] if is_ours else []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """A window of alice's."""
    return visit()


@pytest.fixture
def make(world: World) -> Make:
    """Make a customer of acme: ``make(name="Somchai", email="s@example.com")``."""

    def make_customer(**said: Any) -> Profile:
        tenant: Tenant = world.acme
        with tenant_context(tenant):
            record = ProfileRecord.parse(said, tenant=tenant)
            return create_profile(tenant=tenant, by=world.by, record=record, allow_duplicate=True)

    return make_customer


@pytest.fixture
def shoot() -> Callable[..., None]:
    """Keep a picture of a window: ``shoot(page, "list-dark")``."""

    def take(window: Page, name: str, **options: Any) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        window.screenshot(path=SCREENSHOTS / f"{name}.png", **options)

    return take
