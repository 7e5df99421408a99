"""Making the summaries of customers anew from everything known of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from cdm.automation.queueing import evaluate_soon
from cdm.operations.rules_of import rules_of
from cdm.summaries.rules import parameters, thresholds_of
from cdm.summaries.statement import FORGET, LOCK, refresh_statement
from cdp.models import Tenant
from cdp.postgresql.joins import set_wise

LISTED = "= ANY(%(ids)s)"
BETWEEN = "BETWEEN %(low)s AND %(high)s"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many summaries changed, how many customers moved to another stage, and what the timeline got."""

    changed: int
    moved: int
    told: int


def refresh_summaries(
    *,
    tenant: Tenant,
    profile_ids: Collection[uuid.UUID],
    now: datetime | None = None,
    tells_first: bool = True,
    is_restored: bool = False,
    behaves_as_before: bool = False,
) -> Refreshed:
    """Count anew what is known of the customers, and judge temperature, type and stage by the written rules.

    Each change of those three is an event on the timeline with its reason, and the customer's own stage
    follows. A customer without a summary gets one; ``tells_first`` says whether that counts as a change.
    ``is_restored`` says that the customers have just got back a stage of before the orders known of them.
    Merged and deleted customers lose theirs. Verbs call it at the end of their transaction; those that leave
    what was done in the shop alone say that everybody ``behaves_as_before``, and no history of it is read.
    """
    if not profile_ids:
        return Refreshed(0, 0, 0)
    statement = refresh_statement(LISTED, behaves_as_before=behaves_as_before)
    given = {"ids": list(profile_ids), "tells_first": tells_first, "is_restored": is_restored}
    found = _refresh(tenant, LISTED, statement, given, now)
    # What rules ask about may have changed.
    evaluate_soon(tenant.pk, list(profile_ids))
    return found


def refresh_range(
    *, tenant: Tenant, low: uuid.UUID, high: uuid.UUID, now: datetime, tells_first: bool
) -> Refreshed:
    """Do the same for all customers whose ids lie in a range, bounds included."""
    statement = refresh_statement(BETWEEN, behaves_as_before=False)
    given = {"low": low, "high": high, "tells_first": tells_first, "is_restored": False}
    return _refresh(tenant, BETWEEN, statement, given, now)


def _refresh(
    tenant: Tenant, whose: str, statement: str, given: dict[str, Any], now: datetime | None
) -> Refreshed:
    at = now or timezone.now()
    said = {
        **given,
        **parameters(thresholds_of(rules_of(tenant))),
        "tenant": tenant.pk,
        "currency": tenant.currency,
        "now": at,
        "zone": tenant.time_zone,
        "today": timezone.localdate(at, timezone=ZoneInfo(tenant.time_zone)),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever else changes something of these customers is waited for: what follows sees it.
        cursor.execute(LOCK.format(whose=whose), said)
        with set_wise():
            cursor.execute(FORGET.format(whose=whose), said)
            cursor.execute(statement, said)
        changed, moved, told = cursor.fetchone()
    return Refreshed(changed, moved, told)
