"""The page of rules in a real browser: conditions that grow, a count that follows, both looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cdm.automation.evaluating import evaluate_rules
from cdm.models import AutomationRule, CustomerSummary
from cdp.tenancy.context import tenant_context
from tests.browser.audit import complaints_about
from tests.browser.conftest import PHONE, Make
from tests.factories.cdm_insights import AutomationRuleFactory, CallListingFactory
from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
Shoot = Callable[..., None]


@pytest.mark.conforms("R112")
def test_an_admin_writes_a_rule_and_sees_how_many_match(visit: Visit, make: Make, world: World) -> None:
    for name, orders in (("Mali Srisai", 12), ("Somchai Jaidee", 11), ("Ayesha Rahman", 2)):
        customer = make(name=name)
        with tenant_context(world.acme):
            CustomerSummary.objects.update_or_create(profile=customer, defaults={"orders": orders})
    page = visit()
    page.goto("/admin/crm/automation")
    page.get_by_role("link", name="New rule").first.click()
    page.get_by_label("Name", exact=True).fill("Many orders")
    page.get_by_label("What is asked about").first.select_option("orders")
    expect(page.get_by_label("How it is compared")).to_be_visible()
    page.get_by_label("What it is compared with").fill("10")
    expect(page.get_by_text("2 customers match now")).to_be_visible()
    expect(page.get_by_label("What is asked about")).to_have_count(2)
    page.get_by_label("Points to add").fill("20")
    assert complaints_about(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    with tenant_context(world.acme):
        assert AutomationRule.objects.get().actions == {"boost": 20}


@pytest.mark.parametrize(("scheme", "viewport"), [("light", None), ("dark", None), ("light", PHONE)])
def test_the_pages_look_right(
    visit: Visit, make: Make, world: World, shoot: Shoot, scheme: str, viewport: dict[str, int] | None
) -> None:
    customer = make(name="Mali Srisai")
    with tenant_context(world.acme):
        CustomerSummary.objects.update_or_create(profile=customer, defaults={"orders": 12})
        rule = AutomationRuleFactory(name="Silent VIPs", actions={"boost": 20, "offer": "reactivation"})
        AutomationRuleFactory(name="Switched off", is_active=False, position=2)
        evaluate_rules(world.acme)
        CallListingFactory(profile=customer)
    options = {"color_scheme": scheme} | ({"viewport": viewport} if viewport else {})
    page = visit(**options)
    kind = "phone" if viewport else scheme
    for name, address in (
        ("automation", "/admin/crm/automation"),
        ("automation-rule", f"/admin/crm/automation/{rule.pk}"),
        ("holdout", "/admin/crm/holdout"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert complaints_about(page) == []
        shoot(page, f"{name}-{kind}", full_page=True)
