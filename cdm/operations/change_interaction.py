"""Correcting, removing and bringing back what was written about talks."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdm.models import ActivityTask, Interaction
from cdm.operations.log_interaction import (
    columns_of,
    note_activity,
    origin_of,
    promise_follow_up,
    require_follow_up_time,
)
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.interaction import InteractionChange
from cdm.removed import removed_row
from cdm.rows import add, change, locked_with_customer, remove
from cdp.actors import Actor
from cdp.models import Tenant


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
        _settle(row, tenant=tenant, by=by)
    return row


@transaction.atomic
def delete_interaction(*, tenant: Tenant, by: Actor, interaction_id: uuid.UUID) -> uuid.UUID:
    """Remove an interaction and the open task it made; return whose it was. Raises RowNotFound."""
    row = locked_with_customer(Interaction, interaction_id)
    profile_id: uuid.UUID = row.profile_id
    ActivityTask.objects.filter(origin=origin_of(row), done_at=None).delete()
    remove(row, verb="interaction.delete", by=by)
    refresh_summaries(tenant=tenant, profile_ids=[profile_id])
    return profile_id


@transaction.atomic
def restore_interaction(*, tenant: Tenant, by: Actor, interaction_id: uuid.UUID) -> Interaction:
    """Bring a removed interaction back as it was; raises RowNotFound, StillThere."""
    row = removed_row(Interaction, interaction_id, verb="interaction.delete")
    add(row, verb="interaction.restore", by=by)
    _settle(row, tenant=tenant, by=by)
    return row


def _settle(row: Interaction, *, tenant: Tenant, by: Actor) -> None:
    if row.follow_up_required and row.follow_up_at is None:
        require_follow_up_time(row)
        row.save(update_fields=["follow_up_at"])
    promise_follow_up(row, by=by)
    note_activity(row)
    refresh_summaries(tenant=tenant, profile_ids=[row.profile_id])
