"""Writing what a run has found: candidates, set-wise, what people have said left standing."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from uuid_utils import uuid7

from cdp.tenancy.context import require_tenant_id
from profiles.imports.writing.stage import Stage
from unify.finding.verdicts import HELD

STAGE = Stage(
    "candidate_stage",
    {
        "id": "uuid",
        "low": "uuid",
        "high": "uuid",
        "score": "float8",
        "weight": "float8",
        "levels": "jsonb",
        "conflicts": "text[]",
    },
)
_WRITE = f"""
INSERT INTO match_candidates AS c
       (tenant_id, id, low_id, high_id, state, origin, score, weight, levels, conflicts, model_number,
        low_fingerprint, high_fingerprint, run_id,
        detected_at, created_at, updated_at, created_by, updated_by)
SELECT %(tenant)s, s.id, s.low, s.high,
       CASE WHEN held.low_id IS NULL THEN 'pending' ELSE 'rejected' END, 'job', s.score, s.weight,
       s.levels, s.conflicts, %(number)s, l.fingerprint, h.fingerprint, %(run)s,
       %(now)s, %(now)s, %(now)s, 'system:unify', 'system:unify'
  FROM candidate_stage AS s
  JOIN match_records AS l ON l.tenant_id = %(tenant)s AND l.profile_id = s.low
  JOIN match_records AS h ON h.tenant_id = %(tenant)s AND h.profile_id = s.high
  LEFT JOIN ({HELD}) AS held ON held.low_id = s.low AND held.high_id = s.high
    ON CONFLICT (tenant_id, low_id, high_id) DO UPDATE
   SET state = excluded.state, score = excluded.score, weight = excluded.weight, levels = excluded.levels,
       conflicts = excluded.conflicts, model_number = excluded.model_number,
       low_fingerprint = excluded.low_fingerprint, high_fingerprint = excluded.high_fingerprint,
       run_id = excluded.run_id, updated_at = excluded.updated_at,
       detected_at = CASE WHEN c.state = 'pending' THEN c.detected_at ELSE excluded.detected_at END,
       case_id = CASE WHEN c.state = excluded.state THEN c.case_id END
 WHERE (c.state, c.score, c.weight, c.conflicts, c.model_number, c.low_fingerprint, c.high_fingerprint)
       IS DISTINCT FROM (excluded.state, excluded.score, excluded.weight, excluded.conflicts,
                         excluded.model_number, excluded.low_fingerprint, excluded.high_fingerprint)
"""  # noqa: S608
# What people or contradicting ids have opened stays for people, as long as both records are there.
_WITHDRAW = """
UPDATE match_candidates AS c SET state = 'withdrawn', updated_at = %(now)s
 WHERE c.tenant_id = %(tenant)s AND c.state = 'pending' AND c.origin = 'job'
   AND (%(touched)s::uuid[] IS NULL
     OR c.low_id = ANY(%(touched)s::uuid[]) OR c.high_id = ANY(%(touched)s::uuid[]))
   AND NOT EXISTS (SELECT 1 FROM candidate_stage AS s WHERE s.low = c.low_id AND s.high = c.high_id)
"""
_WITHDRAW_GONE = """
UPDATE match_candidates AS c SET state = 'withdrawn', updated_at = %(now)s
 WHERE c.tenant_id = %(tenant)s AND c.state = 'pending'
   AND (NOT EXISTS (SELECT 1 FROM match_records AS r
                     WHERE r.tenant_id = c.tenant_id AND r.profile_id = c.low_id)
     OR NOT EXISTS (SELECT 1 FROM match_records AS r
                     WHERE r.tenant_id = c.tenant_id AND r.profile_id = c.high_id))
"""


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair a run has found, the lower id first."""

    low: str
    high: str
    score: float
    weight: float
    levels: dict[str, int]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """How many candidates were new or different, and how many no longer are any."""

    written: int
    withdrawn: int


def store(
    pairs: Iterable[Scored],
    *,
    run_id: uuid.UUID | None,
    model_number: int,
    touched: Sequence[uuid.UUID] | None,
) -> Stored:
    """Write the pairs found, and withdraw those not found again: all of them, or those that are ``touched``.

    Within the caller's transaction.
    """
    values: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "run": run_id,
        "number": model_number,
        "now": timezone.now(),
        "touched": None if touched is None else list(touched),
        "among": None,
    }
    STAGE.create()
    STAGE.fill(_rows(pairs))
    with connection.cursor() as cursor:
        # What has just been written has no statistics: without the index each row would read the whole stage.
        cursor.execute("CREATE INDEX IF NOT EXISTS candidate_stage_pair ON candidate_stage (low, high)")
        cursor.execute("ANALYZE candidate_stage")
        cursor.execute(_WRITE, values)
        written = cursor.rowcount
        cursor.execute(_WITHDRAW, values)
        withdrawn = cursor.rowcount
        cursor.execute(_WITHDRAW_GONE, values)
        return Stored(written, withdrawn + cursor.rowcount)


def _rows(pairs: Iterable[Scored]) -> Iterator[tuple[object, ...]]:
    for pair in pairs:
        yield (
            str(uuid7()),
            pair.low,
            pair.high,
            pair.score,
            pair.weight,
            json.dumps(pair.levels),
            list(pair.conflicts),
        )
