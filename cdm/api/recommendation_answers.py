"""Whom to call, with what and when, as it is answered under /cdm/ai."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from pydantic import RootModel

from cdm.api.wire import Answer, OptionalText
from cdm.choices import OfferType, Temperature
from cdm.recommending.recommended import CustomerRecommendation


class ReasonAnswer(Answer):
    """One reason of a score; the points of all reasons add up to the score."""

    points: int
    text: str


class RecommendationAnswer(Answer):
    """What to do about one customer; ``call_priority_score`` is null where too few customers make tenths.

    Before a customer's first night chance, points and ``computed_at`` are null as well: what is told is what
    is known this moment.
    """

    customer_id: uuid.UUID
    customer_name: str
    phone: OptionalText
    email: OptionalText
    customer_temperature: Temperature
    call_priority_score: int | None
    chance: float | None
    total_points: int | None
    reasons: list[ReasonAnswer]
    offer_type: OfferType
    offer_reason: OptionalText
    best_call_time: OptionalText
    best_call_time_reason: OptionalText
    recommended_products: str
    next_action: str
    next_action_reason: OptionalText
    is_contactable: bool
    computed_at: datetime | None

    @classmethod
    def of(cls, said: CustomerRecommendation, *, is_computed: bool = True) -> Self:
        """Return the answer about a recommendation; unless ``is_computed`` without the numbers of a night."""
        profile = said.profile
        return cls(
            customer_id=profile.pk,
            customer_name=profile.shown_name,
            phone=profile.phone,
            email=profile.email,
            customer_temperature=Temperature(said.temperature),
            call_priority_score=said.priority,
            chance=said.chance if is_computed else None,
            total_points=said.total_points if is_computed else None,
            reasons=[ReasonAnswer.model_validate(reason) for reason in said.reasons],
            offer_type=OfferType(said.offer_type),
            offer_reason=said.offer_reason,
            best_call_time=said.time_to_call,
            best_call_time_reason=said.time_to_call_reason,
            recommended_products=", ".join(one.name or one.sku for one in said.recommended_products),
            next_action=said.next_action_text,
            next_action_reason=said.next_action_reason,
            is_contactable=said.is_contactable,
            computed_at=said.computed_at if is_computed else None,
        )


class Recommendations(RootModel[list[RecommendationAnswer]]):
    """Whom to call, the best first."""
