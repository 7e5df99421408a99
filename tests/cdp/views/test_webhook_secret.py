"""The secret of webhooks is shown once, stored sealed, and changed without losing a message."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cdp.models import AuditEntry, WebhookSecret
from cdp.operations.webhook_secrets import OVERLAP, signing_secrets
from cdp.tenancy.context import tenant_context
from tests.world import World

PAGE = "/admin/webhook-secret"


def rotate(world: World) -> str:
    response = world.browser(world.alice).post(PAGE)
    assert response["Cache-Control"] == "no-store"
    found = re.search(r'value="(whsec_[^"]+)"', response.content.decode())
    assert found
    return found[1]


@pytest.mark.conforms("B171")
def test_a_new_secret_is_shown_once_and_stored_sealed(world: World) -> None:
    secret = rotate(world)
    assert signing_secrets(world.acme) == [secret]
    page = world.browser(world.alice).get(PAGE).content.decode()
    assert secret not in page
    assert f"ends with {secret[-4:]}" in page
    with tenant_context(world.acme):
        assert secret not in WebhookSecret.objects.get().sealed
        entry = AuditEntry.objects.get(verb="webhook_secret.rotate")
    assert secret not in str(entry.changes)


@pytest.mark.conforms("B171")
def test_the_secret_before_signs_along_for_a_day(world: World) -> None:
    first, second = rotate(world), rotate(world)
    assert signing_secrets(world.acme) == [second, first]
    third = rotate(world)
    assert signing_secrets(world.acme) == [third, second]
    with time_machine.travel(timezone.now() + OVERLAP + timedelta(minutes=1)):
        assert signing_secrets(world.acme) == [third]


def test_a_message_sent_before_anybody_looked_is_signed_too(world: World) -> None:
    [made] = signing_secrets(world.acme)
    assert signing_secrets(world.acme) == [made]
    assert "nobody has seen it" in world.browser(world.alice).get(PAGE).content.decode()
    assert signing_secrets(world.zenith) != [made]


def test_who_may_not_change_settings_sees_and_changes_nothing(world: World) -> None:
    bob = world.browser(world.bob)
    assert (bob.get(PAGE).status_code, bob.post(PAGE).status_code) == (403, 403)
    with tenant_context(world.acme):
        assert not WebhookSecret.objects.exists()
