"""Locks that let a value be looked up and then written without a second profile slipping in between.

Online writers share the tenant's lock and take one lock per value; an import, which writes thousands of
values at once, takes the tenant's lock alone. All end with the transaction.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from django.db import connection

# PostgreSQL shows a lock's number in two halves.
_HALF = 0xFFFFFFFF
_AWAITED = """
SELECT EXISTS (
       SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND NOT granted AND objsubid = 1 AND classid = %s AND objid = %s
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


def lock_values(tenant_id: uuid.UUID, values: Iterable[str]) -> None:
    """Wait until no other transaction of the tenant is writing one of ``values``."""
    keys = sorted({_key(tenant_id, value) for value in values})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_key(tenant_id)])
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def lock_tenant(tenant_id: uuid.UUID) -> None:
    """Wait until nobody else is writing identities of the tenant, and keep others waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(tenant_id)])


def is_tenant_awaited(tenant_id: uuid.UUID) -> bool:
    """Tell whether somebody waits for the tenant's lock."""
    key = _key(tenant_id)
    with connection.cursor() as cursor:
        cursor.execute(_AWAITED, [key >> 32 & _HALF, key & _HALF])
        return bool(cursor.fetchone()[0])


def _key(tenant_id: uuid.UUID, value: str = "") -> int:
    digest = hashlib.blake2b(tenant_id.bytes + value.encode(), digest_size=8, person=b"identity").digest()
    return int.from_bytes(digest, signed=True)
