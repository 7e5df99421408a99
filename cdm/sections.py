"""Deals and activities in the detail of a customer (S0)."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.db.models import F

from cdm.api.answers import InteractionAnswer
from cdm.api.pipeline_answers import DealAnswer, TaskAnswer
from profiles.models import Profile

SHOWN = 50


def deals(profile: Profile) -> list[dict[str, Any]]:
    """Return the customer's latest deals."""
    rows = profile.deals.order_by("-created_at", "-id")[:SHOWN]
    return [camel(DealAnswer.model_validate(row).model_dump(mode="json")) for row in rows]


def activities(profile: Profile) -> list[dict[str, Any]]:
    """Return what was done and is to be done: the latest talks, then tasks as they are due."""
    talks = profile.interactions.order_by("-occurred_at", "-id")[:SHOWN]
    tasks = profile.tasks.order_by(F("done_at").desc(nulls_first=True), "due_at", "id")[:SHOWN]
    shown = chain(
        (
            {"kind": "interaction", **InteractionAnswer.model_validate(row).model_dump(mode="json")}
            for row in talks
        ),
        ({**TaskAnswer.model_validate(row).model_dump(mode="json"), "kind": "task"} for row in tasks),
    )
    return [camel(one) for one in shown]


def camel(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values under names as the customer's own answer spells them."""
    return {_camel(name): value for name, value in values.items()}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)
