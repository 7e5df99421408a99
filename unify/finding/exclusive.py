"""One worker per tenant, whatever the queue delivers twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_CLASS = 0x756E69  # separates these locks from others; any number, always the same


@contextmanager
def working_alone(tenant_id: uuid.UUID) -> Iterator[bool]:
    """Hold the tenant's searches for the length of the block; yields False when another worker has them.

    The lock belongs to the connection, so it goes with a worker that is killed.
    """
    key = (_CLASS, int.from_bytes(tenant_id.bytes[-4:], "big", signed=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        # A connection that is lost, or about to be rolled back, takes the lock with it.
        if is_ours and connection.is_usable() and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
