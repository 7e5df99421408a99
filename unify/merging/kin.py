"""Everybody who is one customer by now: the survivor, and all that were merged into it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from profiles.models import Profile

_KIN = """
WITH RECURSIVE kin AS (
     SELECT p.id, p.merged_into_id AS stands_for
       FROM profiles AS p
      WHERE p.tenant_id = %(tenant)s AND p.merged_into_id = ANY(%(ids)s::uuid[])
        AND p.id <> ALL(%(ids)s::uuid[])
  UNION ALL
     SELECT p.id, kin.stands_for
       FROM kin
       JOIN profiles AS p ON p.tenant_id = %(tenant)s AND p.merged_into_id = kin.id
                         AND p.id <> ALL(%(ids)s::uuid[])
)
SELECT id, stands_for FROM kin
"""


def with_merged(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return {customer: the one of ``ids`` it was merged into}, those of ``ids`` themselves included.

    One query, however long the chains are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KIN, {"tenant": require_tenant_id(), "ids": list(ids)})
        return {one: one for one in ids} | dict(cursor.fetchall())


def survivor_of_each(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return {customer: who stands for it today}, whatever became of them."""
    into: dict[uuid.UUID, uuid.UUID] = {}
    asked = set(ids)
    ahead = asked
    while ahead:
        rows = Profile.objects.filter(pk__in=ahead, merged_into__isnull=False)
        found = dict(rows.values_list("pk", "merged_into_id"))
        into |= found
        ahead = set(found.values()) - into.keys()
    return {one: _end(one, into) for one in asked}


def _end(one: uuid.UUID, into: dict[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    while one in into:
        one = into[one]
    return one
