"""Sending one signed message to one address (Standard Webhooks, version 1)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx
import stamina

from cdp.outgoing.call import SECONDS, Call, open_call

ATTEMPTS = 3


class WebhookRefused(Exception):
    """The receiver did not take the message."""


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return one signature of the header ``webhook-signature``."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def send_webhook(
    url: str,
    *,
    message_id: uuid.UUID,
    at: datetime,
    payload: Mapping[str, Any],
    secrets: Sequence[str],
    allowed: Collection[str] = (),
) -> None:
    """Post ``payload``; raises WebhookRefused for any answer but 2xx.

    Raises also ForbiddenAddress, and, where another time it may go through, HostNotFound, httpx.HTTPError.
    The id stays the same when the message is sent again, so that a receiver can tell. While a secret is
    being changed, the message is signed with the old one as well.
    """
    body = json.dumps(payload, ensure_ascii=False).encode()
    timestamp = int(at.timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "crm-webhooks/1",
        "webhook-id": str(message_id),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature(secret, str(message_id), timestamp, body) for secret in secrets
        ),
    }
    # Redirects are not followed: the message was signed for this receiver. The answer's body is not read.
    call = Call(method="POST", url=url, headers=headers, content=body)
    for attempt in stamina.retry_context(on=httpx.TransportError, attempts=ATTEMPTS, timeout=3 * SECONDS):
        with attempt, open_call(call, allowed=allowed) as answer:
            if not answer.is_success:
                raise WebhookRefused(f"The receiver answered {answer.status_code}.")
