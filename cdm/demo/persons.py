"""Whose customers they are, and what is known of the persons."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cdm.demo.customers import USUAL_AGE, Customer
from cdm.demo.story import Story
from cdm.demo.words import AVAILABLE
from cdm.members import member_of
from cdm.operations.assign_owner import assign_owner
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord

INTRODUCED = 60


def give_agents(story: Story) -> None:
    """Give every customer the agent who looks after them."""
    for actor in story.actors:
        member = member_of(story.tenant, actor)
        own = [one.id for one in (*story.people, *story.companies) if story.agent_of(one) == actor]
        assign_owner(tenant=story.tenant, by=actor, profile_ids=own, owner_id=member.pk if member else None)


def introduce(story: Story) -> None:
    """Write down what people said of themselves: birthdays this week too, some without a year or a day."""
    for number, customer in enumerate(story.people[:INTRODUCED]):
        said: dict[str, Any] = {
            "profession": story.random.choice(story.words.professions),
            "availableTime": story.random.choice(AVAILABLE),
            "contactPreferences": _preferences(story, number, customer),
        }
        if customer.born_on is None or number < 12:
            said["dateOfBirth"] = _birthday(story, number, customer)
        record = ProfileRecord.parse(said, tenant=story.tenant)
        update_profile(**story.verb(customer), record=record)


def _birthday(story: Story, number: int, customer: Customer) -> str:
    day = story.today + timedelta(days=number % 8 if number < 12 else story.random.randrange(365))
    if number % 17 == 9:
        return f"--{day:%m}"
    if number % 5 == 2:
        return f"{day:--%m-%d}"
    year = customer.born_on.year if customer.born_on else day.year - USUAL_AGE - number % 4
    return date(year, day.month, min(day.day, 28)).isoformat()


def _preferences(story: Story, number: int, customer: Customer) -> dict[str, Any]:
    wishes: dict[str, Any] = {"channels": [story.words.message, "call"], "language": customer.language}
    if number % 23 == 7:
        story.no_calls.add(customer.id)
        wishes |= {"channels": [story.words.message], "doNotCall": True}
    return wishes
