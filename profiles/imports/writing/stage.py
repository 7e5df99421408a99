"""Temporary tables of one connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Stage:
    """One temporary table: its name and {column: SQL type}."""

    name: str
    columns: dict[str, str]

    def create(self) -> None:
        """Make the table, empty; one left by an earlier run of this connection is used again."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {self.name} ({columns}) ON COMMIT DELETE ROWS")
            # Inside a larger transaction nothing is committed between two chunks.
            cursor.execute(f"TRUNCATE {self.name}")

    def fill(self, rows: Iterable[Sequence[Any]]) -> None:
        """Copy the rows in."""
        statement = f"COPY {self.name} ({', '.join(self.columns)}) FROM STDIN"
        # COPY ends outside Django's cursor, which would have made its errors Django's.
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def run(statement: str, **values: Any) -> int:
    """Execute one statement; return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
