"""How programs are told that a rule has fired: a signed message, to no address inside our own network."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cdp.models import Tenant
from cdp.operations.webhook_secrets import signing_secrets
from cdp.outgoing.addresses import ForbiddenAddress as ForbiddenAddress
from cdp.outgoing.addresses import HostNotFound as HostNotFound
from cdp.outgoing.addresses import allowed_hosts, resolve_public
from cdp.outgoing.webhook import WebhookRefused as WebhookRefused
from cdp.outgoing.webhook import send_webhook


def check_address(tenant: Tenant, url: str) -> None:
    """Raise ForbiddenAddress where the address leads into a private network, or nowhere."""
    resolve_public(url, allowed=allowed_hosts(tenant))


def send(tenant: Tenant, url: str, message_id: uuid.UUID, payload: Mapping[str, Any]) -> None:
    """Post one message, signed for the tenant (Standard Webhooks).

    Raises ForbiddenAddress, HostNotFound, WebhookRefused for any answer but 2xx, httpx.HTTPError.
    """
    send_webhook(
        url,
        message_id=message_id,
        at=timezone.now(),
        payload=payload,
        secrets=signing_secrets(tenant),
        allowed=allowed_hosts(tenant),
    )
