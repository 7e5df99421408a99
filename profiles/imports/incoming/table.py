"""Rows of a table into records, by the columns' mapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from profiles.identity import IdentifierHint
from profiles.imports.choices import OnInvalid
from profiles.imports.columns import ATTRIBUTE_PREFIX, IGNORE
from profiles.imports.incoming.blocking import drop_blocked_ids, settle_contact_points
from profiles.imports.incoming.cells import ADDRESS_KEYS, Cleaner, attribute, cleaners
from profiles.imports.incoming.row import Incoming, Problem, Refused
from profiles.imports.reading import Row, RowError
from profiles.normalisation.blocked import BlockedValues, is_placeholder
from profiles.normalisation.errors import InvalidValue

NOBODY = "Nothing in this row says who the customer is: give an ID, an e-mail, a phone or a name."
_ADDRESS_PREFIX = "address."
# Fields in which "n/a" and its like mean that there is nothing; people may well be called Null.
_MAY_BE_PLACEHOLDER = frozenset(
    ["email", "emails", "phone", "phones", "date_of_birth", "gender", "type", "lifecycle_stage"]
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
        self._seal = f"{form.source}\x1f{form.source_type}"
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
            return Refused(row.row_no, [Problem("", "", row.message)])
        record = Incoming(row.row_no)
        problems: list[Problem] = []
        values = row.values
        for index, target, clean, place in self._columns:
            raw = values[index]
            if not raw:
                continue
            try:
                value = clean(raw)
            except InvalidValue as error:
                if not (target in _MAY_BE_PLACEHOLDER and is_placeholder(raw)):
                    problems.append(Problem(target, self._form.header[index], error.message))
                continue
            if value:
                place(record, value)
        return self._finish(record, problems)

    def _finish(self, record: Incoming, problems: list[Problem]) -> Incoming | Refused:
        if problems:
            if self._form.on_invalid == OnInvalid.REJECT:
                return Refused(record.row_no, problems)
            record.notes.extend(f"{problem.column} was left out: {problem.message}" for problem in problems)
        settle_contact_points(record, self._form.blocked)
        if record.identifiers or record.exact_ids:
            drop_blocked_ids(record, self._form.blocked)
        if not record.is_somebody:
            return Refused(record.row_no, problems or [Problem("", "", NOBODY)])
        record.seal(self._seal)
        return record


_Place = Callable[[Incoming, Any], None]


def _place_of(target: str, form: TableFormat) -> _Place:
    """Return what puts a clean value of the target where it belongs in a record."""
    if target == "external_id":
        return lambda record, value: record.identifiers.append(
            IdentifierHint(form.source, value, form.source_type or None)
        )
    if target.startswith(_ADDRESS_PREFIX):
        key = ADDRESS_KEYS[target.removeprefix(_ADDRESS_PREFIX)]
        return lambda record, value: record.trees.setdefault("address", {}).update({key: value})
    if target.startswith(ATTRIBUTE_PREFIX):
        name = target.removeprefix(ATTRIBUTE_PREFIX)
        return lambda record, value: record.trees.setdefault("attributes", {}).update({name: value})
    if target in {"emails", "phones"}:
        return lambda record, value: getattr(record, target).append((value, "", form.source))
    return _SPECIAL.get(target) or (lambda record, value: record.values.__setitem__(target, value))


def _set_email(record: Incoming, value: str) -> None:
    record.email = value


def _set_phone(record: Incoming, value: str) -> None:
    record.phone = value


_SPECIAL: dict[str, _Place] = {
    "email": _set_email,
    "phone": _set_phone,
    "member_id": lambda record, value: record.exact_ids.__setitem__("member_id", value),
    "tags": lambda record, value: record.tags.extend(value),
}
