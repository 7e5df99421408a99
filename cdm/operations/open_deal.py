"""Opening, changing and moving deals."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cdm.choices import DealStage
from cdm.members import colleague, member_of
from cdm.models import Deal
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.pipeline import DealChange, DealMove, DealRecord
from cdm.rows import add, change, locked_with_customer
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.update_profile import locked_profile

CLOSED = frozenset({DealStage.WON, DealStage.LOST})


@dataclass(frozen=True, slots=True)
class DealStanding:
    """Where a deal stands, and what moving it on overwrites."""

    stage: DealStage
    lost_reason: str
    closed_at: datetime | None


@transaction.atomic
def open_deal(*, tenant: Tenant, by: Actor, profile_id: uuid.UUID, record: DealRecord) -> Deal:
    """Keep a sale that is being worked on; raises ProfileNotFound, Invalid."""
    profile = locked_profile(profile_id)
    row = Deal(profile_id=profile.pk, **record.said("customer_id", "owner_id"))
    row.currency = record.currency or tenant.currency
    row.owner = colleague(tenant, record.owner_id) if record.says("owner_id") else member_of(tenant, by)
    row.closed_at = timezone.now() if record.stage in CLOSED else None
    add(row, verb="deal.open", by=by)
    refresh_summaries(tenant=tenant, profile_ids=[profile.pk], behaves_as_before=True)
    return row


@transaction.atomic
def update_deal(*, tenant: Tenant, by: Actor, deal_id: uuid.UUID, record: DealChange) -> Deal:
    """Change what the record says and nothing else; raises RowNotFound, Invalid."""
    row = locked_with_customer(Deal, deal_id)
    values: dict[str, Any] = record.said("customer_id", "owner_id")
    if record.says("owner_id"):
        owner = colleague(tenant, record.owner_id)
        values["owner_id"] = owner.pk if owner else None
    if record.says("currency"):
        values["currency"] = record.currency or tenant.currency
    if record.says("stage"):
        values |= _standing(row, record.stage)
    change(row, values, verb="deal.update", by=by)
    refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)
    return row


@transaction.atomic
def move_deal(*, tenant: Tenant, by: Actor, deal_id: uuid.UUID, record: DealMove) -> Deal:
    """Move a deal to another stage; won and lost ones are closed, any other stage opens them again.

    Raises RowNotFound.
    """
    row = locked_with_customer(Deal, deal_id)
    values = _standing(row, record.stage)
    if record.says("lost_reason") or record.stage != DealStage.LOST:
        values["lost_reason"] = record.lost_reason if record.stage == DealStage.LOST else ""
    change(row, values, verb="deal.move", by=by)
    refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)
    return row


@transaction.atomic
def put_deal_back(*, tenant: Tenant, by: Actor, deal_id: uuid.UUID, standing: DealStanding) -> Deal:
    """Let a deal stand where it stood before a move: why and when it was closed come back with the stage.

    Raises RowNotFound.
    """
    row = locked_with_customer(Deal, deal_id)
    values = {
        "stage": standing.stage,
        "lost_reason": standing.lost_reason,
        "closed_at": standing.closed_at,
    }
    change(row, values, verb="deal.move", by=by)
    refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)
    return row


def _standing(row: Deal, stage: DealStage) -> dict[str, Any]:
    closed_at = (row.closed_at or timezone.now()) if stage in CLOSED else None
    return {"stage": stage, "closed_at": closed_at}
