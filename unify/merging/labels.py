"""Tags, segments and their like: what rows of customers point to, kept so that it can come back.

Whoever deletes a tag deletes it from every customer. A merge keeps what its rows point to, so that taking it
back brings the tag back as well, with the same id.
"""

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
from unify.merging.images import Image, target_models
from unify.merging.relations import Relation

Labels = dict[str, list[Image]]  # table -> rows as they were
_READ = """
SELECT to_jsonb(r) FROM {table} AS r WHERE r.tenant_id = %(tenant)s AND r.id = ANY(%(ids)s) ORDER BY r.id
"""
_INSERT = """
INSERT INTO {table} ({columns})
SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %(rows)s) AS s WHERE s.tenant_id = %(tenant)s
ON CONFLICT DO NOTHING
RETURNING id
"""
_TAKEN = """
SELECT s.id FROM jsonb_populate_recordset(NULL::{table}, %(rows)s) AS s
  JOIN {table} AS t ON t.tenant_id = s.tenant_id {same}
 WHERE s.tenant_id = %(tenant)s
"""


def read_labels(rows: Iterable[tuple[Relation, Sequence[Image]]]) -> Labels:
    """Return what the rows point to, as it is now."""
    wanted: dict[type[models.Model], set[uuid.UUID]] = defaultdict(set)
    for relation, images in rows:
        for column, model in label_models(relation).items():
            wanted[model] |= {uuid.UUID(image[column]) for image in images if image[column] is not None}
    return {model._meta.db_table: _read(model, ids) for model, ids in wanted.items() if ids}


def label_models(relation: Relation) -> dict[str, type[models.Model]]:
    """Return {column: model} of what can come back: what points to nothing further itself."""
    return {
        column: model
        for column, model in target_models(relation).items()
        if not any(isinstance(field, TenantForeignKey) for field in model._meta.concrete_fields)
    }


def lost_labels(
    relation: Relation, image: Image, there: Mapping[str, Collection[str]], known: Labels
) -> list[tuple[str, Image]] | None:
    """Return what has to come back with a row as (table, image); None when that is not known or taken."""
    found: list[tuple[str, Image]] = []
    able = label_models(relation)
    for column, model in target_models(relation).items():
        value, table = image[column], model._meta.db_table
        if value is None or str(value) in there.get(table, ()):
            continue
        label = next((row for row in known.get(table, ()) if row["id"] == str(value)), None)
        if column not in able or label is None or _is_taken(model, label):
            return None
        found.append((table, label))
    return found


def put_back(relation: Relation, labels: Iterable[tuple[str, Image]]) -> list[models.Model]:
    """Insert what is no more; return what came back. A place that was taken meanwhile stays taken."""
    rows: dict[str, dict[str, Image]] = defaultdict(dict)
    for table, image in labels:
        rows[table][image["id"]] = image
    back: list[models.Model] = []
    for model in label_models(relation).values():
        images = list(rows.get(model._meta.db_table, {}).values())
        if images:
            columns = sql.SQL(", ").join(sql.Identifier(name) for name in _columns(model))
            statement = sql.SQL(_INSERT).format(table=_table(model), columns=columns)
            ids = [row[0] for row in _fetch(statement, rows=Jsonb(images))]
            back += model._default_manager.filter(pk__in=ids)
    return back


def _is_taken(model: type[models.Model], image: Image) -> bool:
    """Tell whether something else has its name by now."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            names = [str(_column(model, name)) for name in constraint.fields]
            same = sql.SQL("").join(
                sql.SQL(" AND t.{0} = s.{0}").format(sql.Identifier(name)) for name in names
            )
            statement = sql.SQL(_TAKEN).format(table=_table(model), same=same)
            if _fetch(statement, rows=Jsonb([image])):
                return True
    return False


def _read(model: type[models.Model], ids: Collection[uuid.UUID]) -> list[Image]:
    statement = sql.SQL(_READ).format(table=_table(model))
    names = _columns(model)
    rows: list[Image] = [json.loads(row[0]) for row in _fetch(statement, ids=list(ids))]
    return [{name: row[name] for name in names} for row in rows]


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.generated]


def _column(model: type[models.Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    return field.column


def _table(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)


def _fetch(statement: sql.Composable, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
        return list(cursor.fetchall())
