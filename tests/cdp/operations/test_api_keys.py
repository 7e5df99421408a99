"""Keys are issued within the issuer's own permissions, kept as fingerprints, and end at once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from cdp.actors import Actor
from cdp.choices import ActorKind, Role
from cdp.errors import Forbidden, Invalid, NotFound
from cdp.models import ApiKey, AuditEntry
from cdp.operations.issue_api_key import issue_api_key
from cdp.operations.revoke_api_key import revoke_api_key
from cdp.permissions import ALL_CODES
from cdp.tenancy.context import tenant_context
from tests.factories.cdp import MembershipFactory
from tests.world import World


def test_the_secret_opens_the_api_and_is_stored_nowhere(world: World) -> None:
    key, secret = issue_api_key(tenant=world.acme, by=world.by, name="Shop", scopes=["profile:read"])
    assert ApiKey.objects.usable().matching(secret).get() == key
    assert key.codes == {"profile:read"}
    with tenant_context(world.acme):
        entry = AuditEntry.objects.get(verb="api_key.issue")
    assert secret not in json.dumps(entry.changes)
    assert secret not in str(ApiKey.objects.filter(pk=key.pk).values())


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT, Role.ANALYST])
def test_who_may_not_issue_keys_cannot(world: World, role: Role) -> None:
    by = MembershipFactory(tenant=world.acme, role=role).user.actor
    before = ApiKey.objects.count()
    with pytest.raises(Forbidden):
        issue_api_key(tenant=world.acme, by=by, name="Shop", scopes=["profile:read"])
    assert ApiKey.objects.count() == before


def test_a_key_cannot_issue_a_key_with_more_than_it_has(world: World) -> None:
    narrow, _ = issue_api_key(
        tenant=world.acme, by=world.by, name="narrow", scopes=["member:write", "profile:read"]
    )
    by = Actor(ActorKind.API_KEY, narrow.pk, narrow.name)
    issue_api_key(tenant=world.acme, by=by, name="same", scopes=["profile:read"])
    with pytest.raises(Forbidden):
        issue_api_key(tenant=world.acme, by=by, name="wider", scopes=["profile:delete"])
    assert not ApiKey.objects.filter(name="wider").exists()


def test_nobody_issues_keys_of_another_company(world: World) -> None:
    with pytest.raises(Forbidden):
        issue_api_key(tenant=world.zenith, by=world.by, name="Spy", scopes=["profile:read"])
    assert not ApiKey.objects.filter(name="Spy").exists()


@pytest.mark.parametrize(
    ("name", "scopes", "field"),
    [
        ("", ["profile:read"], "name"),
        ("x" * 101, ["profile:read"], "name"),
        ("a\x00b", ["profile:read"], "name"),
        ("Shop", [], "scopes"),
        ("Shop", ["profile:read", "everything"], "scopes"),
    ],
)
def test_a_key_needs_a_name_and_known_scopes(world: World, name: str, scopes: list[str], field: str) -> None:
    before = ApiKey.objects.count()
    with pytest.raises(Invalid) as refusal:
        issue_api_key(tenant=world.acme, by=world.by, name=name, scopes=scopes)
    assert list(refusal.value.fields) == [field]
    assert ApiKey.objects.count() == before


def test_a_key_does_not_end_in_the_past(world: World) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with pytest.raises(Invalid) as refusal:
        issue_api_key(tenant=world.acme, by=world.by, name="Shop", scopes=ALL_CODES, expires_at=past)
    assert list(refusal.value.fields) == ["expiresAt"]


def test_a_revoked_key_opens_nothing(world: World) -> None:
    key, secret = issue_api_key(tenant=world.acme, by=world.by, name="Shop", scopes=["profile:read"])
    assert world.api(secret).get("/profiles").status_code == 200
    revoke_api_key(tenant=world.acme, by=world.by, key_id=key.pk)
    assert world.api(secret).get("/profiles").status_code == 401
    first = ApiKey.objects.get(pk=key.pk).revoked_at
    revoke_api_key(tenant=world.acme, by=world.by, key_id=key.pk)
    assert ApiKey.objects.get(pk=key.pk).revoked_at == first


def test_a_strangers_key_is_not_found_and_lives(world: World) -> None:
    theirs = ApiKey.objects.get(tenant=world.zenith)
    with pytest.raises(NotFound):
        revoke_api_key(tenant=world.acme, by=world.by, key_id=theirs.pk)
    with pytest.raises(Forbidden):
        revoke_api_key(tenant=world.zenith, by=world.by, key_id=theirs.pk)
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
