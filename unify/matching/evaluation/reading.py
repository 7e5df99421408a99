"""A labelled CSV, plain or compressed, to rows of text."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from profiles.imports.reading.delimiters import Layout, detect_layout
from profiles.imports.reading.encodings import detect_encoding
from profiles.imports.reading.errors import UnreadableFile as Unreadable
from profiles.imports.reading.headers import column_names
from unify.matching.errors import MatchingError

Row = Mapping[str, str]
_GZIP = b"\x1f\x8b"
_OTHER_FORMATS = {
    b"PK\x03\x04": "a zip archive or a workbook",
    b"BZh": "compressed with bzip2",
    b"\xfd7zXZ": "compressed with xz",
    b"PAR1": "a Parquet file",
}
_FIRST_LINES = 60


class UnreadableFile(MatchingError):
    """The file is no CSV with a header and rows."""


def read_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows; compression, encoding and delimiter are told by the content.

    Columns without a name or with one that is taken get one of their own; short rows are filled up.
    """
    text = _text(path)
    try:
        layout = detect_layout(list(islice(io.StringIO(text, newline=""), _FIRST_LINES)))
        records = _records(text, layout)
        # Between a title and the table there may be lines with nothing in them.
        header = list(column_names(next((record for record in records if any(record)), [])))
        rows = [
            dict(zip(header, (*record, *[""] * (len(header) - len(record))), strict=False))
            for record in records
            if any(record)
        ]
    except csv.Error as error:
        raise UnreadableFile(f"{path.name} is no readable CSV: {error}.") from error
    if not header or not rows:
        raise UnreadableFile(f"{path.name} has no rows under a header line.")
    return header, rows


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error}.") from error
    for start, name in _OTHER_FORMATS.items():
        if content.startswith(start):
            raise UnreadableFile(f"{path.name} is {name}; give a CSV, plain or gzipped.")
    try:
        encoding = detect_encoding(io.BytesIO(content)).encoding
    except Unreadable as error:
        raise UnreadableFile(f"{path.name}: {error.message}") from error
    return content.decode(encoding, errors="replace").replace("\0", "")


def _records(text: str, layout: Layout) -> Iterator[list[str]]:
    """The records from the header on, cells trimmed."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    file = io.StringIO(text, newline="")
    for _ in range(layout.preamble):
        file.readline()
    reader = csv.reader(file, delimiter=layout.delimiter, skipinitialspace=layout.skips_initial_space)
    for record in reader:
        yield [cell.strip() for cell in record]
