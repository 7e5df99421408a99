"""What belongs to a customer, as it is answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, JsonValue

from cdp.api.wire import Outgoing

# Text columns are never NULL; on the wire what is not known is null.
OptionalText = Annotated[str | None, BeforeValidator(lambda value: value or None)]
JsonObject = dict[str, JsonValue]


def _rows(related: Any) -> list[Any]:
    return list(related.all())


Rows = BeforeValidator(_rows)


class IdentifierAnswer(Outgoing):
    """What another system calls a customer."""

    id: uuid.UUID
    profile_id: uuid.UUID
    source: str
    source_type: str | None
    external_id: str
    external_ref: OptionalText
    match_quality: Annotated[float, Field(ge=0, le=100)] | None
    is_primary: bool
    is_active: bool
    matched_at: datetime
    last_verified_at: datetime | None
    metadata: JsonObject
    created_at: datetime
    updated_at: datetime


class TagAnswer(Outgoing):
    """A coloured label."""

    id: uuid.UUID
    name: str
    color: str


class TagRelationAnswer(Outgoing):
    """A tag on a customer."""

    tag: TagAnswer


class SegmentAnswer(Outgoing):
    """A named group of customers."""

    id: uuid.UUID
    name: str
    description: OptionalText
    created_at: datetime
    updated_at: datetime


class SegmentMembershipAnswer(Outgoing):
    """A customer's place in a segment."""

    id: uuid.UUID
    segment_id: uuid.UUID
    profile_id: uuid.UUID
    created_at: datetime
    segment: SegmentAnswer


class EventAnswer(Outgoing):
    """Something that happened."""

    id: uuid.UUID
    profile_id: uuid.UUID | None
    customer_id: str | None
    type: str
    timestamp: datetime
    source: OptionalText
    payload: JsonObject
    created_at: datetime


class EmailAnswer(Outgoing):
    """One of a customer's e-mail addresses."""

    email: str
    type: OptionalText
    source: OptionalText
    is_primary: bool


class PhoneAnswer(Outgoing):
    """One of a customer's phones."""

    phone: str
    type: OptionalText
    source: OptionalText
    is_primary: bool
