"""Handing rows over from one customer to another, a whole relation in one statement."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg import sql

from cdp.tenancy.context import require_tenant_id
from unify.merging.relations import Relation

_MOVE = """
UPDATE {table} AS r SET {column} = %(to)s
 WHERE r.tenant_id = %(tenant)s AND r.{column} = ANY(%(from)s) {only} {clashes}
RETURNING r.id
"""
_CLASH = """
   AND NOT EXISTS (SELECT FROM {table} AS w WHERE w.tenant_id = r.tenant_id AND w.{column} = %(to)s {same})
"""
_COUNT = """
SELECT count(*) FROM {table} AS r
 WHERE r.tenant_id = %(tenant)s AND r.{column} = ANY(%(from)s) {clashes}
"""
_FREED = """
SELECT r.id FROM {table} AS r
 WHERE r.tenant_id = %(tenant)s AND r.{column} = %(from)s
   AND EXISTS (SELECT FROM {table} AS w WHERE w.tenant_id = r.tenant_id AND w.id = ANY(%(freed)s) {same})
"""
_SINCE = """
SELECT r.id FROM {table} AS r
 WHERE r.tenant_id = %(tenant)s AND r.{column} = %(owner)s AND r.id >= %(since)s AND r.id <> ALL(%(without)s)
"""


def move_rows(
    relation: Relation,
    *,
    from_ids: Sequence[uuid.UUID],
    to_id: uuid.UUID,
    only: Sequence[uuid.UUID] | None = None,
) -> list[uuid.UUID]:
    """Hand over the rows and return their ids; one that would be there twice stays where it is."""
    statement = sql.SQL(_MOVE).format(
        table=sql.Identifier(relation.table),
        column=sql.Identifier(relation.column),
        only=sql.SQL("" if only is None else "AND r.id = ANY(%(only)s)"),
        clashes=_clashes(relation),
    )
    return _ids(statement, **{"from": list(from_ids), "to": to_id, "only": list(only or ())})


def count_rows(relation: Relation, *, from_id: uuid.UUID, to_id: uuid.UUID) -> int:
    """Return how many rows ``move_rows`` would hand over."""
    statement = sql.SQL(_COUNT).format(
        table=sql.Identifier(relation.table),
        column=sql.Identifier(relation.column),
        clashes=_clashes(relation),
    )
    return int(_fetch(statement, **{"from": [from_id], "to": to_id})[0][0])


def freed_rows(relation: Relation, *, from_id: uuid.UUID, freed: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Return rows that stayed behind because of one of ``freed``, which has gone."""
    found: set[uuid.UUID] = set()
    for columns, distinct in relation.uniques:
        statement = sql.SQL(_FREED).format(
            table=sql.Identifier(relation.table),
            column=sql.Identifier(relation.column),
            same=_same(columns, distinct),
        )
        found.update(_ids(statement, **{"from": from_id, "freed": list(freed)}))
    return sorted(found)


def ids_since(
    relation: Relation, *, owner: uuid.UUID, since: datetime, without: Sequence[uuid.UUID]
) -> list[uuid.UUID]:
    """Return the customer's rows made since then, as their ids (UUIDv7) tell, without those named."""
    statement = sql.SQL(_SINCE).format(
        table=sql.Identifier(relation.table), column=sql.Identifier(relation.column)
    )
    first = uuid.UUID(int=int(since.timestamp() * 1000) << 80)
    return _ids(statement, owner=owner, since=first, without=list(without))


def delete_rows(relation: Relation, ids: Iterable[uuid.UUID]) -> None:
    """Delete rows for good."""
    statement = sql.SQL("DELETE FROM {table} AS r WHERE r.tenant_id = %(tenant)s AND r.id = ANY(%(ids)s)")
    _run(statement.format(table=sql.Identifier(relation.table)), ids=list(ids))


def _clashes(relation: Relation) -> sql.Composable:
    return sql.SQL("").join(
        sql.SQL(_CLASH).format(
            table=sql.Identifier(relation.table),
            column=sql.Identifier(relation.column),
            same=_same(columns, distinct),
        )
        for columns, distinct in relation.uniques
    )


def _same(columns: Sequence[str], is_null_distinct: bool) -> sql.Composable:
    comparison = sql.SQL("=" if is_null_distinct else "IS NOT DISTINCT FROM")
    return sql.SQL("").join(
        sql.SQL(" AND w.{column} {comparison} r.{column}").format(
            column=sql.Identifier(column), comparison=comparison
        )
        for column in columns
    )


def _ids(statement: sql.Composable, **values: Any) -> list[uuid.UUID]:
    return [row[0] for row in _fetch(statement, **values)]


def _fetch(statement: sql.Composable, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
        return list(cursor.fetchall())


def _run(statement: sql.Composable, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
