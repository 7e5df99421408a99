"""What to do next with one customer: the first rule that holds, and why."""

from __future__ import annotations

from dataclasses import dataclass

from cdm.insights.chances import HOT, WARM
from cdm.insights.products.offers import DISCOUNT, REACTIVATION, UPSELL

CALL_NOW, FOLLOW_UP, GREET, CALL, MESSAGE, NURTURE, LEAVE = (
    "call_now", "follow_up", "greet", "call", "message", "nurture", "leave",
)  # fmt: skip
_URGENT = 9


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rules look at. `priority` is None where too few customers make deciles."""

    temperature: str
    priority: int | None
    offer: str
    may_contact: bool = True
    may_call: bool = True
    has_phone: bool = True
    is_held_out: bool = False
    follow_up_overdue_days: int | None = None  # 0 is today; None is none due
    days_to_event: int | None = None  # a birthday or an anniversary
    contacted_days_ago: int | None = None
    has_ordered_since: bool = False  # since the numbers were made
    has_ordered: bool = True  # ever


@dataclass(frozen=True, slots=True)
class Thresholds:
    rest_days: int = 3
    event_days: int = 7


@dataclass(frozen=True, slots=True)
class NextAction:
    action: str
    text: str
    reason: str


def next_action(situation: Situation, thresholds: Thresholds = Thresholds()) -> NextAction:
    """Permission first, then promises, then the hold-out, then what the numbers say."""
    return _barred(situation) or _promised(situation, thresholds) or _suggested(situation, thresholds)


def _barred(situation: Situation) -> NextAction | None:
    if not situation.may_contact:
        return NextAction(LEAVE, "Do not contact", "asked not to be contacted")
    return None


def _promised(situation: Situation, thresholds: Thresholds) -> NextAction | None:
    late = situation.follow_up_overdue_days
    if late is not None and late >= 0:
        return NextAction(
            FOLLOW_UP, "Follow up today", "promised for today" if late == 0 else f"{late} days late"
        )
    days = situation.days_to_event
    if days is not None and 0 <= days <= thresholds.event_days:
        return NextAction(GREET, "Send congratulations", "today" if days == 0 else f"in {days} days")
    return None


def _suggested(situation: Situation, thresholds: Thresholds) -> NextAction:
    rest = situation.contacted_days_ago
    if situation.is_held_out:
        return NextAction(LEAVE, "Do not call", "in the random comparison group")
    if rest is not None and 0 <= rest < thresholds.rest_days:
        return NextAction(
            LEAVE, "Give it a rest", "contacted today" if rest == 0 else f"contacted {rest} days ago"
        )
    if situation.has_ordered_since:
        return NextAction(LEAVE, "Give it a rest", "has just ordered; new numbers follow tonight")
    if not situation.may_call:
        why = "asked not to be called" if situation.has_phone else "no phone number is known"
        return NextAction(MESSAGE, "Write a message", why)
    return _call(situation)


def _call(situation: Situation) -> NextAction:
    if situation.temperature == HOT and (situation.priority or 0) >= _URGENT:
        return NextAction(CALL_NOW, "Call within 24 hours", "likely to buy, and among the most valuable")
    if situation.offer in (REACTIVATION, DISCOUNT):
        return NextAction(CALL, "Call to win back", "silent for longer than usual for them")
    if situation.temperature in (HOT, WARM):
        how_likely = "high" if situation.temperature == HOT else "medium"
        why = "due to reorder" if situation.offer == UPSELL else f"{how_likely} chance of buying soon"
        return NextAction(CALL, "Call this week", why)
    return NextAction(NURTURE, "Keep in the newsletter", "little chance of buying soon")
