"""Tasks that rules make for people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from cdm.automation.rules import TaskAction
from cdm.models import ActivityTask, AutomationRule, Ownership
from cdm.recommending.situations import today_of
from cdp.models import Tenant

_MORNING = time(9, 0)


def make_tasks(
    tenant: Tenant,
    rule: AutomationRule,
    task: TaskAction,
    fired: Sequence[tuple[uuid.UUID, uuid.UUID]],
    now: datetime,
) -> int:
    """Make a task per firing, for the customer's own agent where there is one; never twice for one firing."""
    owners = dict(
        Ownership.objects.filter(profile__in=[profile for _, profile in fired]).values_list(
            "profile_id", "owner_id"
        )
    )
    day = today_of(tenant, now) + timedelta(days=task.due_days)
    due = datetime.combine(day, _MORNING, tzinfo=ZoneInfo(tenant.time_zone))
    by = f"system:rule {rule.name}"[:80]
    made = [
        ActivityTask(
            profile_id=profile,
            kind=task.kind,
            title=task.title,
            due_at=due,
            owner_id=owners.get(profile),
            origin=f"rule:{rule.pk}:{firing}",
            created_by=by,
            updated_by=by,
        )
        for firing, profile in fired
    ]
    ActivityTask.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)
    return len(made)
