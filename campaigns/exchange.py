"""Assets as files: JSON and CSV out and in, and brand kits of design tools."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext

from campaigns.choices import AssetKind
from campaigns.models import Asset
from campaigns.records import RECORDS, AssetRecord
from campaigns.snapshots import snapshot
from cdp.api.serializers import camel
from cdp.errors import Invalid
from cdp.models import Tenant

MOST_ROWS = 1000
LARGEST_FILE = 5 * 1024 * 1024
# Written into a spreadsheet, these begin a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = {"amount"}
# Which one is the default, and the parts of a container, are matters of the place they come from.
NOT_TAKEN = {"isDefault", "customerProfileId", "brandGuidelinesId", "budgetId", "externalId"}


def exported(asset: Asset) -> dict[str, Any]:
    """Return an asset in wire form, as it can be taken in again."""
    return {camel(name): value for name, value in snapshot(asset).items()}


def to_json(kind: AssetKind, assets: Iterable[Asset]) -> Iterator[str]:
    """Yield the parts of a JSON file of assets of one kind."""
    yield f'{{"kind": {json.dumps(kind)}, "assets": ['
    comma = ""
    for asset in assets:
        yield f"{comma}\n{json.dumps(exported(asset), ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def to_csv(kind: AssetKind, assets: Iterable[Asset]) -> Iterator[str]:
    """Yield the lines of a table of assets; nested values are JSON in their cell."""
    names = [camel(name) for name in RECORDS[kind].model_fields]
    yield _line(names)
    for asset in assets:
        values = exported(asset)
        yield _line([_cell(name, values.get(name)) for name in names])


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) and name not in _NUMBERS else value
    return json.dumps(value, ensure_ascii=False)


def records_from_json(kind: AssetKind, text: str, *, tenant: Tenant) -> list[AssetRecord]:
    """Read a file of assets: a list, or what ``to_json`` writes; raises Invalid naming the row."""
    _refuse_large(text)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _invalid("file", gettext("This is not JSON.")) from error
    if isinstance(content, Mapping):
        if content.get("kind", kind) != kind:
            raise _invalid("kind", gettext("This file holds another kind of assets."))
        content = content.get("assets")
    if not isinstance(content, list):
        raise _invalid("file", gettext("Send a list of objects, or an object with a list of `assets`."))
    return _records(kind, content, tenant)


def records_from_csv(kind: AssetKind, text: str, *, tenant: Tenant) -> list[AssetRecord]:
    """Read a table of assets; empty cells say nothing. Raises Invalid naming the row."""
    _refuse_large(text)
    try:
        table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        rows, head = list(table), table.fieldnames or []
    except csv.Error as error:
        raise _invalid("file", gettext("This is not CSV: %(problem)s.") % {"problem": error}) from error
    twice = next((name for name in head if head.count(name) > 1), None)
    if twice is not None:
        raise _invalid("file", gettext("The head names a column twice: %(column)s.") % {"column": twice})
    return _records(kind, [_said(kind, row) for row in rows], tenant)


def _said(kind: AssetKind, row: Mapping[str | None, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, cell in row.items():
        if name is None or isinstance(cell, list):
            raise _invalid("file", gettext("A row has more cells than the head."))
        if cell:
            said[name] = _read(cell)
    return said


def _read(cell: str) -> Any:
    text = cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
    if text[:1] in {"{", "["} or text in {"true", "false"}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def _records(kind: AssetKind, rows: list[Any], tenant: Tenant) -> list[AssetRecord]:
    if len(rows) > MOST_ROWS:
        raise _invalid("file", gettext("Send at most %(most)s at once.") % {"most": MOST_ROWS})
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(RECORDS[kind].parse(_taken(row), tenant=tenant))
        except Invalid as error:
            raise in_row(number, error) from error
    return found


def in_row(number: int, error: Invalid) -> Invalid:
    """Return what is wrong as wrong in this row of a file; the first is 1."""
    fields = {f"assets[{number - 1}].{name}": texts for name, texts in error.fields.items()}
    return Invalid(gettext("Row %(number)s is not valid.") % {"number": number}, fields=fields)


def _taken(row: Any) -> Any:
    is_object = isinstance(row, dict)
    return {name: value for name, value in row.items() if name not in NOT_TAKEN} if is_object else row


def _refuse_large(text: str) -> None:
    if len(text) > LARGEST_FILE:
        raise _invalid("file", gettext("This file is too large."))


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, fields={field: [message]})
