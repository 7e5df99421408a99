"""One worker per import, whatever the queue delivers twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_CLASS = 0x696D70  # separates these locks from others; any number, always the same


@contextmanager
def working_alone(run_id: uuid.UUID) -> Iterator[bool]:
    """Hold the import for the length of the block; yields False when another worker has it.

    The lock belongs to the connection, so it goes with a worker that is killed. Inside a transaction it is
    held until that ends: a transaction that fails could not give it back, and a rollback alone would leave
    it to the next user of the connection.
    """
    key = (_CLASS, int.from_bytes(run_id.bytes[-4:], "big", signed=True))
    is_inside = connection.in_atomic_block
    with connection.cursor() as cursor:
        kind = "xact_lock" if is_inside else "lock"
        cursor.execute(f"SELECT pg_try_advisory_{kind}(%s, %s)", key)
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        # A connection that is lost takes the lock with it.
        if is_ours and not is_inside and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
