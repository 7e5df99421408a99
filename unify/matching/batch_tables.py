"""Records as the table a batch works on: from PersonRecord, or from stored forms without making records.

In DuckDB the table is `records`: the columns of `record_schema`, the caller's id as `record_id`, and `id`,
the number of the row, which is what pairs are made of: numbers join several times as fast as UUIDs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from unify.matching.key_hashes import hashed_keys
from unify.matching.record import COLUMNS, PersonRecord, is_list, words_column

KEYS = "keys"
RECORDS = "records"
DEFAULT_MEMORY = "2GB"
FOLDER = "crm-matching-"
_BLOCK = 64 << 20
_VIEW = "CREATE OR REPLACE VIEW records AS SELECT rowid AS id, * FROM loaded"


@contextmanager
def connect(
    memory_limit: str = DEFAULT_MEMORY,
    threads: int | None = None,
    directory: str | None = None,
    prefix: str = FOLDER,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own in memory; what does not fit is written to a folder that goes with it.

    The folder is made in `directory`, or else in the system's temporary one; should the process be killed, it
    stays, and `prefix` tells whose it is.
    """
    with TemporaryDirectory(prefix=prefix, dir=directory, ignore_cleanup_errors=True) as spill:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": spill,
        }
        if threads:
            settings["threads"] = threads
        connection = duckdb.connect(":memory:", config=settings)
        try:
            yield connection
        finally:
            connection.close()


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


def load_table(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    """Make `records` of a table that `record_table` made."""
    connection.register("loading", table)
    connection.execute(
        "CREATE OR REPLACE TABLE loaded AS SELECT id AS record_id, * EXCLUDE (id) FROM loading"
    )
    connection.unregister("loading")
    connection.execute(_VIEW)


def stored_line(record_id: str, stored: str, keys: Iterable[int]) -> bytes:
    """One line of `load_stored`: a stored form (PersonRecord.to_json) with its id and keys."""
    return f'{{"record_id":"{record_id}","keys":[{",".join(map(str, keys))}],{stored[1:]}\n'.encode()


def stored_copy_sql(record_id: str, stored: str, keys: str, source: str) -> str:
    """COPY for PostgreSQL that writes such lines.

    Three columns (uuid or text, text or jsonb, bigint[]) and what follows FROM. The quotes of this CSV are
    characters that JSON does not hold, so that lines come as they are.
    """
    line = (
        f"""'{{"record_id":"' || {record_id} || '","keys":[' || array_to_string({keys}, ',') || '],'"""
        f" || substr({stored}::text, 2)"
    )
    options = "(FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01')"
    return f"COPY (SELECT {line} FROM {source}) TO STDOUT {options}"  # noqa: S608 - names of the caller's


def load_stored(connection: duckdb.DuckDBPyConnection, rows: Iterable[bytes | bytearray | memoryview]) -> int:
    """Make `records` of lines of stored forms; returns how many there are.

    Lines are read by DuckDB out of its directory, some ten thousand at a time while the next ones come in,
    and are deleted at once.
    """
    columns = {field.name: _sql_type(field.type) for field in record_schema()}
    columns["record_id"] = columns.pop("id")
    typed = ", ".join(f"{name} {type_}" for name, type_ in columns.items() if name != "record_id")
    connection.execute(f"CREATE OR REPLACE TABLE loaded (record_id VARCHAR NOT NULL, {typed})")
    ((spill,),) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
    with TemporaryDirectory(prefix="lines-", dir=spill) as directory, ThreadPoolExecutor(1) as reader:
        loading: Future[None] | None = None
        for number, block in enumerate(_blocks(rows)):
            file = Path(directory) / f"{number}.json"
            file.write_bytes(block)
            if loading:
                loading.result()
            loading = reader.submit(_append, connection, file, columns)
        if loading:
            loading.result()
    connection.execute(_VIEW)
    ((loaded,),) = connection.execute("SELECT count(*) FROM loaded").fetchall()
    return int(loaded)


def _blocks(rows: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytearray]:
    block = bytearray()
    for row in rows:
        block += row
        if len(block) >= _BLOCK:
            yield block
            block = bytearray()
    if block:
        yield block


def _append(connection: duckdb.DuckDBPyConnection, file: Path, columns: dict[str, str]) -> None:
    connection.execute(
        "INSERT INTO loaded BY NAME"
        f" FROM read_json($file, format = 'newline_delimited', columns = {columns})",
        {"file": str(file)},
    )
    file.unlink()


def _sql_type(type_: pa.DataType) -> str:
    if not pa.types.is_list(type_):
        return "VARCHAR"
    return "BIGINT[]" if pa.types.is_int64(type_.value_type) else "VARCHAR[]"
