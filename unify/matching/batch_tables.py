"""Records as the table a batch works on: from PersonRecord, or from stored forms without making records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.json

from unify.matching.key_hashes import hashed_keys
from unify.matching.record import COLUMNS, PersonRecord, is_list, words_column

KEYS = "keys"
_BLOCK = 1 << 24


def record_table(records: Iterable[PersonRecord], *, extras: Sequence[str] = ()) -> pa.Table:
    """Records as Arrow, one column per key, and the numbers of their blocking keys in `keys`."""
    schema = record_schema(extras)
    names = [name for name in schema.names if name != KEYS]
    columns: dict[str, list[object]] = {name: [] for name in schema.names}
    for record in records:
        row = record.columns()
        for name in names:
            columns[name].append(row[name])
        columns[KEYS].append(hashed_keys(record))
    return pa.table(columns, schema=schema)


def record_schema(extras: Sequence[str] = ()) -> pa.Schema:
    """The columns of a table of records."""
    further = (column for name in extras for column in (name, words_column(name)))
    names = (*COLUMNS, *further)
    return pa.schema([*((name, _column_type(name)) for name in names), (KEYS, pa.list_(pa.int64()))])


def _column_type(name: str) -> pa.DataType:
    return pa.list_(pa.string()) if is_list(name) else pa.string()


def stored_line(record_id: str, stored: str, keys: Iterable[int]) -> str:
    """A stored form, its id and the numbers of its keys on one line, as `stored_tables` reads them."""
    return f'{{"id":"{record_id}","keys":[{",".join(map(str, keys))}],{stored[1:]}'


def stored_line_sql(record_id: str, stored: str, keys: str) -> str:
    """The same as an SQL expression: three columns of types uuid or text, text or jsonb, and bigint[]."""
    return f"""'{{"id":"' || {record_id} || '","keys":[' || array_to_string({keys}, ',') || '],'
        || substr({stored}::text, 2)"""


def stored_tables(
    rows: Iterable[bytes | bytearray | memoryview], *, is_copy: bool = False
) -> Iterator[pa.Table]:
    """Tables of some ten thousand records each, from lines of JSON that end in a newline.

    With `is_copy` the lines are those of COPY ... TO STDOUT in its text format, which doubles backslashes.
    """
    block = bytearray()
    for row in rows:
        block += row
        if len(block) >= _BLOCK:
            yield _parsed(block, is_copy=is_copy)
            block = bytearray()
    if block:
        yield _parsed(block, is_copy=is_copy)


def _parsed(block: bytearray, *, is_copy: bool) -> pa.Table:
    lines = block.replace(b"\\\\", b"\\") if is_copy else block
    return pyarrow.json.read_json(
        pa.BufferReader(lines),
        read_options=pyarrow.json.ReadOptions(block_size=len(lines)),
        parse_options=pyarrow.json.ParseOptions(
            explicit_schema=record_schema(), unexpected_field_behavior="ignore"
        ),
    )
