"""Reading customers for matching, a batch at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from unify.records.making import Said, said_in

# The ids are named besides, so that the planner reads the contact points of these customers and no others.
_BY_ID = """
SELECT p.id, p.version, p.type, p.name, p.first_name, p.last_name, p.company_name, p.email, p.phone,
       points.listed, p.date_of_birth, p.address, p.company_tax_id, p.auth_user_id
  FROM profiles AS p
  LEFT JOIN (
       SELECT profile_id, array_agg(kind || ':' || value ORDER BY created_at, id) AS listed
         FROM contact_points
        WHERE tenant_id = %(tenant)s AND profile_id = ANY(%(ids)s::uuid[])
        GROUP BY profile_id
  ) AS points ON points.profile_id = p.id
 WHERE p.tenant_id = %(tenant)s AND p.id = ANY(%(ids)s::uuid[]) AND p.status = 'ACTIVE'
"""
_CHANGED = """
SELECT id FROM profiles WHERE tenant_id = %(tenant)s AND updated_at >= %(since)s
"""
_INACTIVE = """
SELECT id FROM profiles WHERE tenant_id = %(tenant)s AND updated_at >= %(since)s AND status <> 'ACTIVE'
"""
_OUTDATED = """
SELECT p.id
  FROM profiles AS p
  LEFT JOIN match_records AS r ON r.tenant_id = p.tenant_id AND r.profile_id = p.id
 WHERE p.tenant_id = %(tenant)s AND p.status = 'ACTIVE'
   AND (r.profile_version IS NULL OR r.profile_version <> p.version)
"""
_ACTIVE = "SELECT id FROM profiles WHERE tenant_id = %(tenant)s AND status = 'ACTIVE'"


def read(ids: Sequence[uuid.UUID]) -> Iterator[tuple[uuid.UUID, int, Said]]:
    """Return id, version and values of those that are active."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, {"tenant": require_tenant_id(), "ids": list(ids)})
        for row in cursor.fetchall():
            yield row[0], row[1], said_in(row[2:])


def changed_since(moment: datetime) -> list[uuid.UUID]:
    """Return the customers changed since then, of whatever status."""
    return _ids(_CHANGED, since=moment)


def inactive_since(moment: datetime) -> list[uuid.UUID]:
    """Return the customers changed since then who are no longer active."""
    return _ids(_INACTIVE, since=moment)


def outdated() -> list[uuid.UUID]:
    """Return active customers without a record of their present version; looks at everybody."""
    return _ids(_OUTDATED)


def active() -> list[uuid.UUID]:
    """Return all active customers."""
    return _ids(_ACTIVE)


def _ids(statement: str, **values: Any) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": require_tenant_id(), **values})
        return [row[0] for row in cursor.fetchall()]
