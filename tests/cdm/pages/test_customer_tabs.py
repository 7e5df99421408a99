"""The six tabs of a customer's page: what they show, to whom, and what they cost."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdm.models import FamilyMember, Interaction
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from profiles.panels import registry
from tests.cdm.pages.conftest import Tell
from tests.factories.cdm_orders import OrderFactory
from tests.factories.cdm_people import BehaviourEventFactory, InteractionFactory
from tests.factories.profiles import CustomerEventFactory, ProfileFactory
from tests.world import World

TABS = ("overview", "profile", "family", "interactions", "behaviour", "insights", "history")


def page(client: Client, person: Profile, tab: str = "overview") -> str:
    """Return the HTML of a tab."""
    response = client.get(f"/admin/customers/{person.pk}?tab={tab}")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.conforms("R85")
def test_the_overview_shows_money_contact_behaviour_and_what_to_do(alice: Client, story: Tell) -> None:
    html = page(alice, story())
    for expected in (
        "Lifetime value",
        "15,500 THB",  # 7 orders of 1,200 and more, less a return of 250.50, rounded
        "Average order",
        "Bought per month, returns taken off",
        "Contacts by way",
        "Activities in the shop",
        "What to do next",
        "Call within 24 hours",
        "High: 73 % chance of an order in 60 days",
        "Send the samples",
        "2 days late",
        "Tea for the office",
        "Quotation QT-",
        "Invoice INV-",
        "4,201 THB",
    ):
        assert expected in html, expected


@pytest.mark.conforms("R86")
def test_the_profile_tab_shows_the_best_time_with_its_number_of_calls(alice: Client, story: Tell) -> None:
    html = page(alice, story(available_time="evenings"), "profile")
    assert "evenings" in html
    assert "10:00-12:00" in html
    assert "from 412 calls" in html


@pytest.mark.conforms("R87")
def test_the_family_tab_lists_relatives_with_their_dates_and_own_pages(alice: Client, story: Tell) -> None:
    person = story()
    own = ProfileFactory(name="Malee Jaidee")
    FamilyMember.objects.filter(profile=person, name="Malee Jaidee").update(relative=own)
    html = page(alice, person, "family")
    for expected in (
        "Malee Jaidee",
        "Spouse",
        "ด.ญ. แก้ว ใจดี",
        "Birthday March",
        "Anniversary",
        "081 234 5679",
    ):
        assert expected in html, expected
    assert f"/admin/customers/{own.pk}" in html
    assert "has this customer as Spouse" in page(alice, own, "family")


@pytest.mark.conforms("R88")
def test_the_interactions_tab_shows_way_direction_length_and_outcome(alice: Client, story: Tell) -> None:
    html = page(alice, story(), "interactions")
    for expected in (
        "Log an interaction",
        "Call",
        "Inbound",
        "Interested",
        "3 min 20 s",
        "Where is my order?",
        "Bob",
    ):
        assert expected in html, expected


@pytest.mark.conforms("R89")
def test_the_behaviour_tab_counts_and_names_what_is_viewed_most(alice: Client, story: Tell) -> None:
    html = page(alice, story(), "behaviour")
    for expected in (
        "Product views",
        "Viewed most",
        "Celadon tea cup",
        "“green tea”",
        "High shipping cost",
        "Recovered",
    ):
        assert expected in html, expected
    assert html.index("Celadon tea cup") < html.index("ชุดกาน้ำชา")


@pytest.mark.conforms("R90")
def test_the_insights_tab_adds_up_and_says_what_it_is_based_on(alice: Client, story: Tell) -> None:
    html = page(alice, story(), "insights")
    for expected in (
        "73 % chance of an order in the next 60 days.",
        "not who buys because you call",
        "Based on 412 calls",
        "4,200 THB – 9,800 THB",
        "This is wrong",
        "Rules that fired",
    ):
        assert expected in html, expected
    points = [int(text) for text in re.findall(r'drawn__value">([+-]?\d+)<', html)]
    assert points[0] == 0
    assert sum(points[:-1]) == points[-1] == 17


def test_an_unknown_customer_has_empty_panels_that_say_what_to_do(alice: Client, acme: object) -> None:
    person = ProfileFactory(name="New Face")
    said = {
        "overview": ("No orders yet.", "Nobody has spoken to this customer yet.", "No recommendation yet"),
        "family": ("No family member yet.",),
        "interactions": ("No interaction yet.",),
        "behaviour": ("Not seen in the shop yet.", "Never turned back"),
        "insights": ("No recommendation yet.", "No rule has fired"),
    }
    for tab, texts in said.items():
        html = page(alice, person, tab)
        for text in texts:
            assert text in html, text


@pytest.mark.parametrize("tab", TABS)
def test_a_tab_costs_the_same_however_much_has_happened(world: World, story: Tell, tab: str) -> None:
    alice = world.browser(world.alice)
    counted = []
    for number in (2, 60):
        person = story(orders=number, name=f"With {number}")
        for extra in range(number):
            InteractionFactory(profile=person, occurred_at=timezone.now() - timedelta(hours=extra))
            BehaviourEventFactory(profile=person, occurred_at=timezone.now() - timedelta(hours=extra))
            CustomerEventFactory(profile=person, timestamp=timezone.now() - timedelta(hours=extra))
        page(alice, person, tab)
        with CaptureQueriesContext(connection) as captured:
            page(alice, person, tab)
        counted.append(len(captured))
    assert counted[0] == counted[1]
    assert counted[0] <= 45


@pytest.mark.conforms("R98")
def test_the_timeline_mixes_everything_and_keeps_one_kind_when_asked(alice: Client, story: Tell) -> None:
    person = story()
    CustomerEventFactory(profile=person, type="login", source="Website")

    def timeline(query: str) -> str:
        address = f"/admin/customers/{person.pk}/panels/timeline?{query}"
        return str(alice.get(address, headers={"HX-Request": "true"}).content.decode())

    everything = timeline("")
    for expected in (
        "Logged in",
        "Call: Interested",
        "Ordered for 1,200 THB",
        "Turned back: Checkout, 5,500 THB",
    ):
        assert expected in everything, expected
    orders = timeline("kind=order")
    assert "Ordered for" in orders
    assert "Logged in" not in orders.split("<ol", 1)[1]
    erp = timeline("source=ERP").split("<ol", 1)[1]
    assert "Ordered for" in erp
    assert "Interested" not in erp


@pytest.mark.conforms("R98")
def test_older_pages_of_the_timeline_leave_nothing_out_and_repeat_nothing(
    alice: Client, acme: object
) -> None:
    person = ProfileFactory()
    at = timezone.now()
    for number in range(40):
        OrderFactory(profile=person, number=f"A{number:03d}", ordered_at=at - timedelta(hours=number // 7))
        InteractionFactory(
            profile=person, subject=f"B{number:03d}", occurred_at=at - timedelta(hours=number // 7)
        )
    seen: list[str] = []
    address = f"/admin/customers/{person.pk}/panels/timeline"
    query = ""
    for _ in range(9):
        html = alice.get(address + query, headers={"HX-Request": "true"}).content.decode()
        seen += re.findall(r"Order (A\d{3})|Call: (B\d{3})", html.replace("Call to the customer", ""))
        older = re.search(r'rel="next" href="[^?]*(\?[^"]*)"', html)
        if older is None:
            break
        query = older[1].replace("&amp;", "&")
    found = ["".join(pair) for pair in seen]
    assert len(found) == len(set(found)) == 80


def test_strangers_find_no_panel_and_no_act(alice: Client, world: World, story: Tell) -> None:
    with tenant_context(world.zenith):
        stranger = ProfileFactory(name="Strange Person")
        talk = InteractionFactory(profile=stranger)
    keys = [panel.key for tab in TABS for panel in registry.on(tab, frozenset({"profile:read"}))]
    assert {"purchases", "family", "conversations", "behaviour", "insights", "deals"} <= set(keys)
    for key in keys:
        assert alice.get(f"/admin/customers/{stranger.pk}/panels/{key}").status_code == 404
    acts = (
        *("interactions", "family", "tasks", "deals"),
        *("agent", "calls", "recommendation/wrong", "details/person"),
    )
    for act in acts:
        assert alice.post(f"/admin/customers/{stranger.pk}/{act}", {"title": "x"}).status_code == 404, act
    person = story()
    response = alice.post(f"/admin/customers/{person.pk}/interactions/{talk.pk}/remove")
    assert response.status_code == 404
    with tenant_context(world.zenith):
        assert Interaction.objects.filter(pk=talk.pk).exists()


def test_an_analyst_sees_everything_and_changes_nothing(analyst: Client, story: Tell) -> None:
    person = story()
    for tab in TABS:
        html = page(analyst, person, tab)
        assert 'method="post"' not in html.split("data-panel", 1)[1], tab
    for act in ("interactions", "family", "tasks", "deals", "agent", "calls", "recommendation/wrong"):
        assert analyst.post(f"/admin/customers/{person.pk}/{act}").status_code == 403, act
    one = uuid.uuid4()
    for path in (f"deals/{one}/move", f"tasks/{one}/done", f"drop-offs/{one}/recover"):
        assert analyst.post(f"/admin/crm/{path}").status_code == 403, path
    assert Interaction.objects.filter(profile=person).count() == 3
