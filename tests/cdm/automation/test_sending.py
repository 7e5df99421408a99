"""Programs are told that a rule has fired: signed, tried again, and never inside a private network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import stamina
import time_machine
from django.conf import LazySettings

from cdm.automation.evaluating import evaluate_rules
from cdm.automation.rules import RuleRecord
from cdm.models import AutomationRule, CustomerSummary, RuleFiring
from cdm.operations.save_rule import save_rule
from cdm.operations.send_firings import MOST_ATTEMPTS, send_firings
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.operations.webhook_secrets import signing_secrets
from profiles.choices import ProfileStatus
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.receiver import Receiver, listening
from tests.world import World
from unify.operations.merge import merge

AT = datetime(2026, 3, 10, 5, tzinfo=UTC)


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    with listening() as found:
        yield found


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1):
        yield


def fired(world: World, url: str) -> RuleFiring:
    CustomerSummary.objects.create(profile=ProfileFactory(), orders=3)
    record = RuleRecord.parse(
        {
            "name": "Tell the shop",
            "isActive": True,
            "conditions": {"all": [{"field": "orders", "operator": "gte", "value": 1}]},
            "actions": {"webhook": url},
        }
    )
    save_rule(tenant=world.acme, by=world.by, record=record)
    assert evaluate_rules(world.acme).to_send == 1
    return RuleFiring.objects.get()


def test_a_program_is_told_once_and_can_check_who_told_it(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    firing = fired(world, receiver.url)
    assert send_firings(tenant=acme) == 1
    assert send_firings(tenant=acme) == 0
    ((headers, body),) = receiver.taken
    signed = f"{firing.pk}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(signing_secrets(acme)[0].removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-id"] == str(firing.pk)
    assert headers["webhook-signature"] == f"v1,{expected}"
    told = json.loads(body)
    assert told["type"] == "rule.fired"
    assert told["data"]["customerId"] == str(firing.profile_id)
    assert RuleFiring.objects.get().delivery == "sent"


@pytest.mark.conforms("R28")
def test_a_message_that_waited_names_the_survivor_of_a_merge(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    loser, survivor = fired(world, receiver.url).profile, ProfileFactory()
    merge(tenant=acme, by=world.by, winner_id=survivor.pk, loser_ids=[loser.pk])
    assert send_firings(tenant=acme) == 1
    ((_, body),) = receiver.taken
    assert json.loads(body)["data"]["customerId"] == str(survivor.pk)


def test_a_message_about_somebody_deleted_fails_and_stands_in_nobodys_way(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    gone = fired(world, receiver.url)
    Profile.objects.filter(pk=gone.profile_id).update(status=ProfileStatus.DELETED)
    later = RuleFiring.objects.create(
        rule=gone.rule,
        profile=ProfileFactory(),
        fired_at=gone.fired_at,
        actions=gone.actions,
        delivery="pending",
        send_at=gone.fired_at + timedelta(milliseconds=1),
    )
    assert send_firings(tenant=acme) == 1
    told = dict(RuleFiring.objects.values_list("pk", "delivery"))
    assert told == {gone.pk: "failed", later.pk: "sent"}
    assert RuleFiring.objects.get(pk=gone.pk).problem == "There is no such customer."


def test_a_refused_message_is_tried_again_ever_later_and_then_given_up(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    receiver.answer = 503
    with time_machine.travel(AT, tick=False) as clock:
        fired(world, receiver.url)
        pauses = []
        for _ in range(MOST_ATTEMPTS):
            before = datetime.now(UTC)
            assert send_firings(tenant=acme) == 0
            firing = RuleFiring.objects.get()
            if firing.send_at is not None:
                pauses.append(firing.send_at - before)
                assert send_firings(tenant=acme) == 0, "not before its time"
                clock.move_to(firing.send_at)
    assert pauses == [timedelta(minutes=2**n) for n in range(MOST_ATTEMPTS - 1)]
    assert (firing.delivery, firing.attempts, len(receiver.taken)) == ("failed", 8, 8)
    assert "503" in firing.problem


def test_a_message_whose_worker_dies_each_time_is_given_up(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    firing = fired(world, receiver.url)
    RuleFiring.objects.update(attempts=MOST_ATTEMPTS)
    assert send_firings(tenant=acme) == 0
    firing.refresh_from_db()
    assert (firing.delivery, firing.send_at, receiver.taken) == ("failed", None, [])
    assert firing.problem == "It was stopped each time it was being sent."


def test_an_address_in_a_private_network_is_refused_when_saved_and_when_sent(
    world: World, acme: Tenant, receiver: Receiver, settings: LazySettings
) -> None:
    fired(world, receiver.url)
    settings.WEBHOOK_ALLOWED_HOSTS = []
    assert send_firings(tenant=acme) == 0
    firing = RuleFiring.objects.get()
    assert (firing.delivery, receiver.taken) == ("failed", [])
    AutomationRule.objects.all().delete()
    with pytest.raises(Invalid) as raised:
        fired(world, receiver.url)
    assert list(raised.value.fields) == ["actions.webhook"]
    assert not AutomationRule.objects.exists()


def test_a_host_that_cannot_be_found_is_refused_when_saved_and_tried_again_when_sent(
    world: World, acme: Tenant, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with time_machine.travel(AT, tick=False) as clock:
        fired(world, receiver.url)
        with monkeypatch.context() as patch:
            patch.setattr("cdp.outgoing.addresses.socket.getaddrinfo", silent)
            assert send_firings(tenant=acme) == 0
            firing = RuleFiring.objects.get()
            assert (firing.delivery, firing.attempts) == ("pending", 1)
            with pytest.raises(Invalid) as raised:
                fired(world, receiver.url)
            assert list(raised.value.fields) == ["actions.webhook"]
        clock.move_to(AT + timedelta(minutes=1))
        assert send_firings(tenant=acme) == 1
    assert RuleFiring.objects.get().delivery == "sent"
