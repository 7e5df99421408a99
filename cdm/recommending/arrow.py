"""Rows of PostgreSQL as Arrow tables, by COPY and without an object per row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection

_BLOCK = 1 << 22


def arrow_table(select: str, columns: Mapping[str, pa.DataType], **values: Any) -> pa.Table:
    """Return what ``select`` finds; its columns are named and typed by ``columns``, in their order."""
    statement = f"COPY ({select}) TO STDOUT (FORMAT csv)"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement, values) as rows,
    ):
        stream = io.BufferedReader(_Stream(iter(rows)), _BLOCK)
        if not stream.peek(1):
            return pa.schema(list(columns.items())).empty_table()
        return pa_csv.read_csv(
            stream,
            read_options=pa_csv.ReadOptions(column_names=list(columns), block_size=_BLOCK, use_threads=False),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict(columns),
                true_values=["t"],
                false_values=["f"],
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )


class _Stream(io.RawIOBase):
    """The bytes of a COPY as a file."""

    def __init__(self, parts: Iterator[bytes | memoryview]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted, written = memoryview(buffer), 0
        while written < len(wanted):
            if not self._rest:
                part = next(self._parts, None)
                if part is None:
                    break
                self._rest = memoryview(part)
            size = min(len(self._rest), len(wanted) - written)
            wanted[written : written + size] = self._rest[:size]
            self._rest, written = self._rest[size:], written + size
        return written
