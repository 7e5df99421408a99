"""The secret of a company's outgoing webhooks."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant, WebhookSecret
from cdp.operations.standing import standing_of
from cdp.permissions import SETTINGS_WRITE
from cdp.sealing import seal, unseal
from cdp.tenancy.context import tenant_context

PURPOSE = "webhook secret"
PREFIX = "whsec_"
RANDOM_BYTES = 32
# How long the old secret signs along, so that receivers can be changed without losing a message.
OVERLAP = timedelta(hours=24)
FIRST = Actor.system("webhooks")


def rotate_webhook_secret(*, tenant: Tenant, by: Actor) -> str:
    """Put a new secret in place and return it; it cannot be read again. Raises Forbidden.

    The one before it signs along for OVERLAP, and those before that end at once.
    """
    with tenant_context(tenant), transaction.atomic():
        standing_of(by, tenant).require(SETTINGS_WRITE)
        Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
        now = timezone.now()
        WebhookSecret.objects.filter(ends_at__gt=now).update(ends_at=now, updated_by=str(by))
        before = WebhookSecret.objects.filter(ends_at=None).first()
        if before is not None:
            before.ends_at, before.updated_by = now + OVERLAP, str(by)
            before.save(update_fields=["ends_at", "updated_by", "updated_at"])
        made, secret = _make(by)
        changes = {"secret": [str(before) if before else None, str(made)]}
        audit.record(verb="webhook_secret.rotate", obj=made, by=by, changes=changes)
    return secret


def signing_secrets(tenant: Tenant) -> list[str]:
    """Return what a message is signed with, the secret in use first; makes the first one if there is none.

    Raises CannotUnseal when SECRET_KEY was changed without keeping the old one.
    """
    usable = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    with tenant_context(tenant):
        rows = list(WebhookSecret.objects.filter(usable))
        if any(row.ends_at is None for row in rows):
            return [unseal(row.sealed, purpose=PURPOSE) for row in rows]
        rotate_webhook_secret(tenant=tenant, by=FIRST)
        return signing_secrets(tenant)


def _make(by: Actor) -> tuple[WebhookSecret, str]:
    secret = PREFIX + base64.b64encode(secrets.token_bytes(RANDOM_BYTES)).decode()
    row: WebhookSecret = WebhookSecret.objects.create(
        sealed=seal(secret, purpose=PURPOSE), hint=secret[-4:], created_by=str(by), updated_by=str(by)
    )
    return row, secret
