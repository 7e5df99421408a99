"""A labelled CSV, plain or compressed, to records and their labels."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from profiles.normalisation.blocked import is_placeholder
from profiles.normalisation.dates import date_order
from unify.matching.errors import MatchingError
from unify.matching.evaluation.columns import ColumnMapping
from unify.matching.record import ORGANISATION, PersonRecord

Row = Mapping[str, str]
_GZIP = b"\x1f\x8b"
_SAMPLE = 2_000


class UnreadableFile(MatchingError):
    """The file is no CSV with a header and rows."""


def read_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows; compression is told by the content, the encoding is UTF-8 or else Latin-1."""
    try:
        content = path.read_bytes()
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
    except (OSError, EOFError) as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    sample = text[:10_000]
    try:
        delimiter = csv.Sniffer().sniff(sample.partition("\n")[0], delimiters=",;\t|").delimiter
    except csv.Error:
        delimiter = ","
    reader = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, restval="")
    rows = [{key: value for key, value in row.items() if isinstance(value, str)} for row in reader]
    if not rows or not reader.fieldnames:
        raise UnreadableFile(f"{path.name} has no rows under a header.")
    return list(reader.fieldnames), rows


def records_of(
    rows: Sequence[Row], mapping: ColumnMapping, extras: Mapping[str, str], *, region: str, today: date
) -> Iterator[PersonRecord]:
    """One record per row, its id the row's number; `extras` are columns by the model's names for them."""
    fields = mapping.fields
    dates = fields.get("birth_date", ())
    month_first = date_order(row.get(dates[0], "") for row in rows[:_SAMPLE]) if dates else None

    for number, row in enumerate(rows):

        def text(field: str, row: Row = row) -> str:
            values = (row.get(column, "").strip() for column in fields.get(field, ()))
            return " ".join(value for value in values if value and not is_placeholder(value))

        def many(field: str, row: Row = row) -> list[str]:
            return [row.get(column, "") for column in fields.get(field, ())]

        yield PersonRecord.prepare(
            str(number),
            region=region,
            today=today,
            kind=mapping.kind,
            first_name=f"{text('first_name')} {text('middle_name')}".strip(),
            last_name=text("last_name"),
            name=text("organisation") or text("name"),
            company=text("company"),
            emails=many("email"),
            phones=many("phone"),
            birth_date=text("birth_date"),
            is_month_first=month_first,
            street=text("street"),
            street2=text("street2"),
            house=text("house"),
            postal_code=text("postal_code"),
            city=text("city"),
            tax_id=text("tax_id"),
            extras={name: row.get(column, "") for name, column in extras.items()},
        )


def is_of_organisations(mapping: ColumnMapping) -> bool:
    return mapping.kind == ORGANISATION
