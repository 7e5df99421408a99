"""The interactions of a customer, newest first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.utils import timezone

from cdm.call_outcomes import OUTCOMES
from cdm.choices import Direction, InteractionType
from cdm.models import Interaction
from cdm.panels.streams import ICONS
from profiles.keyset import Order, first_page, page_after
from profiles.panels import PanelContext
from profiles.panels.timeline import Choice

PAGE_SIZE = 20
NEWEST_FIRST = Order("occurred_at")


@dataclass(frozen=True, slots=True)
class Talk:
    """One interaction as the page shows it."""

    row: Interaction
    icon: str
    is_edited: bool


@dataclass(frozen=True, slots=True)
class TalkDay:
    """The interactions of one day."""

    on: date
    talks: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class Conversations:
    """One page of interactions, and what the form offers."""

    days: tuple[TalkDay, ...]
    type: str
    types: tuple[Choice, ...]
    directions: tuple[Choice, ...]
    outcomes: tuple[str, ...]
    older: str
    is_first: bool
    is_logging: bool


def conversations(context: PanelContext) -> Conversations:
    """Return the page of interactions the parameters ask for."""
    type_ = context.params.get("type", "")
    type_ = type_ if type_ in InteractionType.values else ""
    rows = Interaction.objects.filter(profile_id=context.profile.pk).select_related("agent__user")
    if type_:
        rows = rows.filter(type=type_)
    position = NEWEST_FIRST.read(context.params.get("before", ""))
    page = (
        first_page(rows, NEWEST_FIRST, PAGE_SIZE)
        if position is None
        else page_after(rows, NEWEST_FIRST, position, PAGE_SIZE)
    )
    edited = id_in(context.params.get("edit", ""))
    older = {"type": type_, "before": page.next}
    return Conversations(
        days=_days([Talk(row, _icon(row), row.pk == edited) for row in page.rows]),
        type=type_,
        types=tuple(Choice(value, label) for value, label in InteractionType.choices),
        directions=tuple(Choice(value, label) for value, label in Direction.choices),
        outcomes=_outcomes(page.rows),
        older=urlencode({key: value for key, value in older.items() if value}) if page.next else "",
        is_first=position is None,
        is_logging="log" in context.params,
    )


def id_in(text: str) -> uuid.UUID | None:
    """Return the id an address names, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _outcomes(rows: Iterable[Interaction]) -> tuple[str, ...]:
    """Return what the form suggests: the usual outcomes, and those this customer's talks had."""
    usual = [str(outcome.label) for outcome in OUTCOMES]
    return tuple(dict.fromkeys([*usual, *(row.outcome for row in rows if row.outcome)]))


def _icon(row: Interaction) -> str:
    return ICONS.get(InteractionType(row.type), "chat")


def _days(talks: list[Talk]) -> tuple[TalkDay, ...]:
    grouped = groupby(talks, key=lambda talk: timezone.localtime(talk.row.occurred_at).date())
    return tuple(TalkDay(on, tuple(of_day)) for on, of_day in grouped)
