"""Rows of a labelled file to records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import phonenumbers

from profiles.normalisation.blocked import is_placeholder
from profiles.normalisation.dates import date_order
from unify.matching.errors import MatchingError
from unify.matching.evaluation.columns import ORGANISATION_WORDS, ColumnMapping
from unify.matching.evaluation.reading import Row
from unify.matching.record import ORGANISATION, PERSON, PersonRecord

DEFAULT_REGION = "US"
_SAMPLE = 2_000
_SHARE_OF_A_SCRIPT = 0.2
_SCRIPTS = {"TH": ("ก", "๛"), "BD": ("\u0980", "\u09ff"), "JP": ("\u3041", "\u30ff"), "KR": ("가", "힣")}
_NAMES = ("first_name", "middle_name", "last_name", "birth_date")


class UnknownRegion(MatchingError):
    """--region names no country."""


def guess_region(rows: Sequence[Row]) -> str:
    """The country in whose script the rows are written; the United States where that tells nothing."""
    sample = rows[:_SAMPLE]
    written = Counter(
        region
        for row in sample
        for region, (first, last) in _SCRIPTS.items()
        if any(first <= character <= last for value in row.values() for character in value)
    )
    for region, count in written.most_common(1):
        if count >= _SHARE_OF_A_SCRIPT * len(sample):
            return region
    return DEFAULT_REGION


def known_region(region: str) -> str:
    """The country of that code; with one that is none, every number would silently be no phone."""
    code = region.strip().upper()
    if code not in phonenumbers.SUPPORTED_REGIONS:
        raise UnknownRegion(f"No region {region!r}; give the code of a country, such as TH or US.")
    return code


def records_of(
    rows: Sequence[Row], mapping: ColumnMapping, extras: Mapping[str, str], *, region: str, today: date
) -> Iterator[PersonRecord]:
    """One record per row, its id the row's number; `extras` are columns by the model's names for them."""
    dates = mapping.fields.get("birth_date", ())
    month_first = date_order(row.get(dates[0], "") for row in rows[:_SAMPLE]) if dates else None
    for number, row in enumerate(rows):
        cells = _Cells(row, mapping.fields)
        kind = _kind_of(cells, mapping)
        yield PersonRecord.prepare(
            str(number),
            region=region,
            today=today,
            kind=kind,
            first_name=f"{cells.text('first_name')} {cells.text('middle_name')}".strip(),
            last_name=cells.text("last_name"),
            first_reading=cells.text("first_reading"),
            last_reading=cells.text("last_reading"),
            name=cells.text("organisation") or cells.text("name"),
            company=cells.text("company"),
            emails=cells.several("email"),
            phones=cells.several("phone"),
            birth_date=cells.text("birth_date"),
            is_month_first=month_first,
            street=cells.text("street"),
            street2=cells.text("street2"),
            house=cells.text("house"),
            postal_code=cells.text("postal_code"),
            city=cells.text("city"),
            tax_id=cells.text("tax_id"),
            auth_id=cells.text("auth_id"),
            extras={name: row.get(column, "") for name, column in extras.items()},
        )


class _Cells:
    """What a row holds for a field, placeholders left out."""

    def __init__(self, row: Row, fields: Mapping[str, Sequence[str]]) -> None:
        self._row = row
        self._fields = fields

    def several(self, field: str) -> list[str]:
        values = (self._row.get(column, "") for column in self._fields.get(field, ()))
        return [value for value in values if value and not is_placeholder(value)]

    def text(self, field: str) -> str:
        return " ".join(self.several(field))


def _kind_of(cells: _Cells, mapping: ColumnMapping) -> str:
    """What the row says it is; among people a row with nothing but an organisation's name is one."""
    if kind := cells.text("type").lower():
        return ORGANISATION if kind in ORGANISATION_WORDS else PERSON
    if mapping.kind == ORGANISATION:
        return ORGANISATION
    has_name = any(cells.text(field) for field in (*_NAMES, "name"))
    return PERSON if has_name or not (cells.text("company") or cells.text("organisation")) else ORGANISATION
