"""A key belongs to the company; it is said whose maker is gone."""

from __future__ import annotations

import pytest

from cdp.models import ApiKey, Membership
from cdp.operations.deactivate_member import deactivate_member
from cdp.operations.revoke_api_key import revoke_api_key
from cdp.tenancy.context import tenant_context
from tests.world import World

KEYS, PEOPLE = "/admin/cdp/apikey/", "/admin/cdp/membership/"


@pytest.fixture
def secret(world: World) -> str:
    """A key Bob has made."""
    return ApiKey.issue(tenant=world.acme, name="Shop", scopes=["profile:read"], by=world.bob.actor)[1]


def test_the_key_of_somebody_shut_out_goes_on_working_and_the_list_says_so(world: World, secret: str) -> None:
    browser = world.browser(world.alice)
    assert "bob@example.com (shut out)" not in browser.get(KEYS).content.decode()
    bob = Membership.objects.get(user=world.bob)
    deactivate_member(tenant=world.acme, by=world.by, member_id=bob.pk)
    assert world.api(secret).get("/profiles").status_code == 200
    assert "bob@example.com (shut out)" in browser.get(KEYS).content.decode()
    key = ApiKey.objects.matching(secret).get()
    assert "bob@example.com (shut out)" in browser.get(f"{KEYS}{key.pk}/change/").content.decode()


def test_shutting_somebody_out_names_their_keys(world: World, secret: str) -> None:
    bob = Membership.objects.get(user=world.bob)
    address = f"{PEOPLE}{bob.pk}/change/"
    browser = world.browser(world.alice)
    shown = browser.post(address, {"role": "agent"}, follow=True).content.decode()
    assert "1 API key made by bob@example.com still works" in shown
    again = browser.post(address, {"role": "agent"}, follow=True).content.decode()
    assert "still works" not in again


def test_a_revoked_key_is_not_named(world: World, secret: str) -> None:
    with tenant_context(world.acme):
        key = ApiKey.objects.matching(secret).get()
        revoke_api_key(tenant=world.acme, by=world.by, key_id=key.pk)
    bob = Membership.objects.get(user=world.bob)
    shown = world.browser(world.alice).post(f"{PEOPLE}{bob.pk}/change/", {"role": "agent"}, follow=True)
    assert "still work" not in shown.content.decode()
