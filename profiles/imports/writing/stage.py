"""Temporary tables of one connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Stage:
    """One temporary table: its name and {column: SQL type}."""

    name: str
    columns: dict[str, str]

    @property
    def definition(self) -> str:
        """Return the statement that makes the table; one this connection has made before is used again."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        return f"CREATE TEMP TABLE IF NOT EXISTS {self.name} ({columns}) ON COMMIT DELETE ROWS"

    def create(self) -> None:
        """Make the table, empty."""
        make_ready([self], is_nested=True)

    def fill(self, rows: Iterable[Sequence[Any]]) -> None:
        """Copy the rows in."""
        statement = f"COPY {self.name} ({', '.join(self.columns)}) FROM STDIN"
        # COPY ends outside Django's cursor, which would have made its errors Django's.
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def make_ready(
    stages: Sequence[Stage], *, is_nested: bool, settings: Mapping[str, str] | None = None
) -> None:
    """Make the tables, empty, and set what holds until the transaction ends, all in one go.

    Rows go with the commit; ``is_nested`` says that this is part of a larger transaction, where none may have
    come since the last chunk.
    """
    statements = [
        *(f"SET LOCAL {name} = '{value}'" for name, value in (settings or {}).items()),
        *(stage.definition for stage in stages),
    ]
    if is_nested:
        statements.append("TRUNCATE " + ", ".join(stage.name for stage in stages))
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def run(statement: str, **values: Any) -> int:
    """Execute one statement; return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
