"""Writing rules: versions, order, removing, history and undoing."""

from __future__ import annotations

import pytest

from cdm.automation.errors import NothingToUndo, RuleChanged, RuleNameTaken, RuleNotFound
from cdm.automation.keeping import rules
from cdm.automation.rules import RuleRecord
from cdm.models import AutomationRule
from cdm.operations.order_rules import move_rule, remove_rule, switch_rule, undo_rule_change
from cdm.operations.save_rule import save_rule
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_insights import AutomationRuleFactory
from tests.world import World


def record(name: str = "Silent VIPs", boost: int = 10) -> RuleRecord:
    return RuleRecord.parse(
        {
            "name": name,
            "isActive": True,
            "conditions": {"all": [{"field": "orders", "operator": "gte", "value": 10}]},
            "actions": {"boost": boost},
        }
    )


def latest(rule: AutomationRule, verb: str) -> AuditEntry:
    return AuditEntry.objects.filter(object_id=rule.pk, verb=verb).latest("pk")


def test_a_change_needs_the_version_it_was_made_on(world: World, acme: Tenant) -> None:
    rule = save_rule(tenant=acme, by=world.by, record=record())
    assert (rule.version, rule.position) == (1, 0)
    changed = save_rule(tenant=acme, by=world.by, record=record(boost=20), rule_id=rule.pk, version=1)
    assert changed.version == 2
    with pytest.raises(RuleChanged):
        save_rule(tenant=acme, by=world.by, record=record(boost=30), rule_id=rule.pk, version=1)
    assert AutomationRule.objects.get().actions == {"boost": 20}
    assert latest(rule, "rule.change").changes["actions"] == [{"boost": 10}, {"boost": 20}]


def test_two_rules_have_two_names_but_a_removed_ones_is_free(world: World, acme: Tenant) -> None:
    rule = save_rule(tenant=acme, by=world.by, record=record())
    with pytest.raises(RuleNameTaken):
        save_rule(tenant=acme, by=world.by, record=record())
    remove_rule(tenant=acme, by=world.by, rule_id=rule.pk)
    save_rule(tenant=acme, by=world.by, record=record())
    with pytest.raises(RuleNameTaken):
        undo_rule_change(tenant=acme, by=world.by, rule_id=rule.pk, entry_id=latest(rule, "rule.remove").pk)


def test_what_was_done_can_be_undone_once(world: World, acme: Tenant) -> None:
    rule = save_rule(tenant=acme, by=world.by, record=record())
    remove_rule(tenant=acme, by=world.by, rule_id=rule.pk)
    assert not rules().exists()
    entry = latest(rule, "rule.remove")
    undo_rule_change(tenant=acme, by=world.by, rule_id=rule.pk, entry_id=entry.pk)
    back = rules().get()
    assert (back.is_active, back.removed_at) == (True, None)
    with pytest.raises(NothingToUndo):
        undo_rule_change(tenant=acme, by=world.by, rule_id=rule.pk, entry_id=entry.pk)
    switch_rule(tenant=acme, by=world.by, rule_id=rule.pk, is_active=False)
    undo_rule_change(tenant=acme, by=world.by, rule_id=rule.pk, entry_id=latest(rule, "rule.switch_off").pk)
    assert rules().get().is_active


def test_rules_are_put_in_order(world: World, acme: Tenant) -> None:
    for position, name in enumerate("ABC"):
        AutomationRuleFactory(name=name, position=position)
    move_rule(tenant=acme, by=world.by, rule_id=rules().get(name="C").pk, place=0)
    assert [rule.name for rule in rules()] == ["C", "A", "B"]
    move_rule(tenant=acme, by=world.by, rule_id=rules().get(name="C").pk, place=99)
    assert [rule.name for rule in rules()] == ["A", "B", "C"]


def test_a_strangers_rule_cannot_be_found(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        foreign = AutomationRuleFactory()
    with pytest.raises(RuleNotFound):
        switch_rule(tenant=acme, by=world.by, rule_id=foreign.pk, is_active=False)
    with tenant_context(world.zenith):
        assert AutomationRule.objects.get().is_active
