"""Conversations that fit what customers bought, and when."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from cdm.choices import Direction
from cdm.demo.customers import Customer
from cdm.demo.story import Story
from cdm.demo.words import CALL, MEETING, MESSAGE, Talk, When
from cdm.operations.log_interaction import log_interaction
from cdm.records.interaction import InteractionRecord

TALKS = 160
LONG_AGO, LATELY = 120, 6
INBOUND_SHARE = 0.35
# What was to be followed up longer ago than this has been.
STILL_OPEN = timedelta(days=3)


def talk(story: Story) -> None:
    """Log conversations: nobody has the same one twice, and none was before the customer was there."""
    told: set[tuple[uuid.UUID, str]] = set()
    for number in range(TALKS):
        customer = story.random.choice(story.people)
        said = _next(story, customer, told, days=LONG_AGO if number % 4 else LATELY)
        if said is not None:
            record = InteractionRecord.parse(said, tenant=story.tenant)
            log_interaction(**story.verb(customer), record=record)


def _next(
    story: Story, customer: Customer, told: set[tuple[uuid.UUID, str]], *, days: int
) -> dict[str, Any] | None:
    talks = [one for one in story.words.talks if (customer.id, one.subject) not in told]
    fitting = [(one, at) for one in talks if (at := _moment(story, customer, one, days)) is not None]
    # What is about an order says more than what anybody might have asked.
    fitting = [pair for pair in fitting if pair[0].when != When.ANY] or fitting
    if not fitting:
        return None
    chosen, at = story.random.choice(fitting)
    told.add((customer.id, chosen.subject))
    return _said(story, customer, chosen, at)


def _moment(story: Story, customer: Customer, said: Talk, days: int) -> datetime | None:
    """Return when a conversation was, if it fits the customer at all."""
    if (said.for_members and not customer.is_member) or not _ways(story, customer, said):
        return None
    since = story.since(customer, days)
    if said.when == When.ANY:
        return story.at_work(story.between(since, story.now))
    orders = customer.orders_of(said.about, since=since)
    if not orders:
        return None
    order = story.random.choice(orders)
    if said.when == When.BEFORE:
        at = story.at_work(order - timedelta(days=1))
        return at if customer.since <= at < order else None
    soonest, latest = order + timedelta(days=2), min(order + timedelta(days=20), story.now)
    at = story.at_work(story.between(soonest, latest))
    return at if order < at and soonest < latest else None


def _ways(story: Story, customer: Customer, said: Talk) -> list[str]:
    """Return the ways the conversation can have had: whoever must not be called was not called."""
    is_quiet = customer.id in story.no_calls and said.direction != Direction.INBOUND
    return [way for way in said.ways if way != CALL or not is_quiet]


def _said(story: Story, customer: Customer, chosen: Talk, at: datetime) -> dict[str, Any]:
    way = story.random.choice(_ways(story, customer, chosen))
    is_inbound = story.random.random() < INBOUND_SHARE and customer.id not in story.no_calls
    direction = chosen.direction or (Direction.INBOUND if is_inbound else Direction.OUTBOUND)
    said: dict[str, Any] = {
        "interaction_type": story.words.message if way == MESSAGE else way,
        "interaction_direction": direction,
        "subject": chosen.subject,
        "description": chosen.notes,
        "outcome": chosen.outcome,
        "occurred_at": at.isoformat(),
    }
    if way in {CALL, MEETING}:
        said["was_answered"] = bool(chosen.outcome)
        said["duration_seconds"] = story.random.randrange(60, 900) if chosen.outcome else 0
    due = story.at_work(at) + timedelta(days=story.random.randrange(2, 9))
    if chosen.asks_to_follow_up and due > story.now - STILL_OPEN:
        said |= {"follow_up_required": True, "follow_up_at": due.isoformat()}
    return said
