"""Who holds an id that identifies exactly one customer."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from cdp.tenancy.context import require_tenant_id

# Some indexes leave merged customers out, others hold nobody else: naming the condition lets them be used.
_STATEMENT = """
SELECT p.{column}, p.id FROM profiles AS p
 WHERE p.tenant_id = %s AND p.{column} = ANY(%s::{kind}[]) AND p.merged_into_id IS {condition}
 ORDER BY p.created_at DESC, p.id DESC
"""
_BIGINTS = frozenset(["scl_member_id"])


def holders_of_exact_ids(
    asked: Iterable[tuple[str, Any]], *, is_merged_too: bool = True
) -> dict[tuple[str, str], uuid.UUID]:
    """Return {(column, value as text): customer} for those of the (column, value) pairs somebody holds.

    With ``is_merged_too`` an id nobody holds any more leads to the merged customer who had it.
    """
    by_column: dict[str, set[Any]] = defaultdict(set)
    for column, value in asked:
        by_column[column].add(value)
    found: dict[tuple[str, str], uuid.UUID] = {}
    for column, values in by_column.items():
        found |= _holders(column, values, "NULL")
        lost = {value for value in values if (column, str(value)) not in found} if is_merged_too else set()
        if lost:
            found |= _holders(column, lost, "NOT NULL")
    return found


def _holders(column: str, values: set[Any], condition: str) -> dict[tuple[str, str], uuid.UUID]:
    kind = "bigint" if column in _BIGINTS else "text"
    with connection.cursor() as cursor:
        statement = _STATEMENT.format(column=column, kind=kind, condition=condition)
        cursor.execute(statement, [require_tenant_id(), list(values)])
        return {(column, str(value)): owner for value, owner in cursor.fetchall()}
