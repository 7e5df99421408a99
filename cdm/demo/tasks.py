"""What is to be done for customers who ordered lately, and for members."""

from __future__ import annotations

import uuid
from datetime import timedelta

from cdm.demo.customers import Customer
from cdm.demo.deals import DUE
from cdm.demo.story import Story
from cdm.demo.words import Chore
from cdm.operations.create_task import complete_task, create_task
from cdm.records.pipeline import TaskRecord

DELIVERED_WITHIN = timedelta(days=12)
TASKS, ONE_DONE_IN, THE_DONE = 36, 8, 5


def plan_tasks(story: Story) -> None:
    """Plan a call about each parcel on its way, and tell members what is on; some of it is done."""
    on_its_way = [
        one for one in story.people if one.bought and one.bought[-1][0] > story.now - DELIVERED_WITHIN
    ]
    members = [one for one in story.people if one.is_member and one not in on_its_way]
    chores = [(one, story.words.after_an_order) for one in on_its_way]
    chores += [(one, story.words.for_members) for one in members]
    for number, (customer, chore) in enumerate(chores[:TASKS]):
        task_id = _plan(story, customer, chore, number)
        if number % ONE_DONE_IN == THE_DONE:
            complete_task(tenant=story.tenant, by=story.agent_of(customer), task_id=task_id)


def _plan(story: Story, customer: Customer, chore: Chore, number: int) -> uuid.UUID:
    due = story.now + timedelta(days=DUE[number % len(DUE)], hours=1)
    if chore == story.words.after_an_order:
        due = max(due, customer.bought[-1][0] + timedelta(days=1))
    said = {"title": chore.title, "kind": chore.kind, "due_at": due.isoformat()}
    return create_task(**story.verb(customer), record=TaskRecord.parse(said, tenant=story.tenant)).pk
