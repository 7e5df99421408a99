"""The records side by side: a column each, a line per field, and what would be kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from profiles.choices import ProfileType
from profiles.completion import completion_score
from profiles.models import Profile
from unify.fields import column_of, label_of, rule_words, value_in_words
from unify.merging.choices import MergeStrategy
from unify.merging.previews import FieldChoice, MergePreview
from unify.merging.relations import moving_relations
from unify.merging.survivorship import ONLY
from unify.merging.values import is_empty
from unify.views.comparing.choices import Chosen
from unify.views.comparing.plain import plain_value
from unify.views.differences import Piece, marked

_DIFFERENT = re.compile(r"They differ in ([\w.]+)\.")
ORDER = (
    *("name", "first_name", "last_name", "display_name", "email", "phone", "date_of_birth", "gender"),
    *("address.street", "address.city", "address.state", "address.postalCode", "address.country"),
    *("company_name", "company_tax_id", "type"),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One record as a column."""

    number: int
    profile: Profile
    sources: tuple[str, ...]
    completeness: int
    is_winner: bool
    is_member: bool

    @property
    def is_company(self) -> bool:
        """Tell whether it is a company's record."""
        return self.profile.type == ProfileType.COMPANY


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record says in one field, since when and from where."""

    side: Side
    text: str
    pieces: Sequence[Piece]
    is_chosen: bool
    source: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One field across all records."""

    name: str
    label: str
    cells: Sequence[Cell]
    result: str
    rule: str
    can_choose: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What differs, what one record alone knows, what all say alike, and what moves along."""

    sides: Sequence[Side]
    differing: Sequence[Line]
    lone: Sequence[Line]
    equal: Sequence[Line]
    moved: Sequence[tuple[str, int]]
    warnings: Sequence[str]
    chosen: Chosen
    strategies: Sequence[tuple[str, str]]

    @property
    def winner(self) -> Side:
        """Return the record that survives."""
        return next(side for side in self.sides if side.is_winner)

    @property
    def groups(self) -> list[tuple[str, str, Sequence[Line]]]:
        """Return the lines under their headings."""
        found = [
            ("differs", _("What differs"), self.differing),
            ("lone", _("What only one of them knows"), self.lone),
            ("equal", _("The same in all"), self.equal),
        ]
        return [group for group in found if group[2]]


def table_of(profiles: Sequence[Profile], preview: MergePreview, chosen: Chosen, region: str) -> Table:
    """Lay the records out; identifiers and tags are prefetched."""
    sides = [_side(number, profile, chosen) for number, profile in enumerate(profiles, start=1)]
    lines: dict[str, list[Line]] = {"differs": [], "lone": [], "equal": []}
    # Metadata is what programs note for themselves: nothing for people to tell customers by.
    for field in sorted((one for one in preview.fields if not one.name.startswith("metadata.")), key=_place):
        line = _line(field, sides, region)
        if any(cell.text for cell in line.cells) or line.result:
            lines[_kind(field, line)].append(line)
    return Table(
        sides=sides,
        differing=lines["differs"],
        lone=lines["lone"],
        equal=lines["equal"],
        moved=_moved(preview),
        warnings=[_warning(text) for text in preview.warnings],
        chosen=chosen,
        strategies=[(value, str(label)) for value, label in MergeStrategy.choices],
    )


def _warning(text: str) -> str:
    """Return a warning with the field under the name people know; programs are told its name on the wire."""
    named = _DIFFERENT.fullmatch(text)
    return _("They differ in: %(field)s") % {"field": label_of(named[1]).lower()} if named else text


def _moved(preview: MergePreview) -> list[tuple[str, int]]:
    labels = {relation.name: relation.label for relation in moving_relations()}
    return [(labels.get(name, name), number) for name, number in preview.moved.items() if number]


def _place(field: FieldChoice) -> tuple[int, str]:
    """Return where a field stands: those people know each other by come first."""
    column = column_of(field.name)
    return (ORDER.index(column) if column in ORDER else len(ORDER), column)


def _side(number: int, profile: Profile, chosen: Chosen) -> Side:
    named = [profile.primary_source, *(one.source for one in profile.identifiers.all())]
    return Side(
        number=number,
        profile=profile,
        sources=tuple(dict.fromkeys(source for source in named if source)),
        completeness=completion_score(profile),
        is_winner=profile.pk == chosen.winner,
        is_member=profile.pk in chosen.members,
    )


def _kind(field: FieldChoice, line: Line) -> str:
    if field.differs:
        return "differs"
    return "equal" if all(cell.text for cell in line.cells if cell.side.is_member) else "lone"


def _line(field: FieldChoice, sides: Sequence[Side], region: str) -> Line:
    texts = [value_in_words(field.name, _value(field, side), region) for side in sides]
    first = next((text for text in texts if text), "")
    cells = [
        _cell(field, side, text, _other(texts, number, first), region)
        for number, (side, text) in enumerate(zip(sides, texts, strict=True))
    ]
    return Line(
        name=field.name,
        label=label_of(field.name),
        cells=cells,
        result=value_in_words(field.name, field.chosen, region),
        rule=rule_in_words(field, sides),
        can_choose=field.differs and field.chosen_from is not None,
    )


def _value(field: FieldChoice, side: Side) -> Any:
    """Return what a record says; one without a mark is no part of the merge, and keeps what it says."""
    values = field.values
    return values.get(side.profile.pk) if side.is_member else plain_value(side.profile, field.name)


def _other(texts: Sequence[str], number: int, first: str) -> str:
    """Return the text a value is compared with: the first one; the first one itself with the next."""
    if texts[number] != first:
        return first
    return next((text for text in texts if text and text != first), first)


def _cell(field: FieldChoice, side: Side, text: str, other: str, region: str) -> Cell:
    said = field.said.get(side.profile.pk, {})
    return Cell(
        side=side,
        text=text,
        pieces=marked(text, other) if field.differs else [Piece(text)],
        is_chosen=field.chosen_from == side.profile.pk,
        source=str(said.get("source") or side.profile.primary_source),
        at=_moment(said.get("at")) or side.profile.created_at,
    )


def _moment(text: object) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None


def rule_in_words(field: FieldChoice, sides: Sequence[Side] = ()) -> str:
    """Return why a value is kept."""
    winner = next((side.profile.pk for side in sides if side.is_winner), field.chosen_from)
    why = rule_words(field.rule, is_survivors=field.chosen_from == winner)
    if field.rule == ONLY and sum(not is_empty(value) for value in field.values.values()) > 1:
        why = _("the other is only what everybody starts with")
    number = next((side.number for side in sides if side.profile.pk == field.chosen_from), None)
    if not field.differs or not why:
        return ""
    return _("from %(number)s: %(why)s") % {"number": number, "why": why} if number else why
