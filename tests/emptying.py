"""Empties the database after a test that committed: its rows go, the tables' files stay.

Django's flush truncates every table there is, which gives each of them and each of their indexes a new
file, and makes permissions and content types anew. That takes seconds where a test wrote a few rows.
"""

from __future__ import annotations

import os
from typing import Any

import psycopg
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from psycopg.conninfo import make_conninfo

# What migrations wrote and no test changes.
KEPT = ["django_migrations", "django_content_type", "auth_permission"]
# Dead rows of larger tables would make the next tests' statements read them.
LARGE_BYTES = 1024 * 1024

_TABLES = """
SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL(%s)
AND pg_relation_size(oid) > 0
"""


def empty(database: str) -> None:
    """Delete every row of every table of ours, as the superuser: no wall and no trigger is asked."""
    address = make_conninfo(os.environ["DATABASE_SUPERUSER_URL"], dbname=database)
    with psycopg.connect(address, autocommit=True) as connection:
        sizes: dict[str, int] = dict(connection.execute(_TABLES, [KEPT]).fetchall())
        connection.execute("SET session_replication_role = replica")
        with connection.transaction():
            for table in sizes:
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        for table in (name for name, size in sizes.items() if size > LARGE_BYTES):
            connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(table)))


def fixture_teardown(case: Any) -> None:
    """Take the place of ``TransactionTestCase._fixture_teardown``."""
    for alias in case._databases_names(include_mirrors=False):
        empty(connections[alias].settings_dict["NAME"])


def replace_flush() -> None:
    """Let tests that commit be followed by ``empty`` instead of Django's flush."""
    TransactionTestCase._fixture_teardown = fixture_teardown  # type: ignore[attr-defined]
