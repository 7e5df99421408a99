"""Keeping the planner's statistics up with tables that are being filled."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection

from cdp.tenancy.context import require_tenant_id

# How much a tenant's share of a table grows before its statistics are renewed again.
GROWTH = 4
# A tenant is known when the planner takes it for a tenth of what it is, or for many. So few rows harm nobody,
# and so small a share of a table may be missing in its sample however often that is drawn.
_FACTOR, _MANY, _FEWEST, _SHARE = 10, 10_000, 1_000, 1_000
_GUESS = 'EXPLAIN (FORMAT JSON) SELECT FROM "{table}" WHERE tenant_id = %(tenant)s'
_IS_MORE = """
SELECT count(*) > %(rows)s
  FROM (SELECT FROM "{table}" WHERE tenant_id = %(tenant)s LIMIT %(rows)s + 1) AS found
"""
_SIZES = "SELECT relname, reltuples FROM pg_class WHERE oid = ANY(%s::regclass[])"


def analyze(tables: Iterable[str]) -> None:
    """Renew the statistics of these tables; nothing inside a transaction, which would hold their locks."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for table in tables:
            # Without the right to do so (PostgreSQL 16) this is a warning and nothing else.
            cursor.execute(f'ANALYZE "{table}"')


def outgrows(before: int, after: int, first: int) -> bool:
    """Tell whether a count that went from ``before`` to ``after`` passed ``first``, or that times 4, 16, …"""
    mark = first
    while mark <= before:
        mark *= GROWTH
    return mark <= after


def know_tenant(tables: Iterable[str]) -> list[str]:
    """Analyze those of the tables in which the planner takes the active tenant for next to nothing.

    PostgreSQL does so itself once a tenth of a table has changed. To its planner a tenant that came since is
    one row, however large: then any index that begins with the tenant looks as good as the right one, and all
    of the tenant is read for each of its rows. Returns the tables; nothing inside a transaction.
    """
    if connection.in_atomic_block:
        return []
    unknown = _unknown(list(tables))
    analyze(unknown)
    return unknown


def _unknown(tables: list[str]) -> list[str]:
    said = {"tenant": require_tenant_id()}
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [[f'"{table}"' for table in tables]])
        sizes = dict(cursor.fetchall())
        for table in tables:
            cursor.execute(_GUESS.format(table=table), said)
            (plan,) = cursor.fetchone()
            guess = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"]
            if guess >= _MANY:
                continue
            rows = max(_FEWEST, int(sizes[table]) // _SHARE, guess * _FACTOR)
            cursor.execute(_IS_MORE.format(table=table), {**said, "rows": rows})
            if cursor.fetchone()[0]:
                found.append(table)
    return found
