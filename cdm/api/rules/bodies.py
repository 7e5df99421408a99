"""What is sent about rules and recommendations; both spellings of names are taken."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, Strict
from pydantic.alias_generators import to_camel

from cdm.automation.rules import Conditions, RuleRecord, parsed
from cdm.choices import WrongReason
from cdp.api.wire import AsNumber, Incoming
from cdp.models import Tenant


class RuleBody(RuleRecord):
    """A whole rule."""


class PreviewBody(BaseModel):
    """Conditions to count the customers of."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    conditions: Conditions

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> PreviewBody:
        """Judge ``data``; raises Invalid naming every bad field."""
        found: PreviewBody = parsed(cls, data)
        return found


class FeedbackBody(BaseModel):
    """What is wrong with a recommendation."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        str_strip_whitespace=True,
    )
    reason: WrongReason
    note: Annotated[str, Field(max_length=500)] = ""

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> FeedbackBody:
        """Judge ``data``; raises Invalid naming every bad field."""
        found: FeedbackBody = parsed(cls, data)
        return found


class FiringsQuery(Incoming):
    """How many of the latest."""

    limit: Annotated[int, Strict(), Field(ge=1, le=500), AsNumber] = 50
