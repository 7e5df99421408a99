"""Rows as they were: read as JSON, compared, and put back exactly."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

from cdp.tenancy.context import require_tenant_id
from cdp.tenancy.models import TenantForeignKey
from profiles.models import Profile
from unify.merging.relations import Relation

Image = dict[str, Any]
_READ = """
SELECT to_jsonb(r) FROM {table} AS r
 WHERE r.tenant_id = %(tenant)s AND (r.{column} = ANY(%(owners)s) OR r.id = ANY(%(ids)s)) ORDER BY r.id
"""
_INSERT = """
INSERT INTO {table} ({columns})
SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %(rows)s) AS s WHERE s.tenant_id = %(tenant)s
ON CONFLICT DO NOTHING
RETURNING id
"""
_UPDATE = """
UPDATE {table} AS r SET {assigned}
  FROM jsonb_populate_recordset(NULL::{table}, %(rows)s) AS s
 WHERE r.tenant_id = %(tenant)s AND s.tenant_id = %(tenant)s AND r.id = s.id
"""
_LOCK = """
SELECT t.id FROM {table} AS t
 WHERE t.tenant_id = %(tenant)s AND t.id = ANY(%(ids)s) ORDER BY t.id FOR KEY SHARE
"""


def read_images(
    relation: Relation, *, owners: Collection[uuid.UUID] = (), ids: Collection[uuid.UUID] = ()
) -> list[Image]:
    """Return the rows of these customers, and those with these ids."""
    statement = sql.SQL(_READ).format(
        table=sql.Identifier(relation.table), column=sql.Identifier(relation.column)
    )
    # Django lets JSON through as text.
    found: list[Image] = [json.loads(row[0]) for row in _fetch(statement, owners=list(owners), ids=list(ids))]
    return [{name: row[name] for name in relation.columns} for row in found]


def insert_images(relation: Relation, images: Sequence[Image], *, owner: uuid.UUID) -> list[uuid.UUID]:
    """Put rows that are no more back, as this customer's; return those whose place was still free."""
    rows = [{**image, relation.column: str(owner)} for image in images]
    columns = sql.SQL(", ").join(sql.Identifier(name) for name in relation.columns)
    statement = sql.SQL(_INSERT).format(table=sql.Identifier(relation.table), columns=columns)
    return [row[0] for row in _fetch(statement, rows=Jsonb(rows))]


def update_images(relation: Relation, images: Sequence[Image]) -> None:
    """Give rows their earlier values; whose they are is left as it is."""
    kept = {"id", "tenant_id", *owner_columns(relation)}
    assigned = sql.SQL(", ").join(
        sql.SQL("{0} = s.{0}").format(sql.Identifier(name)) for name in relation.columns if name not in kept
    )
    _run(
        sql.SQL(_UPDATE).format(table=sql.Identifier(relation.table), assigned=assigned),
        rows=Jsonb(list(images)),
    )


def is_same(relation: Relation, one: Image, other: Image) -> bool:
    """Tell whether two states of a row are the same, whoever it belongs to."""
    owners = dict.fromkeys(owner_columns(relation))
    return {**one, **owners} == {**other, **owners}


def owner_columns(relation: Relation) -> list[str]:
    """Return the columns of the relation's rows that lead to customers: merges move them, no edit does."""
    fields = relation.model._meta.concrete_fields
    return [
        str(field.column)
        for field in fields
        if isinstance(field, TenantForeignKey) and field.related_model is Profile
    ]


def lock_targets(wanted: Iterable[tuple[Relation, Image]]) -> dict[str, set[str]]:
    """Keep what the rows point to (tags, segments) from going; return {table: ids that are there}.

    To be called before any row is written: whoever deletes a tag locks it first, and then its rows.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    for relation, image in wanted:
        for column, table in targets(relation).items():
            if image[column] is not None:
                asked[table].add(str(image[column]))
    found: dict[str, set[str]] = {}
    for table in sorted(asked):
        statement = sql.SQL(_LOCK).format(table=sql.Identifier(table))
        rows = _fetch(statement, ids=[uuid.UUID(value) for value in asked[table]])
        found[table] = {str(row[0]) for row in rows}
    return found


def is_whole(relation: Relation, image: Image, there: Mapping[str, Collection[str]]) -> bool:
    """Tell whether everything the row points to is still there."""
    return all(
        image[column] is None or str(image[column]) in there.get(table, ())
        for column, table in targets(relation).items()
    )


def targets(relation: Relation) -> dict[str, str]:
    """Return {column: table} of what the relation's rows point to besides the customer."""
    return {column: model._meta.db_table for column, model in target_models(relation).items()}


def target_models(relation: Relation) -> dict[str, type[models.Model]]:
    """Return {column: model} of what the relation's rows point to besides the customer."""
    found: dict[str, type[models.Model]] = {}
    for field in relation.model._meta.concrete_fields:
        if isinstance(field, TenantForeignKey) and field.related_model is not Profile:
            target: Any = field.related_model
            found[str(field.column)] = target
    return found


def _fetch(statement: sql.Composable, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
        return list(cursor.fetchall())


def _run(statement: sql.Composable, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
