"""Switching rules, moving them, taking them away, and undoing it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cdm.automation.errors import NothingToUndo, RuleNotFound
from cdm.automation.keeping import WATCHED, get_rule, keep, locked_rule, rules, state_of
from cdm.models import AutomationRule
from cdp.actors import Actor
from cdp.models import AuditEntry, Tenant
from profiles.locking import lock_values


@transaction.atomic
def switch_rule(
    *, tenant: Tenant, by: Actor, rule_id: uuid.UUID, is_active: bool, version: int | None = None
) -> AutomationRule:
    """Switch a rule on or off; raises RuleNotFound, RuleChanged."""
    rule = locked_rule(rule_id, version=version)
    before = state_of(rule)
    rule.is_active = is_active
    return keep(rule, verb="rule.switch_on" if is_active else "rule.switch_off", by=by, before=before)


@transaction.atomic
def move_rule(*, tenant: Tenant, by: Actor, rule_id: uuid.UUID, place: int) -> AutomationRule:
    """Put a rule at a place (0 is the first; beyond the ends is at the ends); raises RuleNotFound."""
    lock_values(tenant.pk, ["automation_rules"])
    moved = get_rule(rule_id)
    order: list[AutomationRule] = [rule for rule in rules().select_for_update() if rule.pk != rule_id]
    order.insert(max(0, min(place, len(order))), moved)
    for position, rule in enumerate(order):
        if rule.pk == rule_id:
            before = state_of(rule)
            rule.position = position
            moved = keep(rule, verb="rule.move", by=by, before=before)
        elif rule.position != position:
            AutomationRule.objects.filter(pk=rule.pk).update(position=position)
    return moved


@transaction.atomic
def remove_rule(
    *, tenant: Tenant, by: Actor, rule_id: uuid.UUID, version: int | None = None
) -> AutomationRule:
    """Take a rule away; what it did stays told, and it can be brought back.

    Raises RuleNotFound, RuleChanged.
    """
    rule = locked_rule(rule_id, version=version)
    before = state_of(rule)
    rule.removed_at, rule.is_active = timezone.now(), False
    return keep(rule, verb="rule.remove", by=by, before=before)


@transaction.atomic
def restore_rule(*, tenant: Tenant, by: Actor, rule_id: uuid.UUID) -> AutomationRule:
    """Bring back a rule that was taken away, switched as it was; raises RuleNotFound, NothingToUndo."""
    removals = AuditEntry.objects.filter(object_id=rule_id, verb="rule.remove")
    entry = removals.order_by("-at", "-pk").first()
    if entry is None:
        raise RuleNotFound
    return undo_rule_change(tenant=tenant, by=by, rule_id=rule_id, entry_id=entry.pk)


@transaction.atomic
def undo_rule_change(*, tenant: Tenant, by: Actor, rule_id: uuid.UUID, entry_id: uuid.UUID) -> AutomationRule:
    """Put back what one change of a rule's history replaced; raises RuleNotFound, NothingToUndo.

    What others changed since, in other fields, stays.
    """
    rule = locked_rule(rule_id, removed=True)
    entry = AuditEntry.objects.filter(
        pk=entry_id, object_type=rule._meta.label_lower, object_id=rule.pk
    ).first()
    changes: dict[str, Any] = {} if entry is None else entry.changes
    if not changes or entry is None or entry.verb == "rule.create":
        raise NothingToUndo
    before = state_of(rule)
    for name in WATCHED:
        # Undone only where the change still stands.
        if name in changes and before[name] == changes[name][1]:
            value = changes[name][0]
            if name == "removed_at" and value:
                value = datetime.fromisoformat(value)
            setattr(rule, name, value)
    if state_of(rule) == before:
        raise NothingToUndo
    return keep(rule, verb="rule.undo", by=by, before=before)
