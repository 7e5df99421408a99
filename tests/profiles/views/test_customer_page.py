"""The 360° page: what it shows to whom, and what it costs."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.models import CustomerEvent, Profile
from profiles.operations.update_profile import update_profile
from profiles.panels import registry
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory
from tests.profiles.views.conftest import LIST, Make, part
from tests.world import World

EVERY_PANEL = [
    panel.key
    for tab in ("*", "overview", "profile", "history")
    for panel in registry.on(tab, frozenset({"profile:read", "audit:read"}))
]


def page_of(person: Profile, rest: str = "") -> str:
    """Return a customer's address."""
    return f"/admin/customers/{person.pk}{rest}"


def test_the_page_says_who_the_customer_is(alice: Client, make: Make) -> None:
    person = make(
        firstName="Somchai",
        lastName="Jaidee",
        email="s@example.com",
        phone="081 234 5678",
        companyName="Siam Cement",
        lifecycleStage="VIP",
        tags=[{"name": "Golf", "color": "#00FF00"}],
        externalIds={"lineUserId": "U123"},
        address={"city": "Bangkok", "country": "Thailand"},
    )
    html = alice.get(page_of(person)).content.decode()
    for expected in (
        "Somchai Jaidee",
        "Siam Cement",
        "Bangkok, Thailand",
        "VIP",
        "Golf",
        'fill="#00FF00"',
        "U123",
        'href="tel:+66812345678"',
        'href="mailto:s@example.com"',
        "081 234 5678",
        "Missing:",
        "date of birth",
        str(person.pk),
    ):
        assert expected in html, expected


def test_a_private_person_is_not_asked_for_a_company(alice: Client, make: Make) -> None:
    person = make(firstName="Somchai", lastName="Jaidee", email="s@example.com", phone="081 234 5678")
    gaps = alice.get(page_of(person)).content.decode().split("completion__gaps")[1].split("</p>")[0]
    assert "date of birth" in gaps
    assert "company" not in gaps


def test_every_tab_and_panel_opens_alone_and_inside_the_page(alice: Client, make: Make) -> None:
    person = make(name="Somchai", email="s@example.com")
    for tab in ("overview", "profile", "history", "no-such-tab", "%00"):
        assert alice.get(page_of(person, f"?tab={tab}")).status_code == 200
    assert {"header", "timeline", "contact-points", "tags", "history"} <= set(EVERY_PANEL)
    for key in EVERY_PANEL:
        alone = part(alice, page_of(person, f"/panels/{key}"))
        assert alone.status_code == 200
        assert "<html" not in alone.content.decode()
        whole = alice.get(page_of(person, f"/panels/{key}")).content.decode()
        assert "<html" in whole
        assert "Somchai" in whole


def test_a_stranger_an_unknown_and_a_deleted_customer_are_not_found(
    alice: Client, world: World, make: Make
) -> None:
    deleted = make(name="Gone")
    Profile.objects.filter(pk=deleted.pk).update(status=ProfileStatus.DELETED)
    with tenant_context(world.zenith):
        stranger = ProfileFactory(name="Strange Person")
    for pk in (stranger.pk, uuid.uuid4(), deleted.pk):
        for rest in ("", "/edit", "/panels/timeline", "/panels/no-such-panel"):
            response = alice.get(f"/admin/customers/{pk}{rest}")
            assert response.status_code == 404, rest
            assert "Strange" not in response.content.decode()
        for rest in ("/deactivate", "/tags", "/segments", "/contact-points", "/identifiers"):
            said = {
                "name": "x",
                "kind": "email",
                "value": "a@example.com",
                "source": "ERP",
                "external_id": "1",
            }
            assert alice.post(f"/admin/customers/{pk}{rest}", said).status_code in {302, 404}, rest
    with tenant_context(world.zenith):
        assert Profile.objects.get(pk=stranger.pk).version == stranger.version
        assert stranger.contact_points.count() == 2
        assert stranger.profile_tags.count() == 0


def test_a_merged_customers_address_leads_to_the_survivor(alice: Client, make: Make) -> None:
    loser, survivor = make(name="Loser"), make(name="Survivor")
    Profile.objects.filter(pk=loser.pk).update(status=ProfileStatus.MERGED, merged_into=survivor)
    for rest in ("", "/edit"):
        response = alice.get(page_of(loser, rest))
        assert response.headers["Location"] == page_of(survivor)
        assert "was merged into this one" in alice.get(response.headers["Location"]).content.decode()


