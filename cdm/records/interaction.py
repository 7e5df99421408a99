"""What callers say about calls, messages and meetings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cdm.choices import Direction, InteractionType
from cdm.records.base import Said
from cdm.records.values import CustomerRef, Flag, Happened, LongText, Moment, text

ONE_DAY = 24 * 60 * 60


class InteractionRecord(Said):
    """One time a customer was spoken to, or tried to be.

    ``interaction_type`` and ``interaction_direction`` are S3's names of what is stored as type and direction.
    """

    interaction_type: InteractionType
    interaction_direction: Direction = Direction.OUTBOUND
    occurred_at: Happened = None
    subject: text(255) = ""  # type: ignore[valid-type]
    description: LongText = ""
    outcome: text(100) = ""  # type: ignore[valid-type]
    was_answered: Flag | None = None
    duration_seconds: Annotated[int, Field(strict=True, ge=0, le=ONE_DAY)] | None = None
    follow_up_required: Flag = False
    follow_up_at: Moment = None
    source: text(40) = ""  # type: ignore[valid-type]


class NewInteraction(InteractionRecord):
    """An interaction to log, and whose."""

    customer_id: CustomerRef


class InteractionChange(InteractionRecord):
    """What to change about an interaction."""

    interaction_type: InteractionType = InteractionType.CALL
    customer_id: CustomerRef | None = None
