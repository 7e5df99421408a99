"""Bulk loading by COPY: into a temporary table first, as COPY is refused where rows are guarded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone


class UnfilledField(LookupError):
    """A model has a field that must be filled, and the loader does not know what with."""


class Staging:
    """The way of one model's rows into its table: some fields row by row, the others by their defaults."""

    def __init__(self, model: type[models.Model], fields: Sequence[str]) -> None:
        self.model = model
        self.table = model._meta.db_table
        self.columns = [_column(model, name) for name in fields]

    def insert(self, rows: Iterable[tuple[Any, ...]]) -> int:
        """Insert the rows, in one transaction with the caller's, and return how many there were."""
        quote = connection.ops.quote_name
        stage = quote(f"stage_{self.table}")
        columns = ", ".join(quote(column) for column in self.columns)
        constants = self._constants()
        casts = [f"%s::{type_}" for type_, _ in constants.values()]
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TEMPORARY TABLE {stage} ON COMMIT DROP AS "  # noqa: S608 (names of our own tables)
                f"SELECT {columns} FROM {quote(self.table)} WITH NO DATA"
            )
            with cursor.copy(f"COPY {stage} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(
                f"INSERT INTO {quote(self.table)} ({', '.join([columns, *map(quote, constants)])}) "  # noqa: S608
                f"SELECT {', '.join([columns, *casts])} FROM {stage}",
                [value for _, value in constants.values()],
            )
            inserted = int(cursor.rowcount)
            cursor.execute(f"DROP TABLE {stage}")
        return inserted

    def _constants(self) -> dict[str, tuple[str, Any]]:
        """Return column: (type, value) of the fields that are the same in every row.

        Fields that may be empty, that PostgreSQL fills, or that are computed are left out.
        """
        found: dict[str, tuple[str, Any]] = {}
        for field in self.model._meta.concrete_fields:
            if field.column in self.columns or field.generated or field.has_db_default():
                continue
            if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
                value = timezone.now()
            elif field.has_default() or (field.blank and not field.null):
                value = field.get_db_prep_save(field.get_default(), connection)
            elif field.null:
                continue
            else:
                raise UnfilledField(f"{self.model._meta.label}.{field.name} must be filled")
            found[str(field.column)] = (str(field.db_type(connection)), value)
        return found


def analyse(*tables: type[models.Model]) -> None:
    """Tell the planner how many rows there are now."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise UnfilledField(f"{model._meta.label}.{name} is no column")
    return str(field.column)
