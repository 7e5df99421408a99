"""Evaluating rules set-wise: who begins to match, who no longer does, and what follows."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from cdm.automation.effects import apply_effects
from cdm.automation.rules import Actions, Conditions, parsed
from cdm.automation.statement import matching
from cdm.automation.tasks_made import make_tasks
from cdm.models import AutomationRule
from cdm.recommending.situations import today_of
from cdp.errors import Invalid
from cdp.logging import log
from cdp.models import Tenant
from cdp.postgresql.joins import set_wise
from profiles.locking import lock_values

# A task or a message to a program is work for somebody: so many of one rule at a time, the others follow at
# the next evaluation.
MOST_AT_ONCE = 500
_MATCHES = "CREATE TEMP TABLE rule_matches ON COMMIT DROP AS "
_END = """
UPDATE rule_firings AS f SET ended_at = %(now)s
 WHERE f.tenant_id = %(tenant)s AND f.rule_id = %(rule)s AND f.ended_at IS NULL
   AND (%(among)s::uuid[] IS NULL OR f.profile_id = ANY(%(among)s::uuid[]))
   AND NOT EXISTS (SELECT FROM rule_matches AS m WHERE m.id = f.profile_id)
"""
_FIRE = """
INSERT INTO rule_firings (tenant_id, id, rule_id, profile_id, fired_at, actions, delivery, attempts, problem,
                          send_at)
SELECT %(tenant)s, gen_random_uuid(), %(rule)s, m.id, %(now)s, %(actions)s, %(delivery)s, 0, '', %(send_at)s
  FROM rule_matches AS m
 WHERE NOT EXISTS (SELECT FROM rule_firings AS f
                    WHERE f.tenant_id = %(tenant)s AND f.rule_id = %(rule)s AND f.profile_id = m.id
                      AND f.ended_at IS NULL)
 ORDER BY m.id LIMIT %(most)s
    ON CONFLICT DO NOTHING
RETURNING id, profile_id
"""
_END_INACTIVE = """
UPDATE rule_firings AS f SET ended_at = %(now)s
  FROM automation_rules AS r
 WHERE f.tenant_id = %(tenant)s AND f.ended_at IS NULL
   AND r.tenant_id = f.tenant_id AND r.id = f.rule_id AND (NOT r.is_active OR r.removed_at IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How many firings began, ended, made a task, and wait to be sent."""

    fired: int = 0
    ended: int = 0
    tasks: int = 0
    to_send: int = 0


def evaluate_rules(
    tenant: Tenant, *, among: Collection[uuid.UUID] | None = None, now: datetime | None = None
) -> Evaluated:
    """Evaluate every active rule for all customers, or for some.

    A rule fires once for a customer while its conditions go on holding, and again after they did not. Tasks
    and messages are made once per firing. Offers and boosts are put on the recommendations.
    """
    now = now or timezone.now()
    total = Evaluated()
    # Of everybody, what has just been written for everybody is joined: the planner may take it for one row.
    with transaction.atomic(), set_wise() if among is None else nullcontext():
        # One evaluation at a time: two would fire twice, and one of them would fail.
        lock_values(tenant.pk, ["automation_rules"])
        with connection.cursor() as cursor:
            cursor.execute(_END_INACTIVE, {"tenant": tenant.pk, "now": now})
            ended = int(cursor.rowcount)
        for rule in AutomationRule.objects.filter(is_active=True, removed_at=None):
            found = _evaluate_apart(tenant, rule, among, now)
            total = Evaluated(
                total.fired + found.fired,
                total.ended + found.ended,
                total.tasks + found.tasks,
                total.to_send + found.to_send,
            )
        apply_effects(tenant, among)
    return Evaluated(total.fired, total.ended + ended, total.tasks, total.to_send)


def _evaluate_apart(
    tenant: Tenant, rule: AutomationRule, among: Collection[uuid.UUID] | None, now: datetime
) -> Evaluated:
    """Evaluate one rule; one the database cannot compute changes nothing, and the others go on."""
    try:
        with transaction.atomic():
            return _evaluate(tenant, rule, among, now)
    except DataError as error:
        # The database's own words may quote a customer's values.
        kind = type(error.__cause__ or error).__name__
        log.warning("rule not evaluated", rule_id=str(rule.pk), kind=kind)
        return Evaluated()


def _evaluate(
    tenant: Tenant, rule: AutomationRule, among: Collection[uuid.UUID] | None, now: datetime
) -> Evaluated:
    try:
        actions: Actions = parsed(Actions, rule.actions)
        conditions: Conditions = parsed(Conditions, rule.conditions)
    except Invalid as error:
        # Written by an older version: the others must not wait for somebody to mend it.
        log.warning("rule not evaluated", rule_id=str(rule.pk), fields=sorted(error.fields))
        return Evaluated()
    found = matching(tenant, conditions, among=among, today=today_of(tenant, now))
    is_work = actions.task is not None or actions.webhook is not None
    values: dict[str, Any] = {
        "tenant": tenant.pk,
        "rule": rule.pk,
        "now": now,
        "among": None if among is None else list(among),
        "actions": Jsonb(rule.actions),
        "delivery": "pending" if actions.webhook else "",
        "send_at": now if actions.webhook else None,
        "most": MOST_AT_ONCE if is_work else None,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS rule_matches")
        cursor.execute(_MATCHES + found.select, found.values)
        cursor.execute(_END, values)
        ended = int(cursor.rowcount)
        cursor.execute(_FIRE, values)
        fired: Sequence[tuple[uuid.UUID, uuid.UUID]] = cursor.fetchall()
    tasks = make_tasks(tenant, rule, actions.task, fired, now) if actions.task else 0
    return Evaluated(len(fired), ended, tasks, len(fired) if actions.webhook else 0)
