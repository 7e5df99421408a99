"""The pages about duplicates, looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from cdp.tenancy.context import tenant_context
from tests.browser.audit import complaints_about
from tests.browser.conftest import PHONE, Make
from tests.factories.unify import make_case
from tests.world import World
from unify.models import ReviewCase

pytestmark = pytest.mark.browser


@pytest.fixture
def case(make: Make, world: World) -> ReviewCase:
    one = make(
        firstName="Somchai",
        lastName="Jaidee",
        email="somchai.jaidee@example.com",
        phone="081 234 5678",
        dateOfBirth="1985-03-14",
        address={"street": "12 Sukhumvit Road", "city": "Bangkok", "postalCode": "10110"},
        lifecycleStage="VIP",
        primarySource="ERP",
        externalIds={"erpCustomerId": "ERP-00001"},
        tags=[{"name": "Golf", "color": "#117755"}],
    )
    two = make(
        firstName="Somchay",
        lastName="Jaidee",
        email="somchai.jaidee@example.co.th",
        phone="081 234 5678",
        dateOfBirth="1985-03-14",
        address={"street": "12 Sukhumvit Rd", "city": "Krung Thep", "postalCode": "10110"},
        companyName="Siam Cement",
        primarySource="LINE",
        externalIds={"lineUserId": "U" + "0" * 32},
    )
    with tenant_context(world.acme):
        return make_case([one, two], score=92.4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_looked_at(
    visit: Callable[..., Page], case: ReviewCase, scheme: str, shoot: Callable[..., None]
) -> None:
    window = visit(color_scheme=scheme, reduced_motion="reduce")
    for name, address in (
        ("review", "/admin/review"),
        ("queue", "/admin/review/queue"),
        ("runs", "/admin/matching/runs"),
        ("model", "/admin/matching/model"),
        ("how", "/admin/matching/how"),
        ("settings", "/admin/matching/settings"),
    ):
        window.goto(address)
        complaints = complaints_about(window)
        shoot(window, f"unify-{name}-{scheme}", full_page=True)
        assert complaints == [], address


def test_phone(visit: Callable[..., Page], case: ReviewCase, shoot: Callable[..., None]) -> None:
    window = visit(viewport=PHONE, has_touch=True)
    for name, address in (
        ("review", "/admin/review"),
        ("queue", "/admin/review/queue"),
        ("runs", "/admin/matching/runs"),
        ("model", "/admin/matching/model"),
        ("how", "/admin/matching/how"),
        ("settings", "/admin/matching/settings"),
    ):
        window.goto(address)
        shoot(window, f"unify-{name}-phone", full_page=True)
        assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
