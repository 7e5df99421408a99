"""Rows of a table into records, by the columns' mapping."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.identity import IdentifierHint
from profiles.imports.choices import OnInvalid
from profiles.imports.columns import ATTRIBUTE_PREFIX, IGNORE
from profiles.imports.incoming.blocking import Blocking
from profiles.imports.incoming.cells import ADDRESS_KEYS, Cleaner, attribute, cleaners
from profiles.imports.incoming.row import Incoming, Problem, Refused
from profiles.imports.matching.person import DAYS
from profiles.imports.reading import Row, RowError
from profiles.normalisation.blocked import BlockedValues, is_placeholder
from profiles.normalisation.errors import InvalidValue
from profiles.records import TagRef

NOBODY = gettext_noop(
    "Nothing in this row says who the customer is: give an ID, an e-mail, a phone or a name."
)
LEFT_OUT = Sentence(gettext_noop("%(column)s was left out: %(problem)s"), ours=("problem",))
_ADDRESS_PREFIX = "address."
# Text that begins with one of these is taken for a formula, unless an apostrophe stands before it.
_FORMULA_SIGNS = frozenset("=+-@\t\r")
# Fields in which "n/a" and its like mean that there is nothing; people may well be called Null.
_MAY_BE_PLACEHOLDER = frozenset(
    [
        *("profile_id", "email", "emails", "phone", "phones", "date_of_birth", "anniversary_date", "gender"),
        *("marital_status", "type", "lifecycle_stage"),
    ]
)


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How the cells of one import are to be understood."""

    header: Sequence[str]
    targets: Sequence[str]
    source: str
    source_type: str
    region: str
    today: date
    blocked: BlockedValues
    on_invalid: str = OnInvalid.REJECT
    is_month_first: bool | None = None
    is_workbook: bool = False


class TableParser:
    """Turns rows into records; made once per import, called once per row."""

    def __init__(self, form: TableFormat) -> None:
        self._form = form
        self._blocking = Blocking(form.blocked)
        self._seal = f"{form.source}\x1f{form.source_type}"
        # What is read differently says something else, and is to be applied once more.
        self._reading = "\x1f".join([*form.targets, form.on_invalid, str(form.is_month_first), form.region])
        known = cleaners(
            region=form.region,
            today=form.today,
            is_month_first=form.is_month_first,
            is_workbook=form.is_workbook,
        )
        self._columns: list[tuple[int, str, Cleaner, _Place]] = [
            (index, target, known.get(target, attribute), _place_of(target, form))
            for index, target in enumerate(form.targets)
            if target != IGNORE
        ]

    def parse(self, row: Row | RowError) -> Incoming | Refused:
        """Return the record, or why there is none."""
        if isinstance(row, RowError):
            return Refused(row.row_no, [Problem("", "", row.message)], row.line_no)
        record = Incoming(row.row_no, line_no=row.line_no)
        problems: list[Problem] = []
        values = row.values
        for index, target, clean, place in self._columns:
            raw = values[index]
            if not raw:
                continue
            if raw[0] == "'" and raw[1:2] in _FORMULA_SIGNS:
                raw = raw[1:]
            try:
                value = clean(raw)
            except InvalidValue as error:
                if not (target in _MAY_BE_PLACEHOLDER and is_placeholder(raw)):
                    problems.append(Problem(target, self._form.header[index], error.message))
                continue
            if value:
                place(record, value)
        return self._finish(record, problems, values)

    def _finish(self, record: Incoming, problems: list[Problem], values: Sequence[str]) -> Incoming | Refused:
        if problems:
            if self._form.on_invalid == OnInvalid.REJECT:
                return Refused(record.row_no, problems, record.line_no)
            for problem in problems:
                record.note(LEFT_OUT(column=problem.column, problem=problem.message))
        self._blocking.settle(record)
        if not record.is_somebody:
            return Refused(record.row_no, problems or [Problem("", "", NOBODY)], record.line_no)
        said = "\x1f".join([values[index] for index, *_ in self._columns])
        record.seal(self._seal, f"{self._reading}\x1e{said}")
        return record


_Place = Callable[[Incoming, Any], None]


def _place_of(target: str, form: TableFormat) -> _Place:
    """Return what puts a clean value of the target where it belongs in a record."""
    if target == "external_id":
        return _identifier_placer(form.source, form.source_type or None)
    if target.startswith(_ADDRESS_PREFIX):
        return _tree_placer("address", ADDRESS_KEYS[target.removeprefix(_ADDRESS_PREFIX)])
    if target.startswith(ATTRIBUTE_PREFIX):
        return _tree_placer("attributes", target.removeprefix(ATTRIBUTE_PREFIX))
    return _SPECIAL.get(target) or _value_placer(target)


def _value_placer(name: str) -> _Place:
    def place(record: Incoming, value: Any) -> None:
        record.values[name] = value

    return place


def _identifier_placer(source: str, source_type: str | None) -> _Place:
    def place(record: Incoming, value: str) -> None:
        record.identifiers = [IdentifierHint(source, value, source_type)]

    return place


def _tree_placer(tree: str, key: str) -> _Place:
    def place(record: Incoming, value: str) -> None:
        trees = record.trees
        if tree in trees:
            trees[tree][key] = value
        else:
            trees[tree] = {key: value}

    return place


def _set_email(record: Incoming, value: str) -> None:
    record.email = value


def _set_phone(record: Incoming, value: str) -> None:
    record.phone = value


def _add_email(record: Incoming, value: str) -> None:
    record.emails = [*record.emails, (value, "", "")]


def _add_phone(record: Incoming, value: str) -> None:
    record.phones = [*record.phones, (value, "", "")]


def _set_own_id(record: Incoming, value: uuid.UUID) -> None:
    record.profile_id = value


def _set_member_id(record: Incoming, value: str) -> None:
    record.exact_ids = [("member_id", value)]


def _day_placer(whole: str, partial: str) -> _Place:
    def place(record: Incoming, value: date | str) -> None:
        record.values[partial if isinstance(value, str) else whole] = value

    return place


def _add_tags(record: Incoming, value: list[TagRef]) -> None:
    record.tags = [*record.tags, *value]


_SPECIAL: dict[str, _Place] = {
    "email": _set_email,
    "phone": _set_phone,
    "emails": _add_email,
    "phones": _add_phone,
    "profile_id": _set_own_id,
    "member_id": _set_member_id,
    "tags": _add_tags,
    **{whole: _day_placer(whole, partial) for whole, partial in DAYS.items()},
}
