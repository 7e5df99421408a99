"""People, keys and settings of a company on their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from cdp.choices import Role
from cdp.models import ApiKey, AuditEntry, Membership, Tenant
from cdp.operations import invite_member as inviting
from cdp.tenancy.context import tenant_context
from tests.cdp.queue import own_queue
from tests.factories.cdp import MembershipFactory
from tests.world import World

PEOPLE, KEYS = "/admin/cdp/membership/", "/admin/cdp/apikey/"


@pytest.fixture
def browser(world: World) -> Client:
    return world.browser(world.alice)


def errors_of(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def test_a_person_is_invited_changed_and_shut_out(browser: Client, world: World) -> None:
    with own_queue():
        data = {"email": "New@Example.com", "name": "Nok", "role": "agent"}
        assert browser.post(f"{PEOPLE}add/", data).status_code == 302
    member = Membership.objects.get(user__email="new@example.com")
    browser.post(f"{PEOPLE}{member.pk}/change/", {"role": "manager", "is_active": "on"})
    browser.post(f"{PEOPLE}{member.pk}/change/", {"role": "manager"})
    member.refresh_from_db()
    assert (member.tenant, member.role, member.is_active) == (world.acme, "manager", False)
    with tenant_context(world.acme):
        verbs = list(AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True))
    assert verbs == ["member.invite", "member.change_role", "member.deactivate"]


def test_inviting_a_member_again_is_told_at_the_address(browser: Client) -> None:
    assert list(errors_of(browser.post(f"{PEOPLE}add/", {"email": "bob@example.com", "role": "agent"}))) == [
        "email"
    ]


@pytest.mark.parametrize("data", [{"role": "agent", "is_active": "on"}, {"role": "owner"}])
def test_the_last_owner_is_told_why_they_stay(browser: Client, world: World, data: dict[str, str]) -> None:
    alice = Membership.objects.get(user=world.alice)
    answer = browser.post(f"{PEOPLE}{alice.pk}/change/", data)
    assert "last owner" in str(errors_of(answer))
    alice.refresh_from_db()
    assert (alice.role, alice.is_active) == ("owner", True)


def test_an_admin_is_offered_no_role_above_their_own(world: World) -> None:
    admin = MembershipFactory(tenant=world.acme, role=Role.ADMIN)
    browser = world.browser(admin.user)
    page = browser.get(f"{PEOPLE}add/").content.decode()
    assert 'value="admin"' in page
    assert 'value="owner"' not in page
    data = {"email": "new@example.com", "role": "owner"}
    assert list(errors_of(browser.post(f"{PEOPLE}add/", data))) == ["role"]
    owner = Membership.objects.get(user=world.alice)
    forged = browser.post(f"{PEOPLE}{owner.pk}/change/", {"role": "agent", "is_active": "on"})
    assert forged.status_code == 403
    owner.refresh_from_db()
    assert owner.role == "owner"


def test_a_member_is_never_deleted(browser: Client, world: World) -> None:
    bob = Membership.objects.get(user=world.bob)
    assert browser.post(f"{PEOPLE}{bob.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Membership.objects.filter(pk=bob.pk).exists()


def test_a_race_two_people_lose_only_once_is_a_form_error(
    browser: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def join_at_the_same_moment(tenant: Tenant, user: Any, role: str, **_: Any) -> Membership:
        Membership.objects.create(tenant=tenant, user=user, role=role)
        return Membership.objects.create(tenant=tenant, user=user, role=role)

    monkeypatch.setattr(inviting, "_join", join_at_the_same_moment)
    answer = browser.post(f"{PEOPLE}add/", {"email": "new@example.com", "role": "agent"})
    assert answer.status_code == 200
    assert "already has one of these values" in str(errors_of(answer))
    assert not Membership.objects.filter(user__email="new@example.com").exists()


def test_other_broken_constraints_are_faults_of_ours(
    browser: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def join_badly(tenant: Tenant, user: Any, role: str, **_: Any) -> Membership:
        return Membership.objects.create(tenant=tenant, user=user, role="god")

    monkeypatch.setattr(inviting, "_join", join_badly)
    with pytest.raises(IntegrityError):
        browser.post(f"{PEOPLE}add/", {"email": "new@example.com", "role": "agent"})


def test_a_new_key_is_shown_once(browser: Client, world: World) -> None:
    answer = browser.post(f"{KEYS}add/", {"name": "Shop", "scopes": ["profile:read"]})
    secret = answer.context["secret"]
    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert f'data-copy="{secret}"' in answer.content.decode()
    key = ApiKey.objects.usable().matching(secret).get()
    assert (key.tenant, key.scopes) == (world.acme, ["profile:read"])
    for page in (KEYS, f"{KEYS}{key.pk}/change/", f"{KEYS}{key.pk}/history/", "/admin/"):
        assert secret not in browser.get(page).content.decode()
    assert secret not in str(browser.session.items())


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("scopes", []), ("scopes", ["everything"]), ("expires_at_0", "2001-01-01")],
)
def test_an_impossible_key_is_told_at_its_field(browser: Client, field: str, value: Any) -> None:
    before = ApiKey.objects.count()
    data = {"name": "Shop", "scopes": ["profile:read"], "expires_at_1": "10:00", "expires_at_0": "2099-01-01"}
    answer = browser.post(f"{KEYS}add/", {**data, field: value})
    assert list(errors_of(answer)) == [field.removesuffix("_0")]
    assert ApiKey.objects.count() == before


def test_a_key_is_revoked_after_a_question_and_never_changed(browser: Client, world: World) -> None:
    key = ApiKey.objects.get(tenant=world.acme)
    assert browser.post(f"{KEYS}{key.pk}/change/", {"name": "New"}).status_code == 403
    assert "Revoke" in browser.get(f"{KEYS}{key.pk}/delete/").content.decode()
    assert browser.post(f"{KEYS}{key.pk}/delete/", {"post": "yes"})["Location"] == KEYS
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert browser.post(f"{KEYS}{key.pk}/delete/", {"post": "yes"}).status_code == 403


def settings_of(browser: Client, tenant: Tenant, **changes: Any) -> Any:
    data = {"name": tenant.name, "region": "TH", "time_zone": "Asia/Bangkok", "currency": "THB"}
    return browser.post(f"/admin/cdp/tenant/{tenant.pk}/change/", {**data, **changes})


def test_an_owner_sets_up_their_company(browser: Client, world: World) -> None:
    lists = {"blocked_email": "info@acme.example\n\nsales@acme.example", "slug": "other", "is_active": ""}
    assert settings_of(browser, world.acme, name="Acme Ltd", **lists).status_code == 302
    world.acme.refresh_from_db()
    assert (world.acme.name, world.acme.slug, world.acme.is_active) == ("Acme Ltd", "acme", True)
    assert world.acme.blocked_values["email"] == ["info@acme.example", "sales@acme.example"]


@pytest.mark.parametrize(("field", "value"), [("region", "XX"), ("time_zone", "Mars"), ("currency", "baht")])
def test_impossible_settings_are_told_at_their_field(
    browser: Client, world: World, field: str, value: str
) -> None:
    assert list(errors_of(settings_of(browser, world.acme, **{field: value}))) == [field]


def test_a_superuser_starts_and_closes_companies(browser: Client, world: World) -> None:
    world.alice.is_superuser = True
    world.alice.save()
    data = {"name": "Siam", "slug": "siam", "region": "TH", "time_zone": "Asia/Bangkok", "currency": "THB"}
    with own_queue():
        answer = browser.post("/admin/cdp/tenant/add/", {**data, "owner_email": "owner@siam.example"})
    assert answer.status_code == 302
    siam = Tenant.objects.get(slug="siam")
    assert Membership.objects.get(tenant=siam).role == "owner"
    twin = browser.post("/admin/cdp/tenant/add/", {**data, "owner_email": "owner@siam.example"})
    assert list(errors_of(twin)) == ["slug"]
    assert settings_of(browser, siam, slug="siam").status_code == 302
    siam.refresh_from_db()
    assert not siam.is_active
