"""Rows of an .xlsx workbook, one by one, with a guard against files that unpack to far too much."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_noop
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from cdp.sentences import Sentence
from profiles.imports.reading.errors import (
    DamagedWorkbook,
    EmptyFile,
    UnknownSheet,
    UnreadableFile,
    UnsafeWorkbook,
    UnsupportedFormat,
)
from profiles.imports.reading.limits import Limits
from profiles.imports.reading.records import NULL_CHARACTER, Problem, Record, too_long

_SMALL_PART = 1 << 20
_EXACT_INTEGERS = 1e15
_CANNOT_OPEN = gettext_noop("The workbook cannot be opened; save it again as .xlsx or as CSV UTF-8.")
TOO_MANY_ROWS = Sentence(gettext_noop("The sheet has more than %(most)s rows; split it."))
_NO_SHEET = gettext_noop("The workbook has no sheet of this name; choose one of its sheets.")
_NO_WORKBOOK = gettext_noop("This archive is no .xlsx workbook; unpack it, or export CSV UTF-8.")
_TOO_LARGE = gettext_noop("The workbook unpacks to far more than it should; save it as CSV UTF-8.")
_DAMAGE = (KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, ParseError)
_XLSX_PARTS = ("[Content_Types].xml", "xl/workbook.xml")


class WorkbookSample(NamedTuple):
    """The visible sheets, the one that is read, and its first records."""

    sheets: tuple[str, ...]
    sheet: str
    records: list[Record]


def workbook_sample(file: BinaryIO, sheet: str | None, limits: Limits, count: int) -> WorkbookSample:
    with _opened(file, limits) as workbook:
        sheets = tuple(each.title for each in workbook.worksheets if each.sheet_state == "visible")
        if not sheets:
            raise EmptyFile(gettext_noop("The workbook has no visible sheet."))
        chosen = sheets[0] if sheet is None else sheet
        return WorkbookSample(sheets, chosen, list(islice(_records(workbook, chosen, limits), count)))


def workbook_records(file: BinaryIO, sheet: str, limits: Limits) -> Iterator[Record]:
    """Every row that is not empty, as text; dates in ISO form, whole numbers without ".0"."""
    with _opened(file, limits) as workbook:
        yield from _records(workbook, sheet, limits)


def _records(workbook: Workbook, sheet: str, limits: Limits) -> Iterator[Record]:
    worksheet = next((each for each in workbook.worksheets if each.title == sheet), None)
    if worksheet is None:
        raise UnknownSheet(_NO_SHEET)
    # The declared dimensions may be wrong, or huge on purpose.
    worksheet.reset_dimensions()
    for line_no, cells in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if line_no > limits.workbook_rows:
            raise UnsafeWorkbook(TOO_MANY_ROWS(most=f"{limits.workbook_rows:,}"))
        values = [_text(cell) for cell in cells]
        if any(values):
            yield line_no, values, _problem(values, limits)


@contextmanager
def _opened(file: BinaryIO, limits: Limits) -> Iterator[Workbook]:
    _refuse_unsafe(file, limits)
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styling and validation rules it drops; only the values matter here.
            warnings.simplefilter("ignore", UserWarning)
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, *_DAMAGE) as error:
        raise DamagedWorkbook(_CANNOT_OPEN) from error
    try:
        yield workbook
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, *_DAMAGE) as error:
        raise DamagedWorkbook(_CANNOT_OPEN) from error
    finally:
        workbook.close()


def _refuse_unsafe(file: BinaryIO, limits: Limits) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, *_DAMAGE) as error:
        raise DamagedWorkbook(_CANNOT_OPEN) from error
    names = {part.filename for part in parts}
    if not names.issuperset(_XLSX_PARTS):
        raise UnsupportedFormat(_NO_WORKBOOK)
    if any(part.flag_bits & 1 for part in parts):
        raise DamagedWorkbook(gettext_noop("The workbook is protected by a password; save it without one."))
    strings = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if (
        len(parts) > limits.workbook_parts
        or sum(part.file_size for part in parts) > limits.workbook_bytes
        or strings > limits.workbook_strings_bytes
        or any(_ratio(part) > limits.workbook_ratio for part in parts)
    ):
        raise UnsafeWorkbook(_TOO_LARGE)


def _ratio(part: zipfile.ZipInfo) -> float:
    if part.file_size < _SMALL_PART:
        return 0.0
    return part.file_size / max(part.compress_size, 1)


def _problem(values: list[str], limits: Limits) -> Problem | None:
    if any(len(value) > limits.cell_length for value in values):
        return too_long(limits)
    return NULL_CHARACTER if any("\0" in value for value in values) else None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_INTEGERS:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)
