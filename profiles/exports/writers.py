"""Files of rows, written as the rows come: neither kind keeps them in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import BinaryIO, Protocol

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from profiles.exports.choices import FileKind
from profiles.exports.columns import Cell
from profiles.exports.policy import SHEET_ROWS
from profiles.imports.operations.error_rows import safe_cell

# Spreadsheets take a CSV for UTF-8 only when it begins with a byte order mark.
_MARK = "\ufeff"


class RowWriter(Protocol):
    """Takes one row after the other."""

    def write(self, cells: Sequence[Cell]) -> None:
        """Add a row."""


@contextmanager
def writing(kind: str, file: BinaryIO, headings: Sequence[str], zone: tzinfo) -> Iterator[RowWriter]:
    """Yield a writer of a file of this kind; what it was given is in the file when the block ends.

    Moments are written as the company's clocks showed them.
    """
    if kind == FileKind.XLSX:
        sheets = _SheetWriter(headings, zone)
        yield sheets
        sheets.book.save(file)
    else:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        text.write(_MARK)
        lines = _CsvWriter(text, zone)
        lines.write(headings)
        yield lines
        text.flush()
        text.detach()  # else it would close the file, which is not ours


class _CsvWriter:
    def __init__(self, text: io.TextIOWrapper, zone: tzinfo) -> None:
        self._write, self._zone = csv.writer(text).writerow, zone

    def write(self, cells: Sequence[Cell]) -> None:
        self._write([_text(cell, self._zone) for cell in cells])


class _SheetWriter:
    """Rows go to a temporary file and from there into the archive."""

    def __init__(self, headings: Sequence[str], zone: tzinfo) -> None:
        self.book = Workbook(write_only=True)
        self._headings, self._zone, self._rows = headings, zone, SHEET_ROWS

    def write(self, cells: Sequence[Cell]) -> None:
        if self._rows >= SHEET_ROWS:
            self.sheet = self.book.create_sheet()
            self.sheet.append(list(self._headings))
            self._rows = 0
        self.sheet.append([_value(cell, self._zone) for cell in cells])
        self._rows += 1


def _text(cell: Cell, zone: tzinfo) -> str:
    if isinstance(cell, datetime):
        return cell.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell is None else safe_cell(str(cell))


def _value(cell: Cell, zone: tzinfo) -> Cell:
    if isinstance(cell, datetime):
        return cell.astimezone(zone).replace(tzinfo=None)  # Excel knows no zones
    if isinstance(cell, str):
        return safe_cell(ILLEGAL_CHARACTERS_RE.sub("", cell))
    return cell
