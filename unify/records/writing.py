"""Storing matching records and their keys, set-wise."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from uuid_utils import uuid7

from cdp.tenancy.context import require_tenant_id
from profiles.imports.writing.stage import Stage
from unify.records.making import Made
from unify.records.policy import is_indexed

STAGE = Stage(
    "match_stage",
    {
        "id": "uuid",
        "profile_id": "uuid",
        "version": "integer",
        "stored": "jsonb",
        "keys": "bigint[]",
        "indexed": "bigint[]",
        "fingerprint": "bigint",
    },
)
# Customers before their records, as in every verb: the foreign keys would ask for them at the commit, when
# a merge that holds them may wait for one of these records.
_HOLD = """
SELECT FROM profiles WHERE tenant_id = %(tenant)s AND id = ANY(%(ids)s::uuid[]) ORDER BY id FOR KEY SHARE
"""
# A customer changed meanwhile is left to whoever changed it; the ids are named for the planner.
_WRITE_RECORDS = """
INSERT INTO match_records AS r
       (tenant_id, id, profile_id, prepared, keys, fingerprint, profile_version, changed_at)
SELECT %(tenant)s, s.id, s.profile_id, s.stored, s.keys, s.fingerprint, s.version, %(now)s
  FROM match_stage AS s
  JOIN profiles AS p ON p.tenant_id = %(tenant)s AND p.id = s.profile_id AND p.id = ANY(%(ids)s::uuid[])
                    AND p.version = s.version AND p.status = 'ACTIVE'
 ORDER BY s.profile_id
    ON CONFLICT (tenant_id, profile_id) DO UPDATE
   SET prepared = excluded.prepared, keys = excluded.keys, fingerprint = excluded.fingerprint,
       profile_version = excluded.profile_version,
       changed_at = CASE WHEN r.fingerprint = excluded.fingerprint THEN r.changed_at
                         ELSE excluded.changed_at END
 WHERE r.profile_version <= excluded.profile_version
"""
# Only of records that are what was just made: what somebody wrote of a later version keeps its keys. The ids
# are named for records alone: named for keys too, each look into their index would read the list of all ids.
# Most keys of a changed customer are as they were, and found faster together than by trying to insert each.
_DROP_KEYS = """
DELETE FROM match_keys AS k
 USING match_stage AS s
  JOIN match_records AS r ON r.tenant_id = %(tenant)s AND r.profile_id = s.profile_id
                         AND r.profile_id = ANY(%(ids)s::uuid[]) AND r.profile_version = s.version
 WHERE k.tenant_id = %(tenant)s AND k.profile_id = s.profile_id
   AND k.key <> ALL(s.indexed)
"""
_WRITE_KEYS = """
INSERT INTO match_keys (tenant_id, key, profile_id)
SELECT %(tenant)s, key, s.profile_id
  FROM match_stage AS s
  JOIN match_records AS r ON r.tenant_id = %(tenant)s AND r.profile_id = s.profile_id
                         AND r.profile_id = ANY(%(ids)s::uuid[]) AND r.profile_version = s.version
 CROSS JOIN LATERAL (
       SELECT array_agg(k.key) AS keys FROM match_keys AS k
        WHERE k.tenant_id = %(tenant)s AND k.profile_id = s.profile_id
 ) AS had
 CROSS JOIN LATERAL unnest(s.indexed) AS key
 WHERE had.keys IS NULL OR key <> ALL(had.keys)
 ORDER BY key
    ON CONFLICT DO NOTHING
"""
_GONE = """
       SELECT 1 FROM profiles AS p
        WHERE p.tenant_id = %(tenant)s AND p.id = x.profile_id AND p.status = 'ACTIVE'
"""
_FORGET = tuple(
    f"DELETE FROM {table} AS x WHERE x.tenant_id = %(tenant)s AND x.profile_id = ANY(%(ids)s::uuid[])"  # noqa: S608
    f" AND NOT EXISTS ({_GONE})"
    for table in ("match_keys", "match_records")
)
# Whoever has keys has a record.
_INACTIVE = (
    f"SELECT profile_id FROM match_records AS x WHERE x.tenant_id = %(tenant)s AND NOT EXISTS ({_GONE})"  # noqa: S608
)


@transaction.atomic
def write(made: Sequence[Made], ids: Sequence[uuid.UUID]) -> None:
    """Store these records, and forget those of ``ids`` that are no longer active."""
    values: dict[str, Any] = {"tenant": require_tenant_id(), "ids": list(ids), "now": timezone.now()}
    STAGE.create()
    STAGE.fill(_row(one) for one in made)
    with connection.cursor() as cursor:
        for statement in (_HOLD, _WRITE_RECORDS, _DROP_KEYS, _WRITE_KEYS):
            cursor.execute(statement, values)
        if len(made) < len(ids):
            for statement in _FORGET:
                cursor.execute(statement, values)


@transaction.atomic
def forget_inactive() -> int:
    """Forget everybody who is no longer active; return how many. Looks at all records, not at all keys."""
    with connection.cursor() as cursor:
        cursor.execute(_INACTIVE, {"tenant": require_tenant_id()})
        ids = [profile_id for (profile_id,) in cursor.fetchall()]
        if ids:
            values: dict[str, Any] = {"tenant": require_tenant_id(), "ids": ids}
            for statement in _FORGET:
                cursor.execute(statement, values)
    return len(ids)


def _row(one: Made) -> tuple[object, ...]:
    indexed = [key for key in one.keys if is_indexed(key)]
    # As PostgreSQL writes arrays: to adapt lists one number at a time takes as long as to make the keys.
    keys, indexed_keys = ("{" + ",".join(map(str, numbers)) + "}" for numbers in (one.keys, indexed))
    return str(uuid7()), str(one.profile_id), one.version, one.stored, keys, indexed_keys, one.fingerprint
