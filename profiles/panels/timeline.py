"""What happened, newest first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from profiles.keyset import Order, first_page, page_after
from profiles.models import CustomerEvent
from profiles.panels import PanelContext, Text
from profiles.panels.sentences import sentence, type_label
from profiles.panels.trees import Node, tree_of

PAGE_SIZE = 30
# The filters offer what the latest events are of: reading all of them would cost more the longer the history.
KINDS_LOOKED_AT = 100
LONGEST_FILTER = 60
NEWEST_FIRST = Order("timestamp")


@dataclass(frozen=True, slots=True)
class Moment:
    """One event, told."""

    id: uuid.UUID
    at: datetime
    icon: str
    text: Text
    type: str
    source: str
    details: Node


@dataclass(frozen=True, slots=True)
class Day:
    """The events of one day in the tenant's time zone."""

    on: date
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of events."""

    days: tuple[Day, ...]
    types: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    type: str
    source: str
    older: str
    is_first: bool

    @property
    def is_filtered(self) -> bool:
        """Tell whether some events are left out."""
        return bool(self.type or self.source)


def timeline(context: PanelContext) -> Timeline:
    """Return the page of events the parameters ask for."""
    events = CustomerEvent.objects.filter(profile_id=context.profile.pk)
    types, sources = _kinds(events)
    type_, source = _asked(context, "type"), _asked(context, "source")
    shown = events
    if type_:
        shown = shown.filter(type=type_)
    if source:
        shown = shown.filter(source=source)
    position = NEWEST_FIRST.read(context.params.get("before", ""))
    page = (
        first_page(shown, NEWEST_FIRST, PAGE_SIZE)
        if position is None
        else page_after(shown, NEWEST_FIRST, position, PAGE_SIZE)
    )
    older = {"type": type_, "source": source, "before": page.next}
    return Timeline(
        days=_days([_moment(event, context.tenant.currency) for event in page.rows]),
        types=_choices(types, type_),
        sources=tuple(Choice(name, name) for name in sorted({*sources, source} - {""})),
        type=type_,
        source=source,
        older=urlencode({key: value for key, value in older.items() if value}) if page.next else "",
        is_first=position is None,
    )


def _asked(context: PanelContext, name: str) -> str:
    value = context.params.get(name, "")
    return "" if "\x00" in value or len(value) > LONGEST_FILTER else value


def _kinds(events: QuerySet[CustomerEvent]) -> tuple[set[str], set[str]]:
    latest = events.order_by("-timestamp", "-id").values_list("type", "source")[:KINDS_LOOKED_AT]
    pairs = set(latest)
    return {type_ for type_, _ in pairs}, {source for _, source in pairs}


def _choices(types: set[str], chosen: str) -> tuple[Choice, ...]:
    found = [Choice(value, type_label(value)) for value in {*types, chosen} - {""}]
    return tuple(sorted(found, key=lambda choice: choice.label))


def _moment(event: CustomerEvent, currency: str) -> Moment:
    told = sentence(event.type, event.payload, currency=currency)
    return Moment(
        id=event.pk,
        at=event.timestamp,
        icon=told.icon,
        text=told.text,
        type=event.type,
        source=event.source,
        details=tree_of(event.payload),
    )


def _days(moments: list[Moment]) -> tuple[Day, ...]:
    grouped = groupby(moments, key=lambda moment: timezone.localtime(moment.at).date())
    return tuple(Day(on, tuple(of_day)) for on, of_day in grouped)
