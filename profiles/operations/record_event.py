"""Writing down what happened."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.models import CustomerEvent, Profile


@transaction.atomic
def record_event(
    *,
    tenant: Tenant,
    by: Actor,
    type: str,
    profile_id: uuid.UUID | None = None,
    timestamp: datetime | None = None,
    source: str = "",
    payload: dict[str, Any] | None = None,
    customer_id: str | None = None,
) -> CustomerEvent:
    """Keep one event; a merged customer's goes to the survivor. Raises ProfileNotFound.

    Events are themselves the record of what happened, so they write no audit entry.
    """
    at = timestamp or timezone.now()
    if profile_id is not None:
        profile_id = _note_activity(profile_id, at)
    return CustomerEvent.objects.create(
        type=type,
        profile_id=profile_id,
        timestamp=at,
        source=source,
        payload=payload or {},
        customer_id=customer_id,
    )


class _JustMerged(Exception):
    """The customer was merged while its lock was waited for."""


def _note_activity(profile_id: uuid.UUID, at: datetime) -> uuid.UUID:
    """Return the customer or survivor; the row stays locked, so no merge passes before the event is in."""
    while True:
        survivor = _survivor(profile_id)
        # As in locked_profile: the row of somebody merged meanwhile must not stay locked.
        with suppress(_JustMerged), transaction.atomic():
            customer = Profile.objects.visible().filter(pk=survivor)
            # GREATEST ignores NULL: the first event counts.
            if not customer.update(last_activity_at=Greatest(F("last_activity_at"), at)):
                raise _JustMerged
            return survivor


def _survivor(profile_id: uuid.UUID) -> uuid.UUID:
    try:
        return Profile.objects.follow(profile_id).pk
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error
