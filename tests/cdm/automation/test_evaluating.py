"""Rules fire once while their conditions hold, and do what they say."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from cdm.automation.evaluating import evaluate_rules
from cdm.automation.preview import preview
from cdm.automation.rules import Conditions, RuleRecord, parsed
from cdm.models import ActivityTask, AutomationRule, CustomerSummary, DropOff, Recommendation, RuleFiring
from cdm.operations.save_rule import save_rule
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import CustomerEvent, Profile
from tests.factories.cdm_insights import InsightFitFactory, RecommendationFactory
from tests.factories.profiles import ProfileFactory, ProfileTagFactory, SegmentMembershipFactory
from tests.world import World

NOW = datetime(2026, 3, 10, 5, tzinfo=UTC)


def customer(**summary: Any) -> Profile:
    profile = ProfileFactory()
    CustomerSummary.objects.create(profile=profile, **summary)
    return profile


def rule(
    world: World, conditions: list[dict[str, Any]], actions: dict[str, Any], name: str = "Rule"
) -> AutomationRule:
    record = RuleRecord.parse(
        {"name": name, "is_active": True, "conditions": {"all": conditions}, "actions": actions}
    )
    return save_rule(tenant=world.acme, by=world.by, record=record)


def matching_names(world: World, *conditions: dict[str, Any]) -> set[str]:
    found = preview(world.acme, parsed(Conditions, {"all": list(conditions)}))
    assert found.count == len(found.examples)
    return {name for _, name in found.examples}


@pytest.mark.conforms("R112")
def test_a_rule_fires_once_while_it_holds_and_again_after_it_did_not(world: World, acme: Tenant) -> None:
    silent = customer(orders=12, last_order_at=NOW - timedelta(days=100))
    customer(orders=12, last_order_at=NOW - timedelta(days=10))
    rule(
        world,
        [
            {"field": "orders", "operator": "gte", "value": 10},
            {"field": "last_order", "operator": "gte", "value": 90},
        ],
        {"task": {"title": "Ask how they are", "dueDays": 2}},
        "Silent VIPs",
    )
    first = evaluate_rules(acme, now=NOW)
    assert (first.fired, first.tasks) == (1, 1)
    assert evaluate_rules(acme, now=NOW + timedelta(hours=1)).fired == 0
    task = ActivityTask.objects.get()
    assert (task.profile, task.title, task.kind) == (silent, "Ask how they are", "call")
    assert task.due_at == datetime(2026, 3, 12, 2, tzinfo=UTC), "09:00 in Bangkok, two days on"
    told = AuditEntry.objects.get(verb="task.create", object_id=task.pk)
    assert (told.actor_label, told.changes["title"]) == ("rule Silent VIPs", [None, "Ask how they are"])
    CustomerSummary.objects.filter(profile=silent).update(last_order_at=NOW)
    assert evaluate_rules(acme, now=NOW).ended == 1
    CustomerSummary.objects.filter(profile=silent).update(last_order_at=NOW - timedelta(days=200))
    assert evaluate_rules(acme, now=NOW).fired == 1
    assert RuleFiring.objects.filter(profile=silent).count() == ActivityTask.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("call", {"Anyone"}),
        ("message", {"Anyone", "Not by phone"}),
        ("todo", {"Anyone", "Not by phone", "Not at all"}),
    ],
)
def test_no_task_asks_to_contact_whoever_does_not_want_it(
    world: World, acme: Tenant, kind: str, asked: set[str]
) -> None:
    preferences: dict[str, dict[str, Any]] = {
        "Anyone": {"doNotCall": False},
        "Not by phone": {"doNotCall": True},
        "Not at all": {"doNotContact": True},
    }
    for name, said in preferences.items():
        profile = ProfileFactory(first_name=name, last_name="", contact_preferences=said)
        CustomerSummary.objects.create(profile=profile, orders=12)
    wanted = {"task": {"title": "Ask how they are", "kind": kind}}
    rule(world, [{"field": "orders", "operator": "gte", "value": 10}], wanted)
    evaluated = evaluate_rules(acme)
    assert (evaluated.fired, evaluated.tasks) == (3, len(asked))
    assert set(ActivityTask.objects.values_list("profile__first_name", flat=True)) == asked


def test_an_evaluation_of_some_leaves_the_others_alone(world: World, acme: Tenant) -> None:
    one, other = customer(orders=3), customer(orders=3)
    rule(world, [{"field": "orders", "operator": "gte", "value": 3}], {"boost": 5})
    assert evaluate_rules(acme, among=[one.pk]).fired == 1
    CustomerSummary.objects.update(orders=0)
    assert evaluate_rules(acme, among=[other.pk]).ended == 0
    assert evaluate_rules(acme, among=[one.pk]).ended == 1


def test_boosts_are_reasons_that_go_on_summing_and_are_taken_off_again(world: World, acme: Tenant) -> None:
    profile = customer(orders=3)
    fit = InsightFitFactory(card={"deciles": [-20, -10, -5, 0, 5, 10, 20, 30, 40]})
    RecommendationFactory(profile=profile, fit=fit, priority=7, offer_type="cross-sell")
    first = rule(
        world, [{"field": "orders", "operator": "gte", "value": 1}], {"boost": 20, "offer": "discount"}, "A"
    )
    rule(world, [{"field": "orders", "operator": "gte", "value": 2}], {"boost": 5, "offer": "upsell"}, "B")
    evaluate_rules(acme)
    row = Recommendation.objects.get()
    assert (row.total_points, row.boost, row.priority) == (37, 25, 9)
    assert sum(reason["points"] for reason in row.reasons) == row.total_points
    assert [reason["label"] for reason in row.reasons if reason["name"] == "rule"] == ["A", "B"]
    assert (row.offer_type, row.offer_reason) == ("discount", "rule: A"), "the first rule's offer"
    evaluate_rules(acme)
    assert Recommendation.objects.get().total_points == 37, "twice changes nothing"
    AutomationRule.objects.filter(pk=first.pk).update(is_active=False)
    evaluate_rules(acme)
    row = Recommendation.objects.get()
    assert (row.total_points, row.offer_type) == (17, "upsell")
    AutomationRule.objects.update(is_active=False)
    evaluate_rules(acme)
    row = Recommendation.objects.get()
    assert (row.total_points, row.boost, row.offer_type, row.priority) == (12, 0, "cross-sell", 7)
    assert row.offer_reason.startswith("in their rhythm")
    assert not RuleFiring.objects.filter(ended_at=None).exists()


@time_machine.travel(NOW, tick=False)
def test_every_kind_of_condition_finds_whom_it_says(world: World, acme: Tenant) -> None:
    ProfileFactory(name="Born", date_of_birth=date(1990, 3, 14), profession="Chef")
    ProfileFactory(name="Partly", partial_birth_date="--03-10")
    ProfileFactory(name="Month only", partial_birth_date="--03")
    tagged, member = (
        ProfileTagFactory(profile__name="Tagged"),
        SegmentMembershipFactory(profile__name="Member"),
    )
    cart = customer(open_drop_offs=1, open_drop_off_value=Decimal(2500))
    Profile.objects.filter(pk=cart.pk).update(name="Cart")
    DropOff.objects.create(profile=cart, stage="checkout_initiated", cart_value=2500)
    moved = ProfileFactory(name="Moved")
    CustomerEvent.objects.create(
        profile=moved, type="lifecycle_changed", timestamp=NOW - timedelta(days=3), payload={"to": "VIP"}
    )
    ProfileFactory(name="Gone", profession="Chef", status="INACTIVE")
    for condition, names in (
        ({"field": "birthday", "operator": "lte", "value": 4}, {"Born", "Partly"}),
        ({"field": "birthday", "operator": "lte", "value": 0}, {"Partly"}),
        ({"field": "profession", "operator": "contains", "value": "CHE"}, {"Born"}),
        ({"field": "tag", "operator": "has", "value": str(tagged.tag_id)}, {"Tagged"}),
        ({"field": "segment", "operator": "has", "value": str(member.segment_id)}, {"Member"}),
        ({"field": "open_drop_off_value", "operator": "gte", "value": 2000}, {"Cart"}),
        ({"field": "drop_off_stage", "operator": "gte", "value": "add_to_cart"}, {"Cart"}),
        ({"field": "drop_off_stage", "operator": "gte", "value": "payment_failed"}, set()),
        ({"field": "stage_change", "operator": "changed_to", "value": "VIP"}, {"Moved"}),
        ({"field": "stage_change", "operator": "changed_to", "value": "loyal"}, set()),
        ({"field": "last_order", "operator": "never"}, {"Cart"}),
        ({"field": "customer_type", "operator": "eq", "value": "new"}, {"Cart"}),
    ):
        assert matching_names(world, condition) == names, condition


@time_machine.travel(datetime(2027, 2, 28, 5, tzinfo=UTC), tick=False)
def test_a_leap_day_is_kept_on_the_28th_in_other_years(world: World, acme: Tenant) -> None:
    ProfileFactory(name="Leap", date_of_birth=date(1992, 2, 29))
    assert matching_names(world, {"field": "birthday", "operator": "lte", "value": 0}) == {"Leap"}


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "nothing", "operator": "eq", "value": 1},
        {"field": "orders", "operator": "contains", "value": 1},
        {"field": "orders", "operator": "gte", "value": "many"},
        {"field": "orders", "operator": "gte", "value": -1},
        {"field": "orders", "operator": "gte", "value": "NaN"},
        {"field": "birthday", "operator": "lte", "value": 4000},
        {"field": "customer_type", "operator": "eq", "value": "great"},
        {"field": "tag", "operator": "has", "value": "x'; DROP TABLE profiles"},
        {"field": "profession", "operator": "eq", "value": ""},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as raised:
        parsed(Conditions, {"all": [condition]})
    assert all(name.startswith("all[0]") for name in raised.value.fields)


def test_a_rule_without_any_action_or_with_a_strangers_tag_is_refused(world: World, acme: Tenant) -> None:
    with pytest.raises(Invalid):
        rule(world, [{"field": "orders", "operator": "gte", "value": 1}], {})
    with tenant_context(world.zenith):
        foreign = ProfileTagFactory()
    with pytest.raises(Invalid):
        rule(world, [{"field": "tag", "operator": "has", "value": str(foreign.tag_id)}], {"boost": 1})
    assert not AutomationRule.objects.exists()


def test_rules_of_one_company_see_no_customer_of_another(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        customer(orders=5)
    rule(world, [{"field": "orders", "operator": "gte", "value": 1}], {"boost": 1})
    assert evaluate_rules(acme).fired == 0


def test_days_go_back_a_hundred_years_and_no_further(world: World, acme: Tenant) -> None:
    customer(orders=1, last_order_at=NOW - timedelta(days=100))
    asked = {"field": "last_order", "operator": "lte", "value": 36_500}
    rule(world, [asked], {"boost": 5})
    assert evaluate_rules(acme, now=NOW).fired == 1
    with pytest.raises(Invalid) as refusal:
        rule(world, [asked | {"value": 36_501}], {"boost": 5}, "Too far")
    assert "36500" in str(refusal.value.fields)
    assert AutomationRule.objects.count() == 1


def test_a_rule_the_database_cannot_compute_does_not_stop_the_others(
    world: World, acme: Tenant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    silent = customer(orders=12, last_order_at=NOW - timedelta(days=100))
    # As if an older version had let it through.
    monkeypatch.setattr("cdm.automation.rules.MOST_DAYS_SINCE", 10_000_000)
    asked = {"field": "last_order", "operator": "gte", "value": 9_999_999}
    broken = rule(world, [asked], {"task": {"title": "Never"}}, "Broken")
    good = rule(world, [asked | {"value": 90}], {"task": {"title": "Call"}}, "Good")
    with caplog.at_level(logging.WARNING, "cdp"):
        assert evaluate_rules(acme, now=NOW).fired == 1
    fired = RuleFiring.objects.get()
    assert (fired.rule_id, fired.profile_id) == (good.pk, silent.pk)
    (told,) = [one.msg for one in caplog.records if "rule not evaluated" in str(one.msg)]
    assert isinstance(told, dict)
    assert told["rule_id"] == str(broken.pk)
    # Whose values the rule met is nobody's business.
    assert str(silent.pk) not in str(told)
