"""Writing a rule, new or changed."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Max

from cdm.automation.checks import check_labels, check_webhook
from cdm.automation.keeping import keep, locked_rule, state_of
from cdm.automation.rules import RuleRecord, as_json
from cdm.models import AutomationRule
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.locking import lock_values


@transaction.atomic
def save_rule(
    *,
    tenant: Tenant,
    by: Actor,
    record: RuleRecord,
    rule_id: uuid.UUID | None = None,
    version: int | None = None,
) -> AutomationRule:
    """Keep a rule; without ``rule_id`` a new one, at the end of the list.

    Raises Invalid for tags and segments that are not there and for addresses inside a private network,
    RuleNameTaken, RuleNotFound, and RuleChanged where ``version`` is not the stored one.
    """
    check_labels(record.conditions)
    check_webhook(tenant, record.actions)
    if rule_id is None:
        lock_values(tenant.pk, ["automation_rules"])
        last = AutomationRule.objects.aggregate(last=Max("position"))["last"]
        rule = AutomationRule(position=0 if last is None else last + 1, created_by=str(by), version=0)
        before: dict[str, object] = {}
    else:
        rule = locked_rule(rule_id, version=version)
        before = state_of(rule)
    rule.name, rule.is_active = record.name, record.is_active
    rule.conditions, rule.actions = as_json(record.conditions), as_json(record.actions)
    return keep(rule, verb="rule.change" if rule_id else "rule.create", by=by, before=before)
