"""What is answered about rules and about words on recommendations: snake_case, as all under /cdm."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from pydantic import ConfigDict

from cdm.automation.preview import Preview
from cdm.models import AutomationRule, RecommendationFeedback, RuleFiring
from cdm.recommending.feedback import quiet_until
from cdp.api.wire import Outgoing


class _Answer(Outgoing):
    model_config = ConfigDict(
        alias_generator=None,
        from_attributes=True,
        frozen=True,
        json_schema_serialization_defaults_required=True,
    )


class RuleAnswer(_Answer):
    """One rule."""

    id: uuid.UUID
    name: str
    is_active: bool
    position: int
    conditions: dict[str, Any]
    actions: dict[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, rule: AutomationRule) -> RuleAnswer:
        return cls.model_validate(rule)


class RuleList(_Answer):
    """All rules in their order."""

    data: list[RuleAnswer]


class Example(_Answer):
    """One customer who matches."""

    customer_id: uuid.UUID
    customer_name: str


class PreviewAnswer(_Answer):
    """How many customers match now; null where counting takes longer than four seconds."""

    count: int | None
    examples: list[Example]

    @classmethod
    def of(cls, found: Preview) -> PreviewAnswer:
        examples = [Example(customer_id=pk, customer_name=name) for pk, name in found.examples]
        return cls(count=found.count, examples=examples)


class FiringAnswer(_Answer):
    """One time a rule fired."""

    id: uuid.UUID
    rule_id: uuid.UUID
    customer_id: uuid.UUID
    fired_at: datetime
    ended_at: datetime | None
    actions: dict[str, Any]
    delivery: str
    attempts: int
    problem: str

    @classmethod
    def of(cls, firing: RuleFiring) -> FiringAnswer:
        own = {name: getattr(firing, name) for name in cls.model_fields if name != "customer_id"}
        return cls(customer_id=firing.profile_id, **own)


class FiringList(_Answer):
    """The latest firings of a rule."""

    data: list[FiringAnswer]


class FeedbackAnswer(_Answer):
    """One time somebody said that a recommendation is wrong."""

    id: uuid.UUID
    customer_id: uuid.UUID
    reason: str
    note: str
    said_about: dict[str, Any]
    created_at: datetime
    created_by: str
    quiet_until: datetime | None
    taken_back_at: datetime | None

    @classmethod
    def of(cls, said: RecommendationFeedback) -> FeedbackAnswer:
        names = cls.model_fields.keys() - {"customer_id", "quiet_until"}
        own = {name: getattr(said, name) for name in names}
        return cls(customer_id=said.profile_id, quiet_until=quiet_until(said), **own)
