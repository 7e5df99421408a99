"""Who might this be? In every form of a customer, while somebody types."""

from __future__ import annotations

from typing import Any

import pytest

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.profiles.api.expect import nothing_written
from tests.world import World
from unify.records.refresh import refresh

ADDRESS = "/admin/customers/duplicates"


@pytest.fixture
def somchai(acme: Tenant) -> Profile:
    profile = ProfileFactory(
        first_name="Somchai", last_name="Jaidee", email="somchai@example.com", phone="+66812345678"
    )
    refresh(acme, [profile.pk])
    return profile


def shown(world: World, **typed: Any) -> str:
    response = world.browser(world.bob).post(ADDRESS, typed, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.conforms("B46")
@pytest.mark.parametrize(
    "typed",
    [
        {"first_name": "Somchai", "last_name": "Jaidee", "phone": "081 234 5678"},
        {"email": "Somchai@Example.com"},
        {"name": "Somchai Jaidee", "email": "somchai@example.com", "phone": "08"},
        {"first_name": "Somchai", "last_name": "Jaide", "phone": "0812345678", "date_of_birth": "19"},
    ],
)
def test_a_known_customer_is_named_with_a_link_and_a_score(
    world: World, acme: Tenant, somchai: Profile, typed: dict[str, str]
) -> None:
    with nothing_written():
        html = shown(world, type="INDIVIDUAL", **typed)
    assert f"/admin/customers/{somchai.pk}" in html
    assert "Somchai Jaidee" in html
    assert 'class="alike__score"' in html


def test_a_thai_reader_is_told_the_reasons_in_thai(world: World, acme: Tenant, somchai: Profile) -> None:
    typed = {"first_name": "Somchai", "last_name": "Jaidee", "phone": "0812345678"}
    browser = world.browser(world.bob)
    said = browser.post(
        ADDRESS, typed, headers={"HX-Request": "true", "Accept-Language": "th"}
    ).content.decode()
    assert "โทรศัพท์: ตรงกัน" in said
    assert [text for text in ("the same", "First name", "Phone") if text in said] == []


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"type": "INDIVIDUAL"},
        {"first_name": "S"},
        {"first_name": "Nobody", "last_name": "Atall"},
        {"email": "a\x00b"},
        {"phone": "x" * 5000},
        {"date_of_birth": "9999-99-99", "first_name": "\ud83d"},
    ],
)
def test_who_is_unknown_or_hardly_described_is_like_nobody(
    world: World, acme: Tenant, somchai: Profile, typed: dict[str, str]
) -> None:
    encoded = {name: value.encode("utf-8", "replace").decode() for name, value in typed.items()}
    assert shown(world, **encoded).strip() == ""


@pytest.mark.conforms("B46")
def test_a_customer_is_no_duplicate_of_themselves(world: World, acme: Tenant, somchai: Profile) -> None:
    typed = {"email": "somchai@example.com", "first_name": "Somchai", "last_name": "Jaidee"}
    assert shown(world, own=str(somchai.pk), **typed).strip() == ""
    assert str(somchai.pk) in shown(world, own="nonsense", **typed)


def test_a_strangers_customer_is_never_hinted_at(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory(email="somchai@example.com")
        refresh(world.zenith, [theirs.pk])
    assert shown(world, email="somchai@example.com").strip() == ""


@pytest.mark.conforms("B46")
def test_every_form_of_a_customer_asks(world: World, acme: Tenant, somchai: Profile) -> None:
    alice = world.browser(world.alice)
    new = ("/admin/customers/new", "/admin/profiles/profile/add/")
    own = (f"/admin/customers/{somchai.pk}/edit", f"/admin/profiles/profile/{somchai.pk}/change/")
    for address in (*new, *own):
        html = alice.get(address).content.decode()
        assert f'hx-post="{ADDRESS}"' in html, address
        assert (f'"own": "{somchai.pk}"' in html) is (address in own), address


def test_only_members_who_may_see_customers_ask(world: World, acme: Tenant) -> None:
    assert world.browser(world.alice).get(ADDRESS).status_code == 405
    world.charlie.memberships.update(is_active=False)
    assert world.browser(world.charlie).post(ADDRESS, {"email": "a@example.com"}).status_code == 403
