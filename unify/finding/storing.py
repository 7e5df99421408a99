"""Writing what a run has found: candidates, set-wise, what people have said left standing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
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
# Candidates as they would be written: what people have said of a pair stands while both records do.
_WANTED = f"""
SELECT s.id, s.low, s.high, CASE WHEN held.low_id IS NULL THEN 'pending' ELSE 'rejected' END AS state,
       s.score, s.weight, s.levels, s.conflicts::varchar[] AS conflicts, l.fingerprint AS low_fingerprint,
       h.fingerprint AS high_fingerprint
  FROM candidate_stage AS s
  JOIN match_records AS l ON l.tenant_id = %(tenant)s AND l.profile_id = s.low
  JOIN match_records AS h ON h.tenant_id = %(tenant)s AND h.profile_id = s.high
  LEFT JOIN ({HELD}) AS held ON held.low_id = s.low AND held.high_id = s.high
"""  # noqa: S608
_DIFFERS = """
       (c.state, c.score, c.weight, c.conflicts, c.model_number, c.low_fingerprint, c.high_fingerprint)
       IS DISTINCT FROM (w.state, w.score, w.weight, w.conflicts, %(number)s, w.low_fingerprint,
                         w.high_fingerprint)
"""
# What people or contradicting ids have opened stays for people, as long as both records are there; so does
# what somebody looks at, or has decided for a second person to confirm.
_NOT_FOUND_AGAIN = """
       c.tenant_id = %(tenant)s AND c.state = 'pending' AND c.origin = 'job'
   AND (%(touched)s::uuid[] IS NULL
     OR c.low_id = ANY(%(touched)s::uuid[]) OR c.high_id = ANY(%(touched)s::uuid[]))
   AND NOT EXISTS (SELECT 1 FROM candidate_stage AS s WHERE s.low = c.low_id AND s.high = c.high_id)
   AND NOT EXISTS (SELECT 1 FROM review_cases AS x
                    WHERE x.tenant_id = c.tenant_id AND x.id = c.case_id
                      AND (x.state = 'second' OR x.state = 'open' AND x.claimed_until > %(now)s))
"""
# Looked for among all pairs, or among those of customers who are known to be ``gone``.
_GONE = """
       c.tenant_id = %(tenant)s AND c.state = 'pending'
   AND (%(touched)s::uuid[] IS NULL
     OR c.low_id = ANY(%(gone)s::uuid[]) OR c.high_id = ANY(%(gone)s::uuid[]))
   AND (NOT EXISTS (SELECT 1 FROM match_records AS r
                     WHERE r.tenant_id = c.tenant_id AND r.profile_id = c.low_id)
     OR NOT EXISTS (SELECT 1 FROM match_records AS r
                     WHERE r.tenant_id = c.tenant_id AND r.profile_id = c.high_id))
"""
_CHANGES = Stage("candidate_changes", {"id": "uuid"})
_FIND_CHANGES = f"""
INSERT INTO candidate_changes (id)
SELECT c.id FROM ({_WANTED}) AS w
  JOIN match_candidates AS c ON c.tenant_id = %(tenant)s AND c.low_id = w.low AND c.high_id = w.high
 WHERE {_DIFFERS}
 UNION SELECT c.id FROM match_candidates AS c WHERE {_NOT_FOUND_AGAIN}
 UNION SELECT c.id FROM match_candidates AS c WHERE {_GONE}
"""  # noqa: S608
# One order for everybody, or a merge that closes pairs meanwhile would wait for us, and we for it: customers,
# as the foreign keys of new pairs ask for them, then candidates, each by their ids.
_HOLD = """
SELECT FROM profiles WHERE tenant_id = %(tenant)s AND id IN (
       SELECT unnest(ARRAY[s.low, s.high]) FROM candidate_stage AS s
        WHERE NOT EXISTS (SELECT 1 FROM match_candidates AS c WHERE c.tenant_id = %(tenant)s
                             AND c.low_id = s.low AND c.high_id = s.high))
 ORDER BY id FOR KEY SHARE
"""
_LOCK = """
SELECT FROM match_candidates WHERE tenant_id = %(tenant)s AND id IN (SELECT id FROM candidate_changes)
 ORDER BY id FOR NO KEY UPDATE
