"""Finding rules, and writing them with their audit entries."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from cdm.automation.errors import RuleChanged, RuleNameTaken, RuleNotFound
from cdm.automation.queueing import evaluate_soon
from cdm.models import AutomationRule
from cdp import audit
from cdp.actors import Actor
from cdp.tenancy.context import require_tenant_id

WATCHED = ("name", "is_active", "position", "conditions", "actions", "removed_at")


def rules() -> Any:
    """Return the rules that are there, in their order."""
    return AutomationRule.objects.filter(removed_at=None)


def get_rule(rule_id: uuid.UUID) -> AutomationRule:
    """Return a rule that is there; raises RuleNotFound."""
    rule: AutomationRule | None = rules().filter(pk=rule_id).first()
    if rule is None:
        raise RuleNotFound
    return rule


def locked_rule(rule_id: uuid.UUID, *, version: int | None = None, removed: bool = False) -> AutomationRule:
    """Return a rule, locked; raises RuleNotFound, and RuleChanged where it is not of this version."""
    rows = AutomationRule.objects.select_for_update()
    rule = rows.filter(pk=rule_id).first() if removed else rows.filter(pk=rule_id, removed_at=None).first()
    if rule is None:
        raise RuleNotFound
    if version is not None and rule.version != version:
        raise RuleChanged
    return rule


def state_of(rule: AutomationRule) -> dict[str, Any]:
    """Return what of a rule its history tells."""
    state = {name: getattr(rule, name) for name in WATCHED}
    return {**state, "removed_at": rule.removed_at and rule.removed_at.isoformat()}


def keep(rule: AutomationRule, *, verb: str, by: Actor, before: dict[str, Any]) -> AutomationRule:
    """Write a changed rule in the caller's transaction, and evaluate all rules soon; raises RuleNameTaken."""
    changes = audit.changed_fields(before, state_of(rule))
    if not changes:
        return rule
    rule.version += 1
    rule.updated_by = str(by)
    write(rule)
    audit.record(verb=verb, obj=rule, by=by, changes=changes)
    evaluate_soon(require_tenant_id())
    return rule


def write(rule: AutomationRule) -> None:
    """Save the rule; raises RuleNameTaken."""
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        if "automation_rules_name_unique" not in str(error):
            raise
        raise RuleNameTaken from error
