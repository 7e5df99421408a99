"""The written rules of docs/lifecycle.md, at their bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdm.insights.lifecycle import BadThresholds, Facts, Thresholds, standing
from cdm.insights.next_action import Situation, next_action
from profiles.choices import LifecycleStage

DAYS = st.none() | st.integers(0, 2_000)


@pytest.mark.conforms("R11", "R111")
@pytest.mark.parametrize(
    ("facts", "temperature", "kind", "stage"),
    [
        (Facts(), "cold", "new", "SUBSCRIBER"),
        (Facts(has_answered=True, days_since_contact=3), "hot", "new", "lead"),
        (Facts(has_answered=True, has_shown_interest=True), "cold", "new", "prospect"),
        (Facts(orders=1, days_since_order=30), "hot", "new", "first_buyer"),
        (Facts(orders=2, days_since_order=31), "warm", "repeat", "repeat_buyer"),
        (Facts(orders=4, days_since_order=90), "warm", "repeat", "repeat_buyer"),
        (Facts(orders=5, days_since_order=91), "cold", "repeat", "loyal"),
        (Facts(orders=10, days_since_order=365), "cold", "vip", "VIP"),
        (Facts(orders=10, days_since_order=366), "cold", "inactive", "inactive"),
        (Facts(orders=10, days_since_order=366, days_since_contact=0), "hot", "inactive", "inactive"),
    ],
)
def test_the_rules_hold_at_their_bounds(facts: Facts, temperature: str, kind: str, stage: str) -> None:
    found = standing(facts)
    assert found.temperature.value == temperature
    assert found.customer_type.value == kind
    assert found.lifecycle_stage.value == stage


def test_value_makes_a_vip_where_the_tenant_says_from_how_much() -> None:
    facts = Facts(orders=2, value=Decimal(50_000), days_since_order=1)
    assert standing(facts).customer_type.value == "repeat"
    found = standing(facts, Thresholds(vip_value=Decimal(50_000)))
    assert (found.customer_type.value, found.lifecycle_stage.value) == ("vip", "VIP")
    assert found.customer_type.reason == "orders worth 50000"


@pytest.mark.conforms("R93")
def test_a_contact_warms_a_customer_and_the_reason_says_so() -> None:
    found = standing(Facts(orders=3, days_since_order=200, days_since_contact=0)).temperature
    assert (found.value, found.reason) == ("hot", "last contact within 30 days")


@given(st.integers(0, 40), DAYS, DAYS, st.booleans(), st.booleans())
def test_every_standing_is_a_stage_of_the_one_map_with_a_reason(
    orders: int, since: int | None, contact: int | None, answered: bool, interested: bool
) -> None:
    found = standing(Facts(orders, Decimal(orders), since, contact, answered, interested))
    assert found.lifecycle_stage.value in LifecycleStage.values
    assert found.temperature.reason
    assert found.customer_type.reason


@pytest.mark.parametrize(
    "wrong",
    [
        {"hot_days": 90},
        {"warm_days": 400},
        {"repeat_orders": 1},
        {"vip_orders": 3},
        {"hot_days": 0},
        {"vip_value": -1},
    ],
)
def test_thresholds_that_contradict_each_other_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadThresholds):
        Thresholds(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("situation", "action"),
    [
        (Situation("hot", 10, "upsell"), "call_now"),
        (Situation("hot", None, "upsell"), "call"),
        (Situation("hot", 10, "upsell", may_contact=False), "leave"),
        (Situation("hot", 10, "upsell", may_call=False), "message"),
        (Situation("hot", 10, "upsell", is_held_out=True), "leave"),
        (Situation("hot", 10, "upsell", is_held_out=True, follow_up_overdue_days=0), "follow_up"),
        (Situation("hot", 10, "upsell", follow_up_overdue_days=-2), "call_now"),
        (Situation("cold", 1, "cross-sell", days_to_event=7), "greet"),
        (Situation("cold", 1, "cross-sell", days_to_event=8), "nurture"),
        (Situation("hot", 10, "upsell", contacted_days_ago=2), "leave"),
        (Situation("cold", 5, "reactivation"), "call"),
    ],
)
def test_permission_comes_before_promises_before_numbers(situation: Situation, action: str) -> None:
    found = next_action(situation)
    assert found.action == action
    assert found.reason
