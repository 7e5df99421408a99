"""The rows that were not imported, as a file to mend and import again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from django.utils.translation import override

from cdp.sentences import translated
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import RowAction
from profiles.imports.columns.computed import REASON, ROW
from profiles.imports.errors import FileGone
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.staging import raw_header, raw_rows

_MOST_AT_ONCE = 2_000
_starts_formula = re.compile(r"[=+\-@\t\r]").match
# "+66 81 234 5678" and "-12.5" are what they are; a spreadsheet computes nothing from them.
_is_number = re.compile(r"[+-][\d\s().,/-]*").fullmatch


def error_rows(run: ImportRun) -> Iterator[list[str]]:
    """Yield the header, then every row that was not imported: as it stands in the file, and why.

    When the file is no longer kept, numbers and reasons are all there is.
    """
    try:
        header = raw_header(run)
        rows = _with_originals(run)
        first = next(rows, None)
    except FileGone:
        yield [ROW, REASON]
        yield from ([str(number), reason] for number, reason in _reasons(run))
        return
    yield [*map(safe_cell, header), ROW, REASON]
    if first is not None:
        yield first
        yield from rows


def error_file(run: ImportRun, language: str = "en") -> Iterator[str]:
    """Yield the error rows as lines of CSV, UTF-8 with a mark so that spreadsheets read it right.

    The reasons are in ``language``.

    May be read on after the request has left its tenant, as streamed answers are.
    """
    rows = error_rows(run)
    yield "\ufeff"
    while True:
        with tenant_context(run.tenant_id), override(language):
            row = next(rows, None)
        if row is None:
            return
        line = StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula; the import takes the mark off again."""
    if _starts_formula(text) and not _is_number(text):
        return "'" + text
    return text


def _with_originals(run: ImportRun) -> Iterator[list[str]]:
    width = len(raw_header(run))
    originals = raw_rows(run)
    for number, reason in _reasons(run):
        values: Sequence[str] = next((values for row_no, values in originals if row_no == number), ())
        padded = [*values, *[""] * (width - len(values))][:width]
        yield [*map(safe_cell, padded), str(number), reason]


def _reasons(run: ImportRun) -> Iterator[tuple[int, str]]:
    """Yield row numbers and reasons in the order of the file, a page at a time."""
    after = 0
    while True:
        page = list(
            ImportRow.objects.filter(run=run, action=RowAction.ERROR, row_no__gt=after)
            .order_by("row_no")
            .values_list("row_no", "errors")[:_MOST_AT_ONCE]
        )
        for row_no, errors in page:
            yield row_no, "; ".join(_reason(error) for error in errors or ())
        if len(page) < _MOST_AT_ONCE:
            return
        after = page[-1][0]


def _reason(error: dict[str, str]) -> str:
    where = error.get("column") or error.get("field")
    message = translated(error["message"])
    return safe_cell(f"{where}: {message}" if where else message)
