"""One lock per tenant for what hangs together: defaults, containers and their parts, usages.

Such changes are rare and quick; without the lock a part could go into the bin while a container takes it up.
It is taken before any row, ends with the transaction, and lets the recording of spend pass.
"""

from __future__ import annotations

import hashlib
import uuid

from django.db import connection


def lock_arrangements(tenant_id: uuid.UUID) -> None:
    """Wait until no other transaction of the tenant is rearranging its assets."""
    digest = hashlib.blake2b(tenant_id.bytes, digest_size=8, person=b"arrangements").digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, signed=True)])
