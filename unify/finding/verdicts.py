"""What people have said of pairs, as long as both records are as they were."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import connection

from cdp.tenancy.context import require_tenant_id

# A verdict taken back is a later row without a decision.
HELD = """
SELECT low_id, high_id
  FROM (SELECT DISTINCT ON (v.low_id, v.high_id) v.low_id, v.high_id, v.decision, v.low_fingerprint,
               v.high_fingerprint
          FROM match_verdicts AS v
         WHERE v.tenant_id = %(tenant)s
           AND (%(among)s::uuid[] IS NULL
             OR (v.low_id = ANY(%(among)s::uuid[]) AND v.high_id = ANY(%(among)s::uuid[])))
         ORDER BY v.low_id, v.high_id, v.created_at DESC, v.id DESC) AS latest
  JOIN match_records AS l ON l.tenant_id = %(tenant)s AND l.profile_id = low_id
                         AND l.fingerprint = low_fingerprint
  JOIN match_records AS h ON h.tenant_id = %(tenant)s AND h.profile_id = high_id
                         AND h.fingerprint = high_fingerprint
 WHERE decision = 'different'
"""


def held_apart(among: Sequence[uuid.UUID] | None = None) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return the pairs (lower id first) somebody said are not the same, and that have not changed since."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"tenant": require_tenant_id(), "among": None if among is None else list(among)})
        return {(low, high) for low, high in cursor.fetchall()}


def is_held_apart(low_id: uuid.UUID, high_id: uuid.UUID) -> bool:
    """Tell whether somebody's word that they are not the same still holds."""
    return bool(held_apart([low_id, high_id]))
