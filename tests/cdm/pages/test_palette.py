"""The command palette over customers, acts and pages."""

from __future__ import annotations

import pytest
from django.test import Client

from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.world import World


def found(client: Client, term: str) -> str:
    """Return what the palette shows."""
    response = client.get("/admin/search/", {"extended": "1", "s": term})
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.conforms("B97")
@pytest.mark.parametrize(
    "term", ["somchai", "สมชาย", "081 234 5678", "+66812345678", "som@example.com", "ใจดี"]
)
def test_a_customer_is_found_by_name_phone_and_e_mail_in_any_script(
    bob: Client, acme: object, term: str
) -> None:
    person = ProfileFactory(
        name="สมชาย ใจดี",
        first_name="Somchai",
        last_name="Jaidee",
        email="som@example.com",
        phone="+66812345678",
    )
    assert f"/admin/customers/{person.pk}" in found(bob, term)


@pytest.mark.conforms("B97")
def test_acts_and_pages_are_found_by_who_may_do_them(bob: Client, alice: Client, acme: object) -> None:
    assert "/admin/customers/new" in found(bob, "new cust")
    assert "/admin/crm/drop-offs" in found(bob, "drop")
    assert "/admin/imports/new" in found(alice, "import")
    assert "/admin/imports/new" not in found(bob, "import")
    person = ProfileFactory(name="Somchai")
    assert f"/admin/customers/{person.pk}?tab=interactions&amp;log=1" in found(bob, "call somchai")


@pytest.mark.conforms("B97")
def test_customers_open_lately_stand_there_before_anything_is_typed(
    bob: Client, alice: Client, acme: object
) -> None:
    people = [ProfileFactory(name=f"Person {number}") for number in range(10)]
    for person in people:
        bob.get(f"/admin/customers/{person.pk}")
    html = found(bob, "")
    assert html.index("Person 9") < html.index("Person 8")
    assert "Person 1<" not in html
    assert "Person" not in found(alice, "")
    Profile.objects.filter(pk=people[9].pk).update(status="DELETED")
    assert "Person 9" not in found(bob, "")


def test_strangers_are_never_found(bob: Client, world: World, acme: object) -> None:
    with tenant_context(world.zenith):
        ProfileFactory(name="Strange Person")
    for term in ("strange", "call strange", ""):
        assert "Strange Person" not in found(bob, term)


@pytest.mark.conforms("B97")
def test_what_is_not_found_is_said_with_what_can_be_typed(bob: Client) -> None:
    html = found(bob, "zzqx")
    assert "No results matching your query" in html
    assert "phone, e-mail or id" in html
    # The page puts in place what stands below this name.
    assert 'id="command-results-list"' in html
    assert "Customers, pages …" in bob.get("/admin/customers/cdm").content.decode()
