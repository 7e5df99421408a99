"""How the planner may join."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def set_wise() -> Iterator[None]:
    """Have statements of the block join sets with sets, never row by row; within the caller's transaction.

    For statements whose every table is narrowed by itself: whatever the planner believes of a tenant it does
    not know, each table is read once. What fails takes the setting back with its transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
