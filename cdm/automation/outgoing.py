"""How programs are told that a rule has fired: a signed message, to no address inside our own network."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from campaigns.delivery.addresses import ForbiddenAddress as ForbiddenAddress
from campaigns.delivery.addresses import resolve_public
from campaigns.delivery.webhook import WebhookRefused as WebhookRefused
from campaigns.delivery.webhook import send_webhook, signing_secret
from cdp.models import Tenant


def check_address(tenant: Tenant, url: str) -> None:
    """Raise ForbiddenAddress where the address leads into a private network, or nowhere."""
    resolve_public(url)


def send(tenant: Tenant, url: str, message_id: uuid.UUID, payload: Mapping[str, Any]) -> None:
    """Post one message, signed for the tenant (Standard Webhooks).

    Raises ForbiddenAddress, WebhookRefused for any answer but 2xx, httpx.HTTPError.
    """
    send_webhook(
        url, message_id=message_id, at=timezone.now(), payload=payload, secret=signing_secret(tenant.pk)
    )
