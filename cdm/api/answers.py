"""Rows of the agent's working day as they are answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field, RootModel, computed_field

from cdm.api.wire import Amount, Answer, OptionalText
from cdm.choices import (
    BehaviourType,
    Direction,
    DropOffStage,
    InteractionType,
    Relationship,
)

CUSTOMER: Any = Field(validation_alias="profile_id")


class FamilyAnswer(Answer):
    """A relative; ``relative_id`` is their own profile, where they are a customer."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    relative_id: uuid.UUID | None
    name: str
    relationship: Relationship
    phone: OptionalText
    email: OptionalText
    date_of_birth: date | None
    partial_birth_date: OptionalText
    anniversary_date: date | None
    partial_anniversary: OptionalText
    gender: OptionalText
    profession: OptionalText
    is_deceased: bool
    created_at: datetime
    updated_at: datetime


class RelativeAnswer(FamilyAnswer):
    """A relative as seen from one customer; ``is_inverse`` where the other side wrote the link down."""

    relationship: Literal["spouse", "child", "parent", "sibling", "grandparent", "grandchild"]  # type: ignore[assignment]
    is_inverse: bool


class InteractionAnswer(Answer):
    """A call, message or meeting."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    interaction_type: InteractionType = Field(validation_alias="type")
    interaction_direction: Direction = Field(validation_alias="direction")
    occurred_at: datetime
    subject: OptionalText
    description: OptionalText
    outcome: OptionalText
    was_answered: bool | None
    duration_seconds: int | None
    follow_up_required: bool
    follow_up_at: datetime | None
    followed_up_at: datetime | None
    agent_id: uuid.UUID | None
    source: OptionalText
    created_at: datetime
    updated_at: datetime


class InteractionStats(Answer):
    """A customer's talks in numbers."""

    customer_id: uuid.UUID
    total_interactions: int
    by_type: dict[str, int]
    by_direction: dict[str, int]
    answered: int
    unanswered: int
    total_duration_seconds: int
    avg_duration_seconds: float | None
    open_follow_ups: int
    last_interaction_at: datetime | None


class BehaviourAnswer(Answer):
    """Something a customer did in the shop; ``…_ref`` is what the shop calls what the catalogue lacks."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    behavior_type: BehaviourType = Field(validation_alias="type")
    product_id: uuid.UUID | None
    product_ref: OptionalText
    category_id: uuid.UUID | None
    category_ref: OptionalText
    query: OptionalText
    session_id: OptionalText
    device_type: OptionalText
    occurred_at: datetime


class BatchAnswer(Answer):
    """How many were recorded."""

    recorded: int


class ViewedAnswer(Answer):
    """A product, and how often a customer looked at it."""

    product_id: uuid.UUID | None
    product_ref: OptionalText
    sku: OptionalText
    name: OptionalText
    views: int
    last_viewed_at: datetime


class DropOffAnswer(Answer):
    """A drop-off."""

    id: uuid.UUID
    customer_id: uuid.UUID = CUSTOMER
    stage: DropOffStage
    product_id: uuid.UUID | None
    product_ref: OptionalText
    cart_value: Amount
    reason: OptionalText
    occurred_at: datetime
    recovered_at: datetime | None
    order_id: uuid.UUID | None = Field(validation_alias="recovered_by_id")

    @computed_field
    def recovered(self) -> bool:
        """Tell whether the order came after all."""
        return self.recovered_at is not None


class StageRecovery(Answer):
    """How many turned back at one stage, and how many came after all."""

    stage: DropOffStage
    drop_offs: int
    recovered: int
    recovery_rate: float | None
    lost_value: Amount


class RecoveryAnswer(Answer):
    """Drop-offs of some days, by stage."""

    days: int
    drop_offs: int
    recovered: int
    recovery_rate: float | None
    lost_value: Amount
    stages: list[StageRecovery]


class Family(RootModel[list[RelativeAnswer]]):
    """Relatives."""


class Interactions(RootModel[list[InteractionAnswer]]):
    """Talks."""


class Behaviours(RootModel[list[BehaviourAnswer]]):
    """What was done in the shop."""


class MostViewed(RootModel[list[ViewedAnswer]]):
    """Products by views."""


class DropOffs(RootModel[list[DropOffAnswer]]):
    """Drop-offs."""
