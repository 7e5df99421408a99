"""What people have said of pairs, as long as both records are as they were."""

from __future__ import annotations

import uuid

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from unify.choices import Decision
from unify.models import MatchRecord, Verdict

# A verdict taken back is a later row without a decision.
HELD = """
SELECT low_id, high_id
  FROM (SELECT DISTINCT ON (v.low_id, v.high_id) v.low_id, v.high_id, v.decision, v.low_fingerprint,
               v.high_fingerprint
          FROM match_verdicts AS v
         WHERE v.tenant_id = %(tenant)s
         ORDER BY v.low_id, v.high_id, v.created_at DESC, v.id DESC) AS latest
  JOIN match_records AS l ON l.tenant_id = %(tenant)s AND l.profile_id = low_id
                         AND l.fingerprint = low_fingerprint
  JOIN match_records AS h ON h.tenant_id = %(tenant)s AND h.profile_id = high_id
                         AND h.fingerprint = high_fingerprint
 WHERE decision = 'different'
"""


def held_apart() -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return the pairs (lower id first) somebody said are not the same, and that have not changed since."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"tenant": require_tenant_id()})
        return {(low, high) for low, high in cursor.fetchall()}


def is_held_apart(low_id: uuid.UUID, high_id: uuid.UUID) -> bool:
    """Tell whether somebody's word that they are not the same still holds."""
    latest = Verdict.objects.filter(low_id=low_id, high_id=high_id).order_by("-created_at", "-id").first()
    if latest is None or latest.decision != Decision.DIFFERENT:
        return False
    now = dict(
        MatchRecord.objects.filter(profile_id__in=[low_id, high_id]).values_list("profile_id", "fingerprint")
    )
    return (now.get(low_id), now.get(high_id)) == (latest.low_fingerprint, latest.high_fingerprint)
