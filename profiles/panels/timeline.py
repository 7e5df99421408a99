"""What happened, newest first: every kind of thing in one list."""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from profiles.keyset import Order, Position, first_page, page_after
from profiles.models import CustomerEvent
from profiles.panels import PanelContext, Text
from profiles.panels.sentences import type_label
from profiles.panels.streams import EVENTS, Moment, Stream, streams

PAGE_SIZE = 30
# The filters offer what the latest events are of: reading all of them would cost more the longer the history.
KINDS_LOOKED_AT = 100
LONGEST_FILTER = 60
NEWEST_FIRST = Order("timestamp")


@dataclass(frozen=True, slots=True)
class Day:
    """The events of one day in the tenant's time zone."""

    on: date
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of what happened."""

    days: tuple[Day, ...]
    kinds: tuple[Choice, ...]
    types: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    kind: str
    type: str
    source: str
    older: str
    is_first: bool

    @property
    def is_filtered(self) -> bool:
        """Tell whether something is left out."""
        return bool(self.kind or self.type or self.source)


def timeline(context: PanelContext) -> Timeline:
    """Return the page the parameters ask for: the newest of every stream, merged."""
    allowed = {key: stream for key, stream in streams.items() if context.may(stream.code)}
    kind, type_, source = (_asked(context, name) for name in ("kind", "type", "source"))
    kind = kind if kind in allowed else ""
    types, sources = _named(context)
    position = NEWEST_FIRST.read(context.params.get("before", ""))
    chosen = [stream for key, stream in allowed.items() if kind in {"", key}]
    moments = _newest(context, chosen, type_, source, position)
    shown = moments[:PAGE_SIZE]
    before = Position(shown[-1].at, shown[-1].id).encode() if len(moments) > PAGE_SIZE else ""
    older = {"kind": kind, "type": type_, "source": source, "before": before}
    return Timeline(
        days=_days(shown),
        kinds=tuple(Choice(key, stream.label) for key, stream in allowed.items()),
        types=_choices(types, type_),
        sources=tuple(Choice(name, name) for name in sorted({*sources, source} - {""})),
        kind=kind,
        type=type_,
        source=source,
        older=urlencode({key: value for key, value in older.items() if value}) if before else "",
        is_first=position is None,
    )


def _newest(
    context: PanelContext, chosen: Iterable[Stream], type_: str, source: str, position: Position | None
) -> list[Moment]:
    """Return one moment more than a page holds, of all streams together."""
    staying = [one for one in chosen if (one.type or not type_) and (one.source or not source)]
    told = [
        _of_stream(context, stream, _rows(stream, staying, context), type_, source, position)
        for stream in staying
    ]
    merged = heapq.merge(*told, key=_place, reverse=True)
    return list(islice(merged, PAGE_SIZE + 1))


def _rows(stream: Stream, beside: Iterable[Stream], context: PanelContext) -> QuerySet[Any, Any]:
    """Return the rows of a stream; of events, those that no other stream on the page tells as well."""
    rows = stream.rows(context)
    for other in beside if stream is EVENTS else ():
        if other.without_told is not None:
            rows = other.without_told(rows)
    return rows


def _of_stream(
    context: PanelContext,
    stream: Stream,
    rows: QuerySet[Any, Any],
    type_: str,
    source: str,
    position: Position | None,
) -> list[Moment]:
    for column, value in ((stream.type, type_), (stream.source, source)):
        if value:
            rows = rows.filter(**{column: value})
    size = PAGE_SIZE + 1
    page = (
        first_page(rows, stream.order, size)
        if position is None
        else page_after(rows, stream.order, position, size)
    )
    return [stream.tell(row, context) for row in page.rows]


def _place(moment: Moment) -> tuple[datetime, uuid.UUID]:
    return moment.at, moment.id


def _asked(context: PanelContext, name: str) -> str:
    value = context.params.get(name, "")
    return "" if "\x00" in value or len(value) > LONGEST_FILTER else value


def _named(context: PanelContext) -> tuple[set[str], set[str]]:
    """Return the types and sources of the latest events."""
    events = CustomerEvent.objects.filter(profile_id=context.profile.pk)
    pairs = set(events.order_by("-timestamp", "-id").values_list("type", "source")[:KINDS_LOOKED_AT])
    return {type_ for type_, _ in pairs}, {source for _, source in pairs}


def _choices(types: set[str], chosen: str) -> tuple[Choice, ...]:
    found = [Choice(value, type_label(value)) for value in {*types, chosen} - {""}]
    return tuple(sorted(found, key=lambda choice: str(choice.label)))


def _days(moments: list[Moment]) -> tuple[Day, ...]:
    grouped = groupby(moments, key=lambda moment: timezone.localtime(moment.at).date())
    return tuple(Day(on, tuple(of_day)) for on, of_day in grouped)
