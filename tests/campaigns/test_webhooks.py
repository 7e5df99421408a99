"""Alerts to programs: signed, sent once, and never into our own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import stamina
import time_machine
from django.conf import LazySettings

from campaigns.delivery.addresses import ForbiddenAddress, resolve_public
from campaigns.delivery.webhook import WebhookRefused, send_webhook, signing_secret
from campaigns.models import BudgetAlertDelivery
from campaigns.operations.deliver_alerts import MOST_ATTEMPTS, deliver_alerts
from cdp.ids import uuid7
from cdp.models import Tenant
from tests.campaigns.making import BUDGET, make, spend
from tests.world import World

AT = datetime(2026, 3, 10, 5, tzinfo=UTC)


class Receiver:
    """A program that takes webhooks on this machine; ``answer`` is what it says."""

    def __init__(self) -> None:
        self.answer, self.taken = 204, list[tuple[dict[str, str], bytes]]()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.answer)
                self.send_header("location", "http://127.0.0.1:1/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?a=1"


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with stamina.set_testing(True, attempts=1):
        yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


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
    key = base64.b64decode(signing_secret(acme.pk).removeprefix("whsec_"))
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


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://192.168.1.1:8080/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://2130706433/",
        "http://user:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "http:///nowhere",
        "http://nowhere.invalid/",
    ],
)
def test_no_webhook_goes_into_a_private_network(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        resolve_public(url)


def test_a_public_address_is_connected_to_as_it_was_checked() -> None:
    assert resolve_public("https://8.8.8.8/hook") == "8.8.8.8"


def test_a_forbidden_address_is_given_up_at_once(world: World, acme: Tenant) -> None:
    delivery = alert_to(world, "http://127.0.0.1:1/hook")
    assert deliver_alerts(tenant=acme) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 1)


def test_a_redirect_is_no_delivery(world: World, receiver: Receiver) -> None:
    receiver.answer = 307
    with pytest.raises(WebhookRefused):
        send_webhook(receiver.url, message_id=uuid7(), at=AT, payload={}, secret=signing_secret(uuid7()))
    assert len(receiver.taken) == 1
