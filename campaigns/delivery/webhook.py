"""Sending one signed message to one address (Standard Webhooks, version 1)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import stamina
from django.conf import settings

from campaigns.delivery.addresses import resolve_public

SECONDS = 10
ATTEMPTS = 3


class WebhookRefused(Exception):
    """The receiver did not take the message."""


def signing_secret(tenant_id: uuid.UUID) -> str:
    """Return the secret a tenant's receivers check signatures with."""
    key = f"campaigns.webhooks:{settings.SECRET_KEY}".encode()
    return "whsec_" + base64.b64encode(hmac.digest(key, tenant_id.bytes, hashlib.sha256)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the header ``webhook-signature``."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def send_webhook(
    url: str, *, message_id: uuid.UUID, at: datetime, payload: Mapping[str, Any], secret: str
) -> None:
    """Post ``payload``; raises ForbiddenAddress, WebhookRefused for any answer but 2xx, httpx.HTTPError.

    The id stays the same when the message is sent again, so that a receiver can tell.
    """
    body = json.dumps(payload, ensure_ascii=False).encode()
    timestamp = int(at.timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "crm-webhooks/1",
        "webhook-id": str(message_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, str(message_id), timestamp, body),
    }
    for attempt in stamina.retry_context(on=httpx.TransportError, attempts=ATTEMPTS, timeout=3 * SECONDS):
        with attempt:
            _post(url, headers, body)


def _post(url: str, headers: dict[str, str], body: bytes) -> None:
    parts = urlsplit(url)
    target = httpx.URL(url).copy_with(host=resolve_public(url))
    given = {**headers, "host": parts.netloc}
    extensions = {"sni_hostname": parts.hostname}
    # Redirects are not followed: they could lead anywhere. The answer's body is not read.
    with (
        httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client,
        client.stream("POST", target, content=body, headers=given, extensions=extensions) as answer,
    ):
        if not answer.is_success:
            raise WebhookRefused(f"The receiver answered {answer.status_code}.")