def test_an_analyst_reads_everything_and_changes_nothing(analyst: Client, make: Make) -> None:
    person = make(
        name="Somchai", email="s@example.com", tags=[{"name": "Golf"}], externalIds={"erpCustomerId": "E1"}
    )
    point, identifier = person.contact_points.get(), person.identifiers.get()
    for tab in ("overview", "profile", "history"):
        html = analyst.get(page_of(person, f"?tab={tab}")).content.decode()
        assert 'method="post"' not in html.split("data-panel", 1)[1]
        assert page_of(person, "/edit") not in html
    for rest in (
        "/edit",
        "/deactivate",
        "/reactivate",
        "/tags",
        "/segments",
        "/contact-points",
        "/identifiers",
        f"/contact-points/{point.pk}/remove",
        f"/contact-points/{point.pk}/primary",
        f"/identifiers/{identifier.pk}/remove",
        f"/tags/{uuid.uuid4()}/remove",
        f"/segments/{uuid.uuid4()}/remove",
    ):
        assert analyst.post(page_of(person, rest), {"name": "x"}).status_code == 403, rest
    assert analyst.get(page_of(person, "/edit")).status_code == 403
    person.refresh_from_db()
    assert person.version == 1


def test_an_agent_edits_and_neither_deactivates_nor_reads_the_history(bob: Client, make: Make) -> None:
    person = make(name="Somchai")
    html = bob.get(page_of(person)).content.decode()
    assert page_of(person, "/edit") in html
    assert page_of(person, "/deactivate") not in html
    assert "tab=history" not in html
    assert bob.get(page_of(person, "/panels/history")).status_code == 404
    assert bob.post(page_of(person, "/deactivate")).status_code == 403
    assert Profile.objects.get(pk=person.pk).status == "ACTIVE"


def test_an_inactive_customer_is_marked_and_can_be_reactivated(alice: Client, make: Make) -> None:
    person = make(name="Somchai", status="INACTIVE")
    html = alice.get(page_of(person)).content.decode()
    assert "[INACTIVE]" in html
    assert page_of(person, "/reactivate") in html
    alice.post(page_of(person, "/reactivate"))
    assert Profile.objects.get(pk=person.pk).status == "ACTIVE"


def test_the_history_tells_old_and_new_values(alice: Client, world: World, make: Make) -> None:
    person = make(name="Somchai", lifecycleStage="lead")
    record = ProfileRecord.parse({"lifecycleStage": "VIP", "dateOfBirth": "1990-01-02"}, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=person.pk, record=record)
    html = alice.get(page_of(person, "?tab=history")).content.decode()
    for expected in ("Changed the customer", "Alice", "Lead</del>", "VIP</ins>", "2 Jan 1990"):
        assert expected in html, expected


@pytest.mark.parametrize("tab", ["overview", "profile", "history"])
def test_the_page_costs_the_same_for_3_and_300_events(world: World, make: Make, tab: str) -> None:
    alice = world.browser(world.alice)
    queries = []
    for number in (3, 300):
        person = make(name=f"With {number}", email=f"with{number}@example.com")
        _events(person, number)
        for extra in range(number // 10):
            record = ProfileRecord.parse({"industry": f"Trade {extra}"}, tenant=world.acme)
            update_profile(tenant=world.acme, by=world.by, profile_id=person.pk, record=record)
        alice.get(page_of(person, f"?tab={tab}"))
        with CaptureQueriesContext(connection) as captured:
            alice.get(page_of(person, f"?tab={tab}"))
        queries.append(len(captured))
    assert queries[0] == queries[1]
    assert queries[0] <= 45


def test_hostile_values_are_shown_as_text(alice: Client, make: Make) -> None:
    evil = "<script>alert('x')</script>"
    person = make(
        name=evil,
        companyName=evil,
        website="javascript:alert(1)",
        tags=[{"name": evil}],
        externalIds={"erpCustomerId": evil},
        attributes={evil: {"deep": [evil]}},
        metadata={"m": evil},
        address={"city": evil},
        memberId=evil,
    )
    CustomerEvent.objects.create(profile=person, type=evil, source=evil, payload={evil: evil})
    for tab in ("overview", "profile", "history"):
        html = alice.get(page_of(person, f"?tab={tab}")).content.decode()
        assert "<script>alert" not in html, tab
        assert 'href="javascript:' not in html, tab
    for address in (page_of(person, "/edit"), f"{LIST}?q=script"):
        assert "<script>alert" not in alice.get(address).content.decode()


def _events(person: Profile, number: int) -> None:
    now = timezone.now()
    CustomerEvent.objects.bulk_create(
        CustomerEvent(
            profile=person,
            type=f"type_{n % 5}",
            source="Website",
            payload={"n": n},
            timestamp=now - timedelta(hours=n),
        )
        for n in range(number)
    )
