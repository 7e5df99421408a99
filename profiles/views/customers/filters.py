"""The filters above the list, and the chips that say which are set."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.choices import LifecycleStage, ProfileStatus, ProfileType
from profiles.listing import ListFilter, list_filters, list_sorts
from profiles.models import Segment, Tag
from profiles.sources import known_sources
from profiles.views.customers.counts import Count, numbers_of
from profiles.views.customers.query import RECENT, VISIBLE, ListQuery

Text = str | Promise
Choices = Iterable[tuple[str, Text]]
L = TypeVar("L", Tag, Segment)
MOST_OFFERED = 100

SORT_LABELS: list[tuple[str, Text]] = [
    ("-created", _("Newest first")),
    ("created", _("Oldest first")),
    ("-activity", _("Last activity")),
    ("activity", _("Longest without activity")),
    ("name", _("Name A–Z")),
    ("-name", _("Name Z–A")),
]
LABELS: dict[str, Text] = {
    "q": _("Search"),
    "type": _("Type"),
    "status": _("Status"),
    "stage": _("Stage"),
    "tag": _("Tag"),
    "segment": _("Segment"),
    "source": _("Source"),
    "created": _("Added"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value a filter can have; ``number`` is None where counting would be dear."""

    value: str
    label: Text
    is_chosen: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A menu of values."""

    name: str
    label: Text
    options: tuple[Option, ...]

    @property
    def is_set(self) -> bool:
        """Tell whether a value is chosen."""
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address of the list without it."""

    label: Text
    value: Text
    address: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The tags and segments menus offer, those of the address included."""

    tags: tuple[Tag, ...]
    segments: tuple[Segment, ...]


def labels(query: ListQuery) -> Labels:
    """Return the first tags and segments by name, and the ones the address names."""
    return Labels(_offered(Tag, query.tag), _offered(Segment, query.segment))


def filters(request: HttpRequest, query: ListQuery, found: list[Count], offered: Labels) -> list[Filter]:
    """Return the menus."""
    statuses = [(value, label) for value, label in ProfileStatus.choices if value in VISIBLE]
    return [
        _counted("type", query, ProfileType.choices, numbers_of(found, "type")),
        _counted("status", query, statuses, numbers_of(found, "status")),
        _counted("stage", query, LifecycleStage.choices, numbers_of(found, "stage")),
        _plain("tag", query, [(str(tag.pk), tag.name) for tag in offered.tags]),
        _plain("segment", query, [(str(segment.pk), segment.name) for segment in offered.segments]),
        _plain("source", query, _sources(query)),
        *(_added(name, added, request, query) for name, added in list_filters.items() if added.choices),
    ]


def sort_labels() -> list[tuple[str, Text]]:
    """Return the orders the menu offers."""
    return [*SORT_LABELS, *((f"-{name}", sort.label) for name, sort in list_sorts.items())]


def hidden(query: ListQuery) -> dict[str, str]:
    """Return what is set and has no menu: the form hands it on."""
    menus = {name for name, added in list_filters.items() if added.choices}
    return {name: value for name, value in query.more if name not in menus}


def _added(name: str, added: ListFilter, request: HttpRequest, query: ListQuery) -> Filter:
    chosen = query.filters.get(name, "")
    offered = added.choices(request) if added.choices is not None else ()
    return Filter(name, added.label, tuple(Option(value, label, value == chosen) for value, label in offered))


def chips(request: HttpRequest, query: ListQuery, offered: Labels) -> list[Chip]:
    """Return what is set, in words."""
    words: dict[str, Mapping[str, Text]] = {
        "type": dict(ProfileType.choices),
        "status": dict(ProfileStatus.choices),
        "stage": dict(LifecycleStage.choices),
        "tag": {str(tag.pk): tag.name for tag in offered.tags},
        "segment": {str(segment.pk): segment.name for segment in offered.segments},
        "created": {RECENT: _("in the last 30 days")},
    }
    for name, value in query.more:
        added = list_filters.get(name)
        words[name] = {value: added.words(request, value)} if added is not None else {}
    return [
        Chip(_label(name), words.get(name, {}).get(value, _word(name, value)), query.address(**{name: ""}))
        for name, value in query.filters.items()
    ]


def _label(name: str) -> Text:
    found = list_filters.get(name)
    return found.label if found is not None else LABELS[name]


def _word(name: str, value: str) -> Text:
    return _("unknown") if name in {"tag", "segment"} else value


def _offered(model: type[L], chosen: str) -> tuple[L, ...]:
    rows = list(model._default_manager.order_by("name")[:MOST_OFFERED])
    if chosen and all(str(row.pk) != chosen for row in rows):
        rows += model._default_manager.filter(Q(pk=uuid.UUID(chosen)))
    return tuple(rows)


def _sources(query: ListQuery) -> list[tuple[str, str]]:
    known = known_sources()
    named = [*known, query.source] if query.source and query.source not in known else known
    return [(source, source) for source in named]


def _counted(
    name: str, query: ListQuery, choices: Iterable[tuple[str, Text]], numbers: Mapping[str, int]
) -> Filter:
    chosen = getattr(query, name)
    options = (Option(value, label, value == chosen, numbers.get(value, 0)) for value, label in choices)
    return Filter(name, LABELS[name], tuple(options))


def _plain(name: str, query: ListQuery, choices: Iterable[tuple[str, Text]]) -> Filter:
    chosen = getattr(query, name)
    return Filter(
        name, LABELS[name], tuple(Option(value, label, value == chosen) for value, label in choices)
    )
