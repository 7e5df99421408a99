"""The last change of a customer's own fields can be taken back from the message, details and history."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from cdp.actors import Actor
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory
from tests.world import World

HTMX = {"HX-Request": "true"}
UNDO = re.compile(r'action="([^"]*/changes/[^"]*/take-back)"')


@pytest.fixture
def person(acme: Tenant) -> Profile:
    made: Profile = ProfileFactory(email="old@example.com", industry="Rice", date_of_birth="1990-05-15")
    made.refresh_from_db()
    return made


def _save(browser: Client, person: Profile, section: str, **said: str) -> str:
    first = {f"initial-{name}": str(getattr(person, name) or "") for name in said}
    data = {"edit": section, "version": str(person.version), **first, **said}
    answer = browser.post(f"/admin/customers/{person.pk}/details/{section}", data, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    person.refresh_from_db()
    return unescape(answer.content.decode())


@pytest.mark.parametrize("place", ["details", "history"])
def test_the_panel_offers_it_and_gives_the_fields_back(world: World, person: Profile, place: str) -> None:
    alice = world.browser(world.alice)
    _save(alice, person, "company", industry="Tea", company_size="9")

    html = alice.get(f"/admin/customers/{person.pk}/panels/{place}").content.decode()
    address = UNDO.findall(html)[0]
    answer = alice.post(address, {"panel": place}, headers=HTMX)

    assert answer.status_code == 200
    assert "Changed back." in answer.content.decode()
    person.refresh_from_db()
    assert (person.industry, person.company_size, person.version) == ("Rice", "", 3)
    assert AuditEntry.objects.filter(object_id=person.pk, verb="profile.update").count() == 2


def test_the_message_offers_it_too(world: World, person: Profile) -> None:
    alice = world.browser(world.alice)
    html = _save(alice, person, "person", date_of_birth="--05-15", gender="male")
    assert person.date_of_birth is None
    token = re.findall(r'name="token" value="([^"]+)"', html)[0]

    alice.post("/admin/undo", {"token": token})

    person.refresh_from_db()
    assert (str(person.date_of_birth), person.partial_birth_date, person.gender) == ("1990-05-15", "", "")


def test_a_newer_change_withdraws_the_offer(world: World, person: Profile) -> None:
    alice, bob = world.browser(world.alice), world.browser(world.bob)
    _save(alice, person, "company", industry="Tea")
    html = alice.get(f"/admin/customers/{person.pk}/panels/details").content.decode()
    address = UNDO.findall(html)[0]
    _save(bob, person, "company", industry="Coffee")

    answer = alice.post(address, {"panel": "details"}, headers=HTMX)

    assert answer.status_code == 409
    assert "This can no longer be undone." in answer.content.decode()
    person.refresh_from_db()
    assert person.industry == "Coffee"


def test_what_programs_wrote_and_what_is_a_day_old_is_not_offered(
    world: World, person: Profile, analyst: Client
) -> None:
    alice = world.browser(world.alice)
    _save(alice, person, "company", industry="Tea")
    assert not UNDO.findall(analyst.get(f"/admin/customers/{person.pk}/panels/details").content.decode())
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=1, minutes=1)):
        alice = world.browser(world.alice)
        assert not UNDO.findall(alice.get(f"/admin/customers/{person.pk}/panels/details").content.decode())
    with tenant_context(world.acme):
        record = ProfileRecord.parse({"industry": "Silk"}, tenant=world.acme)
        update_profile(tenant=world.acme, by=Actor.system("sync"), profile_id=person.pk, record=record)
    assert not UNDO.findall(alice.get(f"/admin/customers/{person.pk}/panels/details").content.decode())


def test_a_former_address_becomes_the_primary_one_again(world: World, person: Profile) -> None:
    alice = world.browser(world.alice)
    _save(alice, person, "contact", email="new@example.com")
    html = alice.get(f"/admin/customers/{person.pk}/panels/details").content.decode()

    answer = alice.post(UNDO.findall(html)[0], headers=HTMX)

    assert "The other address stays as a further one." in answer.content.decode()
    assert person.email == "new@example.com"
    person.refresh_from_db()
    assert person.email == "old@example.com"
    assert set(person.contact_points.filter(kind="email").values_list("value", flat=True)) == {
        "old@example.com",
        "new@example.com",
    }


def test_a_refused_section_says_so_at_the_field(world: World, person: Profile) -> None:
    alice = world.browser(world.alice)
    said = {
        "edit": "contact",
        "version": str(person.version),
        "email": "nonsense",
        "initial-email": person.email,
    }

    answer = alice.post(f"/admin/customers/{person.pk}/details/contact", said, headers=HTMX)

    html = answer.content.decode()
    assert answer.status_code == 400
    field = html[html.index('for="id_email"') : html.index('for="id_phone"')]
    assert 'class="errorlist"' in field
    assert 'aria-invalid="true"' in field
    assert "nonsense" in field
