"""CSV records one by one, where a broken record costs only its own line."""

import csv
import io
import re
from collections import deque
from collections.abc import Generator, Iterator
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.imports.reading.dialect import Dialect
from profiles.imports.reading.errors import LineTooLong
from profiles.imports.reading.limits import Limits


class Problem(NamedTuple):
    """Why a record cannot be used."""

    code: str
    message: str


Record = tuple[int, list[str], Problem | None]
"""The line or sheet row where it starts, its cells, and what is wrong with it."""

_QUOTE = Problem(
    "quote", gettext_noop('A quote (") in this line is not closed, or not doubled inside a quoted cell.')
)
NULL_CHARACTER = Problem("null_character", gettext_noop("This row contains a null character; remove it."))
_BROKEN = Problem(
    "broken_character", gettext_noop("This row contains bytes that are no UTF-8; type its text again.")
)
TOO_LONG_CELL = Sentence(gettext_noop("Shorten the cell with more than %(most)s characters."))
TOO_LONG_LINE = Sentence(
    gettext_noop("Line %(line)s has more than %(most)s characters; is this a table in CSV?")
)
_has_undecoded = re.compile("[\udc80-\udcff]").search


class _Lines:
    """Feeds csv.reader and remembers the lines of the record in hand, to read them again if it breaks.

    Without that an unclosed quote swallows rows without a word: csv.reader takes them for one cell.
    """

    def __init__(self, text: io.TextIOWrapper, max_length: int) -> None:
        self._text = text
        self._max_length = max_length
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        readline, limit, again, record = self._text.readline, self._max_length, self._again, self.record
        size = 0
        while line := again.popleft() if again else readline(limit):
            self.number += 1
            length = len(line)
            if length >= limit:
                raise LineTooLong(
                    TOO_LONG_LINE(line=f"{self.number:,}", most=f"{limit:,}"),
                    line_no=self.number,
                )
            size = size + length if record else length
            record.append(line)
            if size > limit:
                raise csv.Error("record over the limit")
            yield line

    def read_again_after_first(self) -> str:
        first, *others = self.record
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        self.record.clear()
        return first

    def skip(self, count: int) -> None:
        for _ in range(count):
            self._text.readline(self._max_length)
        self.number += count


def csv_records(file: BinaryIO, dialect: Dialect, limits: Limits) -> Iterator[Record]:
    """Every record after the preamble, the header included, empty ones left out."""
    file.seek(0)
    errors = "surrogateescape" if dialect.is_damaged else "strict"
    text = io.TextIOWrapper(file, encoding=dialect.encoding, errors=errors, newline="")
    try:
        lines = _Lines(text, limits.line_length)
        lines.skip(dialect.preamble)
        while (yield from _unbroken(lines, dialect, limits)):
            line_no, is_one_line = lines.number - len(lines.record) + 1, len(lines.record) == 1
            first = lines.read_again_after_first()
            is_long = is_one_line and len(first) > limits.cell_length
            yield line_no, [_shown(first)], too_long(limits) if is_long else _QUOTE
    finally:
        text.detach()


def _unbroken(lines: _Lines, dialect: Dialect, limits: Limits) -> Generator[Record, None, bool]:
    """Records until one breaks; whether one did."""
    reader = csv.reader(
        iter(lines), delimiter=dialect.delimiter, skipinitialspace=dialect.skips_initial_space, strict=True
    )
    record, is_damaged, cell_length = lines.record, dialect.is_damaged, limits.cell_length
    try:
        for values in reader:
            if any(values) and (len(values) > 1 or values[0].strip()):
                line = record[0] if len(record) == 1 else "".join(record)
                problem = None
                if "\0" in line:
                    problem = NULL_CHARACTER
                elif is_damaged and _has_undecoded(line):
                    problem = _BROKEN
                elif len(line) > cell_length and any(len(value) > cell_length for value in values):
                    problem = too_long(limits)
                yield lines.number - len(record) + 1, values, problem
            record.clear()
    except csv.Error:
        return True
    return False


def too_long(limits: Limits) -> Problem:
    return Problem("cell_length", TOO_LONG_CELL(most=f"{limits.cell_length:,}"))


def _shown(line: str) -> str:
    return line.rstrip("\r\n")[:1_000]
