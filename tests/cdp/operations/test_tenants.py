"""Companies are started by the platform and set up by their owners."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cdp.actors import Actor
from cdp.errors import Forbidden, Invalid
from cdp.models import AuditEntry, Membership, Tenant, User
from cdp.operations.create_tenant import create_tenant
from cdp.operations.update_tenant import TenantSettings, update_tenant
from cdp.operations.update_user import OwnAccount, update_user
from cdp.tenancy.context import tenant_context
from tests.world import World

SETTINGS = TenantSettings(name="Acme", region="TH", time_zone="Asia/Bangkok", currency="THB")


def changed(**values: Any) -> TenantSettings:
    return replace(SETTINGS, **values)


def test_settings_are_stored_and_recorded(world: World) -> None:
    new = replace(SETTINGS, name="Acme Ltd", region="ZA", blocked_values={"email": ["info@acme.example"]})
    update_tenant(tenant=world.acme, by=world.by, settings=new)
    world.acme.refresh_from_db()
    assert (world.acme.name, world.acme.region) == ("Acme Ltd", "ZA")
    with tenant_context(world.acme):
        entry = AuditEntry.objects.get(verb="tenant.update")
    assert entry.changes["name"] == ["Acme", "Acme Ltd"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("region", "XX"),
        ("time_zone", "Mars/Olympus"),
        ("currency", "baht"),
        ("name", "x" * 201),
    ],
)
def test_impossible_settings_are_refused_by_name(world: World, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        update_tenant(tenant=world.acme, by=world.by, settings=changed(**{field: value}))
    assert list(refusal.value.fields) == [field]
    world.acme.refresh_from_db()
    assert getattr(world.acme, field) == getattr(SETTINGS, field)


def test_only_who_may_write_settings_writes_them(world: World) -> None:
    for by, tenant in ((world.bob.actor, world.acme), (world.by, world.zenith)):
        with pytest.raises(Forbidden):
            update_tenant(tenant=tenant, by=by, settings=replace(SETTINGS, name="Mine"))
    assert not Tenant.objects.filter(name="Mine").exists()


def test_an_owner_neither_renames_the_slug_nor_closes_the_company(world: World) -> None:
    for change in ({"slug": "other"}, {"is_active": False}):
        with pytest.raises(Forbidden):
            update_tenant(tenant=world.acme, by=world.by, settings=changed(**change))
    world.alice.is_superuser = True
    world.alice.save()
    update_tenant(
        tenant=world.zenith, by=world.by, settings=replace(SETTINGS, name="Zenith", is_active=False)
    )
    world.zenith.refresh_from_db()
    assert not world.zenith.is_active


def test_a_new_company_has_its_first_owner(db: None) -> None:
    tenant = Tenant(name="Siam", slug="siam")
    owner = create_tenant(by=Actor.system("test"), tenant=tenant, owner_email="Owner@Siam.example")
    assert (owner.tenant, owner.role, owner.user.email) == (tenant, "owner", "owner@siam.example")
    with tenant_context(tenant):
        assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"tenant.create", "member.invite"}


def test_a_company_that_cannot_be_leaves_nothing_behind(world: World) -> None:
    people, companies = User.objects.count(), Tenant.objects.count()
    by = Actor.system("test")
    for tenant, email in (
        (Tenant(name="Twin", slug="acme"), "new@example.com"),
        (Tenant(name="Siam", slug="siam"), "no address"),
        (Tenant(name="", slug="Not A Slug"), "new@example.com"),
    ):
        with pytest.raises(Invalid):
            create_tenant(by=by, tenant=tenant, owner_email=email)
    with pytest.raises(Forbidden):
        create_tenant(by=world.by, tenant=Tenant(name="Mine", slug="mine"), owner_email="new@example.com")
    assert (User.objects.count(), Tenant.objects.count()) == (people, companies)


def test_the_command_prints_a_link_that_lets_the_owner_in(db: None) -> None:
    out = StringIO()
    call_command(
        "create_tenant", "Siam Retail", "owner@siam.example", site_url="https://crm.example", stdout=out
    )
    link = re.search(r"https://crm\.example(\S+)", out.getvalue())
    assert link is not None
    browser = Client()
    page = browser.get(urlsplit(link.group(0)).path, follow=True)
    answer = browser.post(
        page.request["PATH_INFO"],
        {"new_password1": "a long new secret", "new_password2": "a long new secret"},
    )
    assert answer.status_code == 302
    assert browser.login(
        request=page.wsgi_request, username="owner@siam.example", password="a long new secret"
    )
    assert Membership.objects.get(user__email="owner@siam.example").tenant.slug == "siam-retail"


def test_the_command_says_what_is_wrong(world: World) -> None:
    with pytest.raises(CommandError, match="slug"):
        call_command("create_tenant", "Acme", "owner@siam.example")
    with pytest.raises(CommandError, match="email"):
        call_command("create_tenant", "Siam", "nobody")


def test_accounts_are_changed_by_superusers_and_their_companies_are_told(world: World) -> None:
    change: dict[str, Any] = {"name": "Robert", "is_active": False, "is_staff": True, "is_superuser": False}
    with pytest.raises(Forbidden):
        update_user(by=world.by, user_id=world.bob.pk, **change)
    world.charlie.is_superuser = True
    world.charlie.save()
    update_user(by=world.charlie.actor, user_id=world.bob.pk, **change)
    world.bob.refresh_from_db()
    assert (world.bob.name, world.bob.is_active) == ("Robert", False)
    with tenant_context(world.acme):
        assert AuditEntry.objects.get(verb="user.update").changes["is_active"] == [True, False]
    with pytest.raises(OwnAccount):
        update_user(by=world.charlie.actor, user_id=world.charlie.pk, **change)


def test_only_the_platform_opens_a_private_network(world: World) -> None:
    with pytest.raises(Forbidden):
        update_tenant(tenant=world.acme, by=world.by, settings=changed(allowed_hosts=["127.0.0.1"]))
    world.acme.refresh_from_db()
    assert world.acme.allowed_hosts == []
    by = Actor.system("test")
    update_tenant(tenant=world.acme, by=by, settings=changed(allowed_hosts=["127.0.0.1"]))
    world.acme.refresh_from_db()
    assert world.acme.allowed_hosts == ["127.0.0.1"]
