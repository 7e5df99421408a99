"""Forms: prefilled by a template, and lists of names."""

from __future__ import annotations

import pytest
from django.test import Client

from campaigns.models import AssetTemplate, Budget
from cdp.models import Tenant
from tests.campaigns.making import BUDGET, TARGET, make
from tests.world import World

PLACE = "/admin/marketing"


@pytest.fixture
def alice(world: World) -> Client:
    return world.browser(world.alice)


def test_a_template_that_lacks_its_days_opens_the_form(world: World, acme: Tenant, alice: Client) -> None:
    days = {"period": "CUSTOM", "startsOn": "2026-03-01", "endsOn": "2026-03-31"}
    alerts = [{"threshold": n, "emails": ["boss@example.com"]} for n in (50, 80, 100)]
    budget = make(world, BUDGET, name="Fair", amount="750.00", alerts=alerts, **days)
    alice.post(f"{PLACE}/budgets/{budget.pk}/template", {"name": "Fairs"})
    template = AssetTemplate.objects.get()
    answer = alice.post(f"{PLACE}/templates/{template.pk}/use", {"name": "Autumn fair"})
    page = alice.get(answer["Location"])
    form = page.context["form"]
    assert (form["name"].value(), form["period"].value(), str(form["amount"].value())) == (
        "Autumn fair",
        "CUSTOM",
        "750.00",
    )
    said = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    dated = {**said, "starts_on": "2026-09-01", "ends_on": "2026-09-30"}
    assert alice.post(answer["Location"], dated).status_code == 302
    made = Budget.objects.get(name="Autumn fair")
    assert (str(made.amount), len(made.alerts), str(made.ends_on)) == ("750.00", 3, "2026-09-30")
    template.refresh_from_db()
    assert template.used_count == 1


def test_a_name_with_a_comma_in_it_is_one(world: World, acme: Tenant, alice: Client) -> None:
    cities = ["Washington, D.C.", "Boston"]
    target = make(world, TARGET, interests=["golf"], demographics={"location": {"cities": cities}})
    path = f"{PLACE}/targets/{target.pk}/edit"
    form = alice.get(path).context["form"]
    assert form["cities"].value() == "Washington, D.C.\nBoston"
    said = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert alice.post(path, {**said, "interests": "golf, chess"}).status_code == 302
    target.refresh_from_db()
    assert target.demographics["location"]["cities"] == cities
    assert target.interests == ["golf", "chess"]
    alice.post(path, {**said, "version": "", "cities": "Washington, D.C."})
    target.refresh_from_db()
    assert target.demographics["location"]["cities"] == ["Washington, D.C."]
