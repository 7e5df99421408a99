"""Who holds an id that identifies exactly one customer."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from cdp.tenancy.context import require_tenant_id

# The unique indexes leave merged customers out; naming that condition is what lets them be used.
_STATEMENT = """
SELECT p.{column}, p.id FROM profiles AS p
 WHERE p.tenant_id = %s AND p.{column} = ANY(%s::{kind}[]) AND p.merged_into_id IS NULL
"""
_BIGINTS = frozenset(["scl_member_id"])


def holders_of_exact_ids(asked: Iterable[tuple[str, Any]]) -> dict[tuple[str, str], uuid.UUID]:
    """Return {(column, value as text): customer} for those of the (column, value) pairs somebody holds."""
    by_column: dict[str, set[Any]] = defaultdict(set)
    for column, value in asked:
        by_column[column].add(value)
    found: dict[tuple[str, str], uuid.UUID] = {}
    for column, values in by_column.items():
        statement = _STATEMENT.format(column=column, kind="bigint" if column in _BIGINTS else "text")
        with connection.cursor() as cursor:
            cursor.execute(statement, [require_tenant_id(), list(values)])
            found |= {(column, str(value)): owner for value, owner in cursor.fetchall()}
    return found
