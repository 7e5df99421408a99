"""Keeping the planner's statistics up with tables that are being filled."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

# How much a tenant's share of a table grows before its statistics are renewed again.
GROWTH = 4


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
