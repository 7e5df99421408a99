"""What stands in the query of addresses, besides filters."""

from __future__ import annotations

import uuid
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cdp.api.paging import PageMeta, PageQuery
from cdp.api.wire import Incoming, Outgoing, QueryFlag
from profiles.api.serializers.parts import EventAnswer, SegmentAnswer, TagAnswer


class ProfileListQuery(PageQuery):
    """Which page of the customers, in which order."""

    sort_by: Literal["createdAt", "updatedAt", "name", "lastActivityAt"] = "createdAt"
    sort_order: Literal["asc", "desc"] = "desc"


class CreateQuery(Incoming):
    """Whether somebody who shares an e-mail or phone with a known customer is another customer."""

    allow_duplicate: QueryFlag = False


class SourceTypeQuery(Incoming):
    """Which kind of record an external id is of."""

    source_type: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None


class EventPage(Outgoing):
    """A page of events, newest first."""

    data: list[EventAnswer]
    meta: PageMeta


class TagPage(Outgoing):
    """A page of tags, by name."""

    data: list[TagAnswer]
    meta: PageMeta


class SegmentPage(Outgoing):
    """A page of segments, by name."""

    data: list[SegmentAnswer]
    meta: PageMeta


class BulkAnswer(Outgoing):
    """How many customers were changed, and how many ids named none."""

    updated: int
    failed: int


class StatisticsAnswer(Outgoing):
    """Numbers of customers; ``recentCreated`` are those of the last 30 days."""

    total: int
    individuals: int
    companies: int
    active: int
    inactive: int
    recent_created: int


class CompletionAnswer(Outgoing):
    """How complete a customer is, and what is missing."""

    profile_id: uuid.UUID
    completion_score: Annotated[int, Field(ge=0, le=100)]
    missing: list[str]
