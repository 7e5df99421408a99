"""Writing down that a customer was spoken to."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext

from cdm.choices import InteractionType, TaskKind
from cdm.members import member_of
from cdm.models import ActivityTask, Interaction
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.interaction import InteractionRecord
from cdm.rows import add, remove
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import Profile
from profiles.operations.update_profile import locked_profile

# When nobody says until when, a promise to come back holds for a day.
FOLLOW_UP_AFTER = timedelta(days=1)
# S3's names of two columns.
COLUMNS = {"interaction_type": "type", "interaction_direction": "direction"}
_KINDS = {InteractionType.CALL: TaskKind.CALL, InteractionType.MEETING: TaskKind.MEETING}


@transaction.atomic
def log_interaction(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, record: InteractionRecord
) -> Interaction:
    """Keep one call, message or meeting; a merged customer's goes to the survivor.

    A follow-up becomes a task of whoever logs it, once. The customer's numbers, temperature and last activity
    follow. Raises ProfileNotFound.
    """
    profile = locked_profile(profile_id)
    row = Interaction(profile_id=profile.pk, agent=member_of(tenant, by), **columns_of(record))
    row.occurred_at = record.occurred_at or timezone.now()
    require_follow_up_time(row)
    add(row, verb="interaction.log", by=by)
    promise_follow_up(row, by=by)
    note_activity(row)
    refresh_summaries(tenant=tenant, profile_ids=[profile.pk], behaves_as_before=True)
    return row


def columns_of(record: InteractionRecord) -> dict[str, Any]:
    """Return what was said, by column."""
    said = record.said("customer_id", "occurred_at")
    return {COLUMNS.get(name, name): value for name, value in said.items()}


def require_follow_up_time(row: Interaction) -> None:
    """Say until when to come back, where a follow-up is asked for and nobody said; a time asks for one."""
    if row.follow_up_at is not None:
        row.follow_up_required = True
    elif row.follow_up_required:
        row.follow_up_at = row.occurred_at + FOLLOW_UP_AFTER


def promise_follow_up(row: Interaction, *, by: Actor) -> None:
    """Make the task of a follow-up, once per interaction; a task there is moves along."""
    tasks = ActivityTask.objects.filter(origin=origin_of(row))
    if not row.follow_up_required or row.followed_up_at is not None:
        drop_follow_up(row, by=by)
        return
    if tasks.update(due_at=row.follow_up_at, profile_id=row.profile_id):
        return
    title = gettext("Follow up: %(subject)s") % {"subject": row.subject or row.get_type_display()}
    task = ActivityTask(
        profile_id=row.profile_id,
        kind=_KINDS.get(InteractionType(row.type), TaskKind.MESSAGE),
        title=title[:255],
        notes=row.outcome,
        due_at=row.follow_up_at,
        owner_id=row.agent_id,
        origin=origin_of(row),
    )
    add(task, verb="task.create", by=by)


def drop_follow_up(row: Interaction, *, by: Actor) -> uuid.UUID | None:
    """Remove the open task of a follow-up; return which it was."""
    tasks = ActivityTask.objects.select_for_update().filter(origin=origin_of(row), done_at=None)
    task: ActivityTask | None = tasks.first()
    if task is None:
        return None
    pk: uuid.UUID = task.pk
    remove(task, verb="task.delete", by=by)
    return pk


def origin_of(row: Interaction) -> str:
    """Return what the task of an interaction's follow-up is known by."""
    return f"interaction:{row.pk}"


def note_activity(row: Interaction) -> None:
    """Count the interaction as the customer's activity; GREATEST ignores NULL, so the first counts."""
    customers = Profile.objects.filter(pk=row.profile_id)
    customers.update(last_activity_at=Greatest(F("last_activity_at"), row.occurred_at))
