"""An orders file, CSV (plain or .gz) or parquet, to a table of text and numbers as they stand in it."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
from django.utils.translation import gettext

from cdm.insights.errors import UnreadableOrders

_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"
_SAMPLE = 20_000
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of a file, and how many lines could not even be told apart into columns."""

    rows: pa.Table
    broken: int


def read_table(path: Path, *, most_bytes: int | None = None) -> RawTable:
    """The file's format is told by its content, never by its name; raises UnreadableOrders.

    ``most_bytes`` is how large what a packed file holds may be.
    """
    try:
        content = path.read_bytes()
        if content.startswith(_GZIP):
            content = _unpacked(content, most_bytes)
        raw = RawTable(_parquet(content, most_bytes), 0) if content.startswith(_PARQUET) else _csv(content)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableOrders(f"{path.name} cannot be read: {_one_line(reason)}.") from error
    except (pa.ArrowException, csv.Error) as error:
        raise UnreadableOrders(f"{path.name} is no table of orders: {_one_line(str(error))}.") from error
    names = raw.rows.column_names
    if len(set(names)) < len(names):
        raise UnreadableOrders(f"{path.name} has two columns of one name.")
    if raw.rows.num_rows == 0:
        raise UnreadableOrders(f"{path.name} has no rows under a header.")
    return raw


def _unpacked(content: bytes, most: int | None) -> bytes:
    pieces: list[bytes] = []
    size = 0
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            _check_size(size, most)
            pieces.append(piece)
    return b"".join(pieces)


def _parquet(content: bytes, most: int | None) -> pa.Table:
    file = pa_parquet.ParquetFile(pa.BufferReader(content))
    groups = file.metadata
    _check_size(sum(groups.row_group(n).total_byte_size for n in range(groups.num_row_groups)), most)
    table = file.read()
    return table.rename_columns([name.replace("\0", "") for name in table.column_names])


def _check_size(size: int, most: int | None) -> None:
    if most is not None and size > most:
        text = gettext("Unpacked, the file may have at most %(bytes)s bytes. Split it into several.")
        raise UnreadableOrders(text % {"bytes": f"{most:,}"})


def _csv(content: bytes) -> RawTable:
    text = _text(content)
    header = _header(text)
    broken: list[int] = []

    def skip(row: pa_csv.InvalidRow) -> str:
        broken.append(1)
        return "skip"

    table = pa_csv.read_csv(
        io.BytesIO(text.encode()),
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=1 << 24),
        parse_options=pa_csv.ParseOptions(
            delimiter=_delimiter(text), newlines_in_values=True, invalid_row_handler=skip
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=True, check_utf8=False
        ),
    )
    return RawTable(table, len(broken))


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").replace("\0", "")
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("latin-1").replace("\0", "")


def _header(text: str) -> list[str]:
    return next(csv.reader(io.StringIO(text[:_SAMPLE]), delimiter=_delimiter(text)), [])


def _delimiter(text: str) -> str:
    first = text[:_SAMPLE].partition("\n")[0]
    return max(",;\t|", key=first.count)


def _one_line(message: str) -> str:
    return " ".join(message.split())[:200].rstrip(".")
