"""Alerts to programs: signed, sent once, and never into our own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import stamina
import time_machine
from celery.exceptions import SoftTimeLimitExceeded

from campaigns.models import Budget, BudgetAlertDelivery
from campaigns.operations.deliver_alerts import MOST_ATTEMPTS, deliver_alerts
from cdp.errors import Invalid
from cdp.ids import uuid7
from cdp.models import Tenant
from cdp.operations.webhook_secrets import signing_secrets
from cdp.outgoing.webhook import WebhookRefused, send_webhook
from cdp.sealing import CannotUnseal
from tests.campaigns.making import BUDGET, make, spend
from tests.receiver import Receiver, listening
from tests.world import World

SECRET = "whsec_" + base64.b64encode(b"x" * 32).decode()
AT = datetime(2026, 3, 10, 5, tzinfo=UTC)


@pytest.fixture
def receiver(world: World) -> Iterator[Receiver]:
    Tenant.objects.filter(pk=world.acme.pk).update(allowed_hosts=["127.0.0.1"])
    world.acme.refresh_from_db()
    with listening() as found, stamina.set_testing(True, attempts=1):
        yield found


def alert_to(world: World, url: str) -> BudgetAlertDelivery:
    budget = make(world, BUDGET, name="Spring", alerts=[{"threshold": 50, "webhookUrl": url}])
    spend(world, budget, "60", "a")
    return BudgetAlertDelivery.objects.get()


@pytest.mark.conforms("R135")
def test_a_program_is_told_once_and_can_check_who_told_it(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    delivery = alert_to(world, receiver.url)
    assert [deliver_alerts(tenant=acme), deliver_alerts(tenant=acme)] == [1, 0]
    [(headers, body)] = receiver.taken
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(signing_secrets(acme)[0].removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert headers["webhook-id"] == str(delivery.pk)
    data = json.loads(body)["data"]
    assert (data["name"], data["threshold"], data["percentageSpent"]) == ("Spring", "50.00", "60.00")


def test_a_refusal_is_tried_again_later_with_the_same_id(
    world: World, acme: Tenant, receiver: Receiver
) -> None:
    receiver.answer = 500
    with time_machine.travel(AT) as clock:
        delivery = alert_to(world, receiver.url)
        assert deliver_alerts(tenant=acme) == 0
        assert deliver_alerts(tenant=acme) == 0
        assert len(receiver.taken) == 1
        receiver.answer = 200
        clock.shift(130)
        assert deliver_alerts(tenant=acme) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.problem) == ("sent", 2, "")
    assert len({headers["webhook-id"] for headers, _ in receiver.taken}) == 1


def test_what_never_gets_through_is_given_up(world: World, acme: Tenant, receiver: Receiver) -> None:
    receiver.answer = 302
    with time_machine.travel(AT) as clock:
        delivery = alert_to(world, receiver.url)
        for _ in range(MOST_ATTEMPTS + 2):
            deliver_alerts(tenant=acme)
            clock.shift(60 * 60 * 24)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(receiver.taken)) == (
        "failed",
        MOST_ATTEMPTS,
        MOST_ATTEMPTS,
    )


def test_what_a_dead_worker_left_is_taken_up_again(world: World, acme: Tenant, receiver: Receiver) -> None:
    with time_machine.travel(AT) as clock:
        delivery = alert_to(world, receiver.url)
        BudgetAlertDelivery.objects.update(state="sending", claimed_at=AT)
        assert deliver_alerts(tenant=acme) == 0
        clock.shift(60 * 11)
        assert deliver_alerts(tenant=acme) == 1
    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_a_forbidden_address_is_given_up_at_once(world: World, acme: Tenant) -> None:
    delivery = alert_to(world, "http://127.0.0.1:1/hook")
    assert deliver_alerts(tenant=acme) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 1)


def test_a_host_that_cannot_be_found_is_tried_again(
    world: World, acme: Tenant, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_arguments: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with time_machine.travel(AT) as clock:
        delivery = alert_to(world, receiver.url)
        with monkeypatch.context() as patch:
            patch.setattr("cdp.outgoing.addresses.socket.getaddrinfo", silent)
            assert deliver_alerts(tenant=acme) == 0
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == ("pending", 1)
        clock.shift(130)
        assert deliver_alerts(tenant=acme) == 1


def test_what_kills_its_worker_every_time_is_given_up(world: World, acme: Tenant, receiver: Receiver) -> None:
    with time_machine.travel(AT) as clock:
        delivery = alert_to(world, receiver.url)
        BudgetAlertDelivery.objects.update(state="sending", claimed_at=AT, attempts=MOST_ATTEMPTS)
        clock.shift(60 * 11)
        assert deliver_alerts(tenant=acme) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, receiver.taken) == ("failed", MOST_ATTEMPTS, [])


@pytest.mark.parametrize("problem", [CannotUnseal("key"), SoftTimeLimitExceeded()])
def test_what_may_pass_is_tried_again(
    world: World, acme: Tenant, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise problem

    monkeypatch.setattr("campaigns.operations.deliver_alerts.signing_secrets", fail)
    delivery = alert_to(world, "https://example.com/hook")
    assert deliver_alerts(tenant=acme) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("pending", 1)


def test_an_address_no_mail_can_be_written_to_is_given_up_and_refused_from_now_on(
    world: World, acme: Tenant
) -> None:
    alert = {"threshold": 50, "emails": ["sales@bücher..com"]}
    for address in ("sales@bücher..com", "sales@example..com"):
        with pytest.raises(Invalid):
            make(world, BUDGET, alerts=[{**alert, "emails": [address]}])
    budget = make(world, BUDGET)
    Budget.objects.filter(pk=budget.pk).update(alerts=[alert])
    spend(world, budget, "60", "a")
    assert deliver_alerts(tenant=acme) == 0
    assert BudgetAlertDelivery.objects.get().state == "failed"


def test_a_redirect_is_no_delivery(world: World, receiver: Receiver) -> None:
    receiver.answer = 307
    with pytest.raises(WebhookRefused):
        send_webhook(
            receiver.url, message_id=uuid7(), at=AT, payload={}, secrets=[SECRET], allowed={"127.0.0.1"}
        )
    assert len(receiver.taken) == 1