"""
_UPDATE = f"""
UPDATE match_candidates AS c
   SET state = w.state, score = w.score, weight = w.weight, levels = w.levels, conflicts = w.conflicts,
       model_number = %(number)s, low_fingerprint = w.low_fingerprint,
       high_fingerprint = w.high_fingerprint, run_id = %(run)s, updated_at = %(now)s,
       detected_at = CASE WHEN c.state = 'pending' THEN c.detected_at ELSE %(now)s END,
       case_id = CASE WHEN c.state = w.state THEN c.case_id END
  FROM ({_WANTED}) AS w
 WHERE c.tenant_id = %(tenant)s AND c.low_id = w.low AND c.high_id = w.high
   AND c.id IN (SELECT id FROM candidate_changes) AND {_DIFFERS}
"""  # noqa: S608
_INSERT = f"""
INSERT INTO match_candidates AS c
       (tenant_id, id, low_id, high_id, state, origin, score, weight, levels, conflicts, model_number,
        low_fingerprint, high_fingerprint, run_id,
        detected_at, created_at, updated_at, created_by, updated_by)
SELECT %(tenant)s, w.id, w.low, w.high, w.state, 'job', w.score, w.weight, w.levels, w.conflicts,
       %(number)s, w.low_fingerprint, w.high_fingerprint, %(run)s,
       %(now)s, %(now)s, %(now)s, 'system:unify', 'system:unify'
  FROM ({_WANTED}) AS w
 WHERE NOT EXISTS (SELECT 1 FROM match_candidates AS c WHERE c.tenant_id = %(tenant)s
                      AND c.low_id = w.low AND c.high_id = w.high)
 ORDER BY w.low, w.high
    ON CONFLICT (tenant_id, low_id, high_id) DO NOTHING
"""  # noqa: S608
_WITHDRAW = tuple(
    "UPDATE match_candidates AS c SET state = 'withdrawn', updated_at = %(now)s"  # noqa: S608
    f" WHERE {condition} AND c.id IN (SELECT id FROM candidate_changes)"
    for condition in (_NOT_FOUND_AGAIN, _GONE)
)


@dataclass(frozen=True, slots=True)
class Scored:
    """One pair a run has found, the lower id first."""

    low: str
    high: str
    score: float
    weight: float
    levels: str  # JSON: the number of the level each comparison reached
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
    gone: Sequence[uuid.UUID] = (),
) -> Stored:
    """Write the pairs found, and withdraw those not found again: all of them, or those that are ``touched``.

    With ``touched``, those who may have lost their records are ``gone``. Within the caller's transaction.
    """
    values: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "run": run_id,
        "number": model_number,
        "now": timezone.now(),
        "touched": None if touched is None else list(touched),
        "gone": list(gone),
        "among": None,
    }
    STAGE.create()
    _CHANGES.create()
    STAGE.fill(_rows(pairs))
    with connection.cursor() as cursor:
        # What has just been written has no statistics: without the index each row would read the whole stage.
        cursor.execute("CREATE INDEX IF NOT EXISTS candidate_stage_pair ON candidate_stage (low, high)")
        cursor.execute("CREATE INDEX IF NOT EXISTS candidate_changes_id ON candidate_changes (id)")
        cursor.execute("ANALYZE candidate_stage")
        for statement in (_HOLD, _FIND_CHANGES, "ANALYZE candidate_changes", _LOCK):
            cursor.execute(statement, values)
        written, withdrawn = (
            sum(_executed(cursor, statement, values) for statement in statements)
            for statements in ((_UPDATE, _INSERT), _WITHDRAW)
        )
        return Stored(written, withdrawn)


def _executed(cursor: CursorWrapper, statement: str, values: dict[str, Any]) -> int:
    cursor.execute(statement, values)
    return int(cursor.rowcount)


def _rows(pairs: Iterable[Scored]) -> Iterator[tuple[object, ...]]:
    for pair in pairs:
        yield (
            str(uuid7()),
            pair.low,
            pair.high,
            pair.score,
            pair.weight,
            pair.levels,
            f"{{{','.join(pair.conflicts)}}}",
        )
