"""Which column of a labelled file is which field of the model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profiles.imports.columns import guess_mapping
from unify.matching.errors import MatchingError
from unify.matching.record import ORGANISATION, PERSON

FIELDS = frozenset(
    [
        "id",
        "first_name",
        "last_name",
        "first_reading",
        "last_reading",
        "middle_name",
        "name",
        "organisation",
        "company",
        "email",
        "phone",
        "birth_date",
        "house",
        "street",
        "street2",
        "postal_code",
        "city",
        "tax_id",
        "auth_id",
        "type",
        "ignore",
    ]
)
_OTHER_WORDS = {
    "given_name": "first_name", "forename": "first_name", "surname": "last_name", "family_name": "last_name",
    "full_name": "name", "display_name": "name", "organization": "organisation",
    "organisation_name": "organisation", "company_name": "company", "emails": "email", "e_mail": "email",
    "phones": "phone", "telephone": "phone", "mobile": "phone", "dob": "birth_date",
    "date_of_birth": "birth_date", "birthday": "birth_date", "address": "street", "street1": "street",
    "address1": "street", "address2": "street2", "house_number": "house", "zip": "postal_code",
    "zip_code": "postal_code", "postcode": "postal_code", "suburb": "city", "town": "city",
    "company_tax_id": "tax_id", "national_id": "tax_id", "ssn": "tax_id", "kind": "type",
}  # fmt: skip
SEVERAL = frozenset({"email", "phone", "street2"})
_FROM_IMPORT = {
    "first_name": "first_name", "last_name": "last_name", "name": "name", "display_name": "name",
    "company_name": "company", "email": "email", "emails": "email", "phone": "phone", "phones": "phone",
    "date_of_birth": "birth_date", "address.street": "street", "address.city": "city",
    "address.postal_code": "postal_code", "company_tax_id": "tax_id",
}  # fmt: skip
_HEADINGS = (
    ("house", r"(street|house|address)_?(number|num|no|nr)|number_street|house"),
    ("street2", r"(address|addr|street)(_?line)?_?2"),
    ("street", r"addr|(address|addr|street)(_?line)?(_?1|_name)?|street_address|full_address"),
    ("postal_code", r"(zip|post(al)?)_?(code)?(_?\w{0,6})?"),
    (
        "tax_id",
        r"(soc(ial)?_?sec(urity)?|ssn|national|tax|passport|identity|citizen|vat)(_?(id|no|num|number|card))*",
    ),
    ("first_reading", r"(first|given)_?name_?(kana|reading|furigana|yomi)"),
    ("last_reading", r"(last|family|sur)_?name_?(kana|reading|furigana|yomi)"),
    ("middle_name", r"(middle|midl|mid|second)_?name"),
    ("first_name", r"(given|first|fore)_?(name|names)?\d?|fname|gname"),
    ("last_name", r"(sur|last|family)_?(name|names)\d?|lname|surname\w?"),
    ("name", r"name|title|(full|person|restaurant|site|product|business|organi[sz]ation|venue)_?name"),
    ("birth_date", r"dob|(date_of_)?birth(_?date|day)?|birth_?dt"),
    ("city", r"suburb|city|town|locality|municipality|birth_?place|place"),
    ("phone", r"(tele)?phone(_?(no|num|number))?|tel|mobile"),
    ("ignore", r"(rec|record|row|unique|source|ltable|rtable|source_?record)?_?id\d?|index|unnamed.*"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern).fullmatch) for name, pattern in _HEADINGS]
_PERSONAL = frozenset({"first_name", "last_name", "birth_date", "middle_name"})
_not_word = re.compile(r"\W+")
_is_of_person = re.compile(r"(full|person(al)?|customer|contact|client|patient|member)_?name").fullmatch
_WORD = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f])+"  # vowel signs are no letters
_is_name_of_person = re.compile(rf"{_WORD}(?:[-' .\u3000]+{_WORD}){{1,4}}\.?").fullmatch
_names_a_place = re.compile(
    r"\b(?:the|of|on|at|and|caf[eé]|restaurant|bar|deli\w*|grill|hotel|inn|house|school|academy|cent(?:er|re)|shop"
    r"|store|club|church|hospital|clinic|bank|services?|group|university|college|institute|ltd|inc|co|llc|gmbh)\b",
    re.IGNORECASE,
).search
_HALF = 0.5
_MOSTLY, _FEW, _MANY_DIFFERENT = 0.9, 2, 0.98
_TYPE_HEADINGS = frozenset({"type", "kind", "record_type", "customer_type"})
PERSON_WORDS = frozenset({"person", "individual", "private", "contact", "b2c", "people"})
ORGANISATION_WORDS = frozenset(
    {"company", "organisation", "organization", "business", "corporate", "firm", "institution", "b2b"}
)
_SAMPLE = 500
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Columns per field, the further columns compared as text, and what the records are."""

    label: str
    fields: Mapping[str, tuple[str, ...]]
    extras: tuple[str, ...]
    kind: str
    ignored: tuple[str, ...] = field(default=())


