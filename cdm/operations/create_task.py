"""Making, changing and completing tasks."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdm.errors import unknown
from cdm.members import colleague, member_of
from cdm.models import ActivityTask, Deal, Interaction
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.pipeline import TaskChange, TaskRecord
from cdm.rows import add, change, locked_with_customer
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.update_profile import locked_profile

FOLLOW_UP = "interaction:"


@transaction.atomic
def create_task(
    *, tenant: Tenant, by: Actor, record: TaskRecord, profile_id: uuid.UUID | None = None
) -> ActivityTask:
    """Keep something to do, for a customer or none; raises ProfileNotFound, Invalid."""
    profile = locked_profile(profile_id) if profile_id is not None else None
    row = ActivityTask(
        profile_id=profile.pk if profile else None, **record.said("customer_id", "owner_id", "deal_id")
    )
    row.owner = colleague(tenant, record.owner_id) if record.says("owner_id") else member_of(tenant, by)
    row.deal_id = _deal(record.deal_id, row.profile_id)
    return add(row, verb="task.create", by=by)


@transaction.atomic
def update_task(*, tenant: Tenant, by: Actor, task_id: uuid.UUID, record: TaskChange) -> ActivityTask:
    """Change what the record says and nothing else; raises RowNotFound, Invalid."""
    row = locked_with_customer(ActivityTask, task_id)
    values: dict[str, Any] = record.said("customer_id", "owner_id", "deal_id")
    if record.says("owner_id"):
        owner = colleague(tenant, record.owner_id)
        values["owner_id"] = owner.pk if owner else None
    if record.says("deal_id"):
        values["deal_id"] = _deal(record.deal_id, row.profile_id)
    change(row, values, verb="task.update", by=by)
    return row


@transaction.atomic
def complete_task(*, tenant: Tenant, by: Actor, task_id: uuid.UUID) -> ActivityTask:
    """Mark a task as done, and the follow-up it stands for; the same again changes nothing.

    Raises RowNotFound.
    """
    row = locked_with_customer(ActivityTask, task_id)
    if row.done_at is None:
        change(row, {"done_at": timezone.now()}, verb="task.complete", by=by)
        _follow_up(row, tenant=tenant)
    return row


@transaction.atomic
def reopen_task(*, tenant: Tenant, by: Actor, task_id: uuid.UUID) -> ActivityTask:
    """Take back that a task was done; raises RowNotFound."""
    row = locked_with_customer(ActivityTask, task_id)
    if row.done_at is not None:
        change(row, {"done_at": None}, verb="task.reopen", by=by)
        _follow_up(row, tenant=tenant)
    return row


def _follow_up(row: ActivityTask, *, tenant: Tenant) -> None:
    """Let the interaction that asked for the task say whether it was followed up."""
    if not (row.origin or "").startswith(FOLLOW_UP):
        return
    asked = Interaction.objects.filter(pk=uuid.UUID((row.origin or "").removeprefix(FOLLOW_UP)))
    if asked.update(followed_up_at=row.done_at) and row.profile_id:
        refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)


def _deal(deal_id: uuid.UUID | None, profile_id: uuid.UUID | None) -> uuid.UUID | None:
    if deal_id is None:
        return None
    if not Deal.objects.filter(pk=deal_id, profile=profile_id).exists():
        raise unknown("deal_id", _("There is no such deal of this customer."))
    return deal_id
