"""Matching records from PostgreSQL into the database of a batch, without making objects of them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection

from cdp.tenancy.context import require_tenant_id
from unify.matching.batch_tables import FOLDER, connect, load_stored, stored_copy_sql

_ALL = "match_records AS r WHERE r.tenant_id = %(tenant)s"
_SOME = f"{_ALL} AND r.profile_id = ANY(%(ids)s::uuid[])"


@contextmanager
def batch_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database for one batch, within the memory and the directory it may have."""
    with connect(settings.MATCHING_MEMORY, directory=batch_directory(), prefix=folder_prefix()) as batch:
        yield batch


def batch_directory() -> str:
    """Return where batches write what does not fit their memory; makes it."""
    directory = Path(settings.MATCHING_DIRECTORY)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(directory)


def folder_prefix() -> str:
    """Return how the names of the folders of the tenant's batches begin."""
    return f"{FOLDER}{require_tenant_id().hex}-"


def remove_left_folders() -> None:
    """Delete what batches of the tenant have left: those of workers that were killed.

    Only for who works alone for the tenant.
    """
    for folder in Path(batch_directory()).glob(f"{folder_prefix()}*"):
        shutil.rmtree(folder)


def load_all(batch: duckdb.DuckDBPyConnection) -> int:
    """Fill the batch's table of records with everybody; return how many there are."""
    return load_stored(batch, _lines(_ALL))


def load_some(batch: duckdb.DuckDBPyConnection, ids: Collection[uuid.UUID]) -> int:
    """Fill the batch's table of records with these customers; return how many there are."""
    return load_stored(batch, _lines(_SOME, ids=list(ids)))


def as_table(batch: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the loaded records as `unify.matching.batch_tables.record_table` would have made them."""
    return batch.sql("SELECT record_id AS id, * EXCLUDE (record_id) FROM loaded").to_arrow_table()


def _lines(source: str, **values: object) -> Iterator[memoryview | bytes]:
    statement = stored_copy_sql("r.profile_id", "r.prepared", "r.keys", source)
    values["tenant"] = require_tenant_id()
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement, values) as rows,
    ):
        yield from rows