class UnknownColumn(MatchingError):
    """--map or --label names a field or a column that does not exist."""


def map_columns(
    header: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    *,
    label: str,
    given: Mapping[str, Sequence[str]],
) -> ColumnMapping:
    """What was given, and guesses for the rest, by heading and by what the cells hold."""
    label = _column(header, label)
    chosen: dict[str, list[str]] = {}
    for name, columns in given.items():
        named = [_column(header, column) for column in columns]
        if label in named and _field(name) != "ignore":
            raise UnknownColumn(f"Column {label!r} says who is who: nothing may be matched by it.")
        chosen.setdefault(_field(name), []).extend(named)
    taken = {label, *(column for columns in chosen.values() for column in columns)}
    free = [column for column in header if column not in taken]
    fields = {name: list(columns) for name, columns in chosen.items() if name != "ignore"}
    for column, name in _guesses(free, rows).items():
        if name in SEVERAL or name not in fields:
            fields.setdefault(name, []).append(column)
    fields.pop("ignore", None)
    used = {column for columns in fields.values() for column in columns}
    rest = [column for column in free if column not in used]
    extras = [column for column in rest if _is_telling(column, rows)]
    return ColumnMapping(
        label=label,
        fields={name: tuple(columns) for name, columns in fields.items()},
        extras=tuple(extras),
        kind=_kind(fields, rows),
        ignored=tuple(column for column in rest if column not in extras),
    )


def _field(name: str) -> str:
    """The field of that name, or of another word for it."""
    plain = _not_word.sub("_", name.strip().lower())
    field = _OTHER_WORDS.get(plain, plain)
    if field not in FIELDS:
        raise UnknownColumn(f"No field {name!r}; the fields are {', '.join(sorted(FIELDS))}.")
    return field


def _column(header: Sequence[str], name: str) -> str:
    """The column of that name, whatever its case and the spaces around it."""
    if name in header:
        return name
    alike = [column for column in header if column.casefold() == " ".join(name.split()).casefold()]
    if not alike:
        shown = ", ".join(header[:_SHOWN]) + (", …" if len(header) > _SHOWN else "")
        raise UnknownColumn(f"The file has no column {name!r}; it has {shown}.")
    return alike[0]


def _guesses(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    sample = [[row.get(column) or "" for column in columns] for row in rows[:_SAMPLE]]
    imported = {guess.header: _FROM_IMPORT.get(guess.target) for guess in guess_mapping(columns, sample)}
    found = {}
    for column in columns:
        heading = _heading(column)
        name = next((name for name, matches in _PATTERNS if matches(heading)), None) or imported.get(column)
        if heading in _TYPE_HEADINGS and _tells_type(column, rows):
            name = "type"
        if name:
            found[column] = name
    return found


def _heading(column: str) -> str:
    return _not_word.sub("_", column.strip().lower()).strip("_")


def _tells_type(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    values = {value.lower() for row in rows[:_SAMPLE] if (value := row.get(column))}
    return bool(values & PERSON_WORDS) and bool(values & ORGANISATION_WORDS)


def _is_telling(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Not constant, not almost empty, and not a number of its own for every row."""
    values = [value for row in rows if (value := (row.get(column) or "").strip())]
    different = len({value.lower() for value in values})
    if different < _FEW or len(values) < len(rows) / 50:
        return False
    return different < _MANY_DIFFERENT * len(values) or any(" " in value for value in values[:_SAMPLE])


def _kind(fields: Mapping[str, Sequence[str]], rows: Sequence[Mapping[str, str]]) -> str:
    if _PERSONAL & fields.keys():
        return PERSON
    if "organisation" in fields or "name" not in fields:
        return ORGANISATION
    column = fields["name"][0]
    names = [value for row in rows[:_SAMPLE] if (value := (row.get(column) or "").strip())]
    persons = sum(bool(_is_name_of_person(name)) and not _names_a_place(name) for name in names)
    most = _HALF if _is_of_person(_heading(column)) else _MOSTLY
    return PERSON if names and persons >= most * len(names) else ORGANISATION
