"""Finding out how a file is written: its kind, encoding, delimiter and header."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.imports.reading.delimiters import detect_layout
from profiles.imports.reading.dialect import Dialect, Row
from profiles.imports.reading.encodings import EncodingFound, check_encoding, detect_encoding
from profiles.imports.reading.errors import (
    EmptyFile,
    TooManyColumns,
    UnknownEncoding,
    UnsupportedFormat,
)
from profiles.imports.reading.headers import column_names, looks_like_header, numbered_columns
from profiles.imports.reading.limits import DEFAULT_LIMITS, Limits
from profiles.imports.reading.records import Record, csv_records
from profiles.imports.reading.rows import rows_of
from profiles.imports.reading.workbooks import workbook_sample

PREVIEW_ROWS = 20
NO_ROWS = gettext_noop("The file has no rows; choose a file with a header line and rows.")
NO_ENCODING = gettext_noop("There is no encoding of this name.")
TOO_MANY_COLUMNS = Sentence(gettext_noop("The file has %(count)s columns; keep at most %(most)s."))
_SAMPLE_LINES = 200
_SAMPLE_CHARACTERS = 1_000_000
_MAGIC = (
    (b"PK\x03\x04", "xlsx"),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_noop(
            "The file is an old Excel workbook or one with a password; save it as .xlsx without one."
        ),
    ),
    (b"%PDF", gettext_noop("The file is a PDF; export the customers as CSV or .xlsx.")),
    (b"\x1f\x8b", gettext_noop("The file is compressed (gzip); unpack it first.")),
    (b"7z\xbc\xaf", gettext_noop("The file is compressed (7z); unpack it first.")),
    (b"Rar!", gettext_noop("The file is compressed (rar); unpack it first.")),
    (b"\x89PNG", gettext_noop("The file is a picture; export the customers as CSV or .xlsx.")),
    (b"\xff\xd8\xff", gettext_noop("The file is a picture; export the customers as CSV or .xlsx.")),
    (b"<", gettext_noop("The file is a web page or XML; save it as .xlsx or as CSV UTF-8.")),
    (b"{\\rtf", gettext_noop("The file is a text document (RTF); save it as CSV UTF-8.")),
)


def detect(
    file: BinaryIO,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    has_header: bool | None = None,
    sheet: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Dialect:
    """How a seekable file is written, with a preview; what a person has chosen is not guessed.

    Raises UnreadableFile, whose message says what to change.
    """
    if _kind(file) == "xlsx":
        sample = workbook_sample(file, sheet, limits, PREVIEW_ROWS + 1)
        dialect = Dialect(kind="xlsx", header=(), sheet=sample.sheet, sheets=sample.sheets)
        records = sample.records
    else:
        dialect = _csv_dialect(file, encoding, delimiter, limits)
        records = list(islice(csv_records(file, dialect, limits), PREVIEW_ROWS + 1))
    dialect = _with_header(dialect, records, has_header, limits)
    first = (tuple(row.values) for row in rows_of(iter(records), dialect) if isinstance(row, Row))
    return replace(dialect, first_rows=tuple(islice(first, PREVIEW_ROWS)))


def _kind(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, meaning in _MAGIC:
        if start.startswith(magic):
            if meaning != "xlsx":
                raise UnsupportedFormat(meaning)
            return meaning
    return "csv"


def _csv_dialect(file: BinaryIO, encoding: str | None, delimiter: str | None, limits: Limits) -> Dialect:
    found = _chosen(file, encoding) if encoding else detect_encoding(file)
    layout = detect_layout(_first_lines(file, found, limits), delimiter)
    return Dialect(
        kind="csv",
        header=(),
        encoding=found.encoding,
        delimiter=layout.delimiter,
        preamble=layout.preamble,
        skips_initial_space=layout.skips_initial_space,
        is_certain=found.is_certain,
        is_damaged=found.is_damaged,
        line_count=found.line_count,
    )


def _chosen(file: BinaryIO, encoding: str) -> EncodingFound:
    try:
        return EncodingFound(encoding, check_encoding(file, encoding))
    except LookupError:
        raise UnknownEncoding(NO_ENCODING) from None


def _first_lines(file: BinaryIO, found: EncodingFound, limits: Limits) -> list[str]:
    file.seek(0)
    errors = "surrogateescape" if found.is_damaged else "strict"
    text = io.TextIOWrapper(file, encoding=found.encoding, errors=errors, newline="")
    try:
        lines: list[str] = []
        size = 0
        while len(lines) < _SAMPLE_LINES and size < _SAMPLE_CHARACTERS:
            lines.append(text.readline(limits.line_length))
            size += len(lines[-1])
            if not lines[-1]:
                break
        return lines
    finally:
        text.detach()


def _with_header(
    dialect: Dialect, records: Sequence[Record], has_header: bool | None, limits: Limits
) -> Dialect:
    if not records:
        raise EmptyFile(NO_ROWS)
    _, first, _ = records[0]
    if len(first) > limits.columns:
        raise TooManyColumns(TOO_MANY_COLUMNS(count=f"{len(first):,}", most=f"{limits.columns:,}"))
    named = looks_like_header(first) if has_header is None else has_header
    if not named:
        width = max(len(values) for _, values, _ in records)
        return replace(dialect, has_header=False, header=numbered_columns(min(width, limits.columns)))
    others = [values for _, values, problem in records[1:] if problem is None]
    while len(first) > 1 and not first[-1].strip() and not any(any(row[len(first) - 1 :]) for row in others):
        first = first[:-1]
    return replace(dialect, header=column_names(first))
