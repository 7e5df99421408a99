"""Keeping the planner's statistics up with tables that are being filled."""

from __future__ import annotations

from django.db import connection

from cdp.postgresql.statistics import analyze, know_tenant, outgrows
from profiles.imports.policy import ANALYZE_AT

TABLES = ["profiles", "contact_points", "profile_identifiers", "import_rows"]
_OUTGROWN = """
SELECT relname FROM pg_class
 WHERE relname = ANY(%s) AND relnamespace = 'public'::regnamespace AND reltuples < %s
"""


def renew_statistics(before: int, after: int) -> None:
    """Analyze what has outgrown its statistics, when the number of rows done passes certain marks.

    A session that planned its foreign key checks while a table was nearly empty goes on reading that table
    from end to end, a hundred times slower, until its statistics change.
    """
    if connection.in_atomic_block:
        return
    if any(before < mark <= after for mark in ANALYZE_AT):
        with connection.cursor() as cursor:
            cursor.execute(_OUTGROWN, [TABLES, after // 2])
            outgrown = [table for (table,) in cursor.fetchall()]
        analyze(outgrown)
    # Beside large tenants a new one outgrows no table, and is one row to the planner all the same.
    if outgrows(before, after, first=ANALYZE_AT[0]):
        know_tenant(TABLES)
