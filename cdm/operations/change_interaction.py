"""Correcting, removing and bringing back what was written about talks."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdm.models import ActivityTask, Deal, Interaction
from cdm.operations.log_interaction import (
    columns_of,
    drop_follow_up,
    note_activity,
    promise_follow_up,
    require_follow_up_time,
)
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.interaction import InteractionChange
from cdm.removed import removal_of, removed_row
from cdm.rows import add, change, from_facts, locked_with_customer, remove
from cdp.actors import Actor
from cdp.models import Membership, Tenant


@transaction.atomic
def update_interaction(
    *, tenant: Tenant, by: Actor, interaction_id: uuid.UUID, record: InteractionChange
) -> Interaction:
    """Change what the record says and nothing else; raises RowNotFound."""
    row = locked_with_customer(Interaction, interaction_id)
    values = columns_of(record)
    if record.occurred_at is not None:
        values["occurred_at"] = record.occurred_at
    if values.get("follow_up_required") is False:
        values["follow_up_at"] = None
    elif values.get("follow_up_at") is not None:
        values["follow_up_required"] = True
    if change(row, values, verb="interaction.update", by=by):
        _require_time(row)
        promise_follow_up(row, by=by)
        _count(row, tenant=tenant)
    return row


@transaction.atomic
def delete_interaction(*, tenant: Tenant, by: Actor, interaction_id: uuid.UUID) -> uuid.UUID:
    """Remove an interaction and the open task it made; return whose it was. Raises RowNotFound."""
    row = locked_with_customer(Interaction, interaction_id)
    profile_id: uuid.UUID = row.profile_id
    task_id = drop_follow_up(row, by=by)
    beside = {"task": str(task_id)} if task_id else {}
    remove(row, verb="interaction.delete", by=by, beside=beside)
    refresh_summaries(tenant=tenant, profile_ids=[profile_id], behaves_as_before=True)
    return profile_id


@transaction.atomic
def restore_interaction(*, tenant: Tenant, by: Actor, interaction_id: uuid.UUID) -> Interaction:
    """Bring a removed interaction and its task back as they were; raises RowNotFound, StillThere."""
    row = removed_row(Interaction, interaction_id, verb="interaction.delete")
    add(row, verb="interaction.restore", by=by)
    _require_time(row)
    if not _restore_task(row, by=by):
        promise_follow_up(row, by=by)
    _count(row, tenant=tenant)
    return row


def _restore_task(row: Interaction, *, by: Actor) -> bool:
    """Bring back the task that was removed with the interaction; return whether there was one."""
    said = removal_of(Interaction, row.pk, verb="interaction.delete").get("task")
    if said is None:
        return False
    pk = uuid.UUID(said[0])
    task = from_facts(ActivityTask, pk, removal_of(ActivityTask, pk, verb="task.delete"))
    task.profile_id = row.profile_id
    # They may have gone in the meantime.
    task.owner = Membership.objects.filter(pk__in=[task.owner_id]).first()
    task.deal = Deal.objects.filter(pk__in=[task.deal_id]).first()
    add(task, verb="task.restore", by=by)
    return True


def _require_time(row: Interaction) -> None:
    if row.follow_up_required and row.follow_up_at is None:
        require_follow_up_time(row)
        row.save(update_fields=["follow_up_at"])


def _count(row: Interaction, *, tenant: Tenant) -> None:
    note_activity(row)
    refresh_summaries(tenant=tenant, profile_ids=[row.profile_id], behaves_as_before=True)
