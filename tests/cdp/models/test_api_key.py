"""API keys: shown once, stored hashed, and of no use once revoked, expired or of a closed company."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cdp.models import ApiKey, Tenant
from tests.world import World

pytestmark = pytest.mark.django_db


def issue(world: World) -> tuple[ApiKey, str]:
    return ApiKey.issue(tenant=world.acme, name="shop", scopes={"profile:read"}, by=world.by)


def test_the_secret_is_not_in_the_database(world: World) -> None:
    key, secret = issue(world)
    stored = ApiKey.objects.filter(pk=key.pk).values().get()
    assert secret not in str(stored)
    assert len(secret) > 40
    assert stored["prefix"] == secret[:12]
    assert str(key) == f"shop ({secret[:12]}…)"


def test_a_key_is_found_by_its_secret_alone(world: World) -> None:
    key, secret = issue(world)
    assert ApiKey.objects.usable().matching(secret).get() == key
    for wrong in (secret[:-1], secret.upper(), "", key.key_hash):
        assert not ApiKey.objects.matching(wrong).exists()


def test_two_keys_never_have_one_secret(world: World) -> None:
    assert len({issue(world)[1] for _ in range(20)}) == 20


@pytest.mark.parametrize("ending", ["revoked", "expired", "closed"])
def test_a_key_ends(world: World, ending: str) -> None:
    key, secret = issue(world)
    now = timezone.now()
    if ending == "closed":
        Tenant.objects.filter(pk=world.acme.pk).update(is_active=False)
    else:
        field = {"revoked": "revoked_at", "expired": "expires_at"}[ending]
        ApiKey.objects.filter(pk=key.pk).update(**{field: now})
    assert not ApiKey.objects.usable().matching(secret).exists()


def test_a_key_that_expires_tomorrow_works_today(world: World) -> None:
    key, secret = issue(world)
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() + timedelta(days=1))
    assert ApiKey.objects.usable().matching(secret).exists()


def test_a_key_acts_as_itself(world: World) -> None:
    key, _ = issue(world)
    assert str(key.actor) == f"api_key:{key.pk}"
    assert key.codes == {"profile:read"}
