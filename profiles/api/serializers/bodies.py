"""What callers send, besides customers themselves."""

from __future__ import annotations

import sys
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from django.utils import timezone
from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints

from cdp.api.wire import Incoming
from profiles.models.tag import DEFAULT_COLOR
from profiles.normalisation.names import clean_text
from profiles.records import TagRef
from profiles.sizes import check_json_size

MOST_AT_ONCE = 1000
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def _text(longest: int, shortest: int = 0) -> Any:
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest)


def _one_line(value: Any) -> Any:
    # Names are compared as they are stored: the same tag has one spelling, whoever names it.
    return clean_text(value, max_length=sys.maxsize) if isinstance(value, str) else value


def _each_once(ids: list[uuid.UUID]) -> list[uuid.UUID]:
    if len(set(ids)) < len(ids):
        raise ValueError("The same id is given twice.")
    return ids


def _moment(value: Any) -> Any:
    if not isinstance(value, (str, datetime)):
        raise ValueError("Write the time as text, such as 2026-01-31T08:30:00Z.")
    return value


def _in_living_memory(value: datetime) -> datetime:
    aware = value if timezone.is_aware(value) else timezone.make_aware(value)
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(f"Use a year from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return aware.astimezone(UTC)


JsonBody = Annotated[dict[str, Any], AfterValidator(check_json_size)]
ProfileIds = Annotated[
    list[uuid.UUID], Field(min_length=1, max_length=MOST_AT_ONCE), AfterValidator(_each_once)
]
SegmentIds = Annotated[list[uuid.UUID], Field(min_length=1, max_length=100), AfterValidator(_each_once)]
TagName = Annotated[str, BeforeValidator(_one_line), _text(60, 1)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class IdentifierBody(Incoming):
    """An external id to add to a customer."""

    source: Annotated[str, _text(40, 1)]
    source_type: Annotated[str, _text(40)] | None = None
    external_id: Annotated[str, _text(255, 1)]
    external_ref: Annotated[str, _text(300)] = ""
    match_quality: Annotated[float, Strict(), Field(ge=0, le=100)] | None = None
    is_primary: Annotated[bool, Strict()] = False
    metadata: JsonBody = {}


class ProfileIdsBody(Incoming):
    """Customers to do something to."""

    profile_ids: ProfileIds


class BulkTagsBody(ProfileIdsBody):
    """Customers, and the tags to put on them."""

    tags: Annotated[list[TagRef], Field(min_length=1, max_length=100)]


class BulkSegmentsBody(ProfileIdsBody):
    """Customers, and the segments to put them in."""

    segment_ids: SegmentIds


class EventBody(Incoming):
    """Something that happened to a customer; a time without zone is the tenant's."""

    type: Annotated[str, _text(60, 1)]
    timestamp: Annotated[datetime, BeforeValidator(_moment), AfterValidator(_in_living_memory)] | None = None
    source: Annotated[str, _text(40)] = ""
    payload: JsonBody = {}
    customer_id: Annotated[str, _text(64, 1)] | None = None


class TagBody(Incoming):
    """A tag to make."""

    name: TagName
    color: Color = DEFAULT_COLOR


class TagChangeBody(Incoming):
    """What to change about a tag."""

    name: TagName = ""
    color: Color = DEFAULT_COLOR


class SegmentBody(Incoming):
    """A segment to make."""

    name: Annotated[str, _text(100, 1)]
    description: Annotated[str, _text(500)] = ""


class SegmentChangeBody(Incoming):
    """What to change about a segment."""

    name: Annotated[str, _text(100, 1)] = ""
    description: Annotated[str, _text(500)] = ""
