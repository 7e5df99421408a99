"""Tasks that rules make for people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cdm.automation.rules import TaskAction
from cdm.choices import TaskKind
from cdm.models import ActivityTask, AutomationRule, Ownership
from cdm.recommending.situations import today_of
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import Profile

_MORNING = time(9, 0)


def make_tasks(
    tenant: Tenant,
    rule: AutomationRule,
    task: TaskAction,
    fired: Sequence[tuple[uuid.UUID, uuid.UUID]],
    now: datetime,
) -> int:
    """Make a task per firing, for the customer's own agent where there is one; never twice for one firing.

    Whoever does not want to be contacted, or called, gets no task to do so.
    """
    customers = _may_be_asked(task.kind, [profile for _, profile in fired])
    fired = [(firing, profile) for firing, profile in fired if profile in customers]
    owners = dict(Ownership.objects.filter(profile__in=customers).values_list("profile_id", "owner_id"))
    day = today_of(tenant, now) + timedelta(days=task.due_days)
    due = datetime.combine(day, _MORNING, tzinfo=ZoneInfo(tenant.time_zone))
    actor = Actor.system(f"rule {rule.name}")
    by = str(actor)
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
    entries: list[tuple[ActivityTask, dict[str, list[Any]]]] = [
        (one, {"title": [None, one.title], "due_at": [None, one.due_at]}) for one in made
    ]
    audit.record_many(verb="task.create", entries=entries, by=actor)
    return len(made)


def _may_be_asked(kind: TaskKind, customers: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    rows = Profile.objects.filter(pk__in=customers)
    if kind != TaskKind.TO_DO:
        rows = rows.exclude(contact_preferences__contains={"doNotContact": True})
    if kind == TaskKind.CALL:
        rows = rows.exclude(contact_preferences__contains={"doNotCall": True})
    return set(rows.values_list("pk", flat=True))
