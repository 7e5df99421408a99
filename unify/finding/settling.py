"""Letting cases say what their waiting pairs say, and withdrawing those that have none left."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.utils import timezone

from cdp.tenancy.context import require_tenant_id
from profiles.imports.writing.stage import Stage
from unify.models import MatchSettings

_CHOSEN = "(%(cases)s::uuid[] IS NULL OR x.id = ANY(%(cases)s::uuid[]))"
# Measured into a temporary table first, whose statistics are then known: nobody may analyze the cases
# themselves within the transaction that makes them by the thousand.
_MEASURES = Stage(
    "case_measures",
    {
        "case_id": "uuid",
        "best": "float8",
        "least": "float8",
        "has_conflict": "boolean",
        "size": "integer",
        "is_risky": "boolean",
    },
)
# Long histories matter only where two people are asked; then a probe per customer is worth it.
_MEASURE = """
INSERT INTO case_measures (case_id, best, least, has_conflict, size, is_risky)
SELECT p.case_id, p.best, p.least, p.has_conflict, who.size, p.has_conflict OR who.is_risky
  FROM (SELECT c.case_id, max(c.score) AS best, min(c.score) AS least,
               bool_or(c.conflicts <> '{}') AS has_conflict,
               array_agg(c.low_id) || array_agg(c.high_id) AS people
          FROM match_candidates AS c
         WHERE c.tenant_id = %(tenant)s AND c.state = 'pending' AND c.case_id IS NOT NULL
           AND (%(cases)s::uuid[] IS NULL OR c.case_id = ANY(%(cases)s::uuid[]))
         GROUP BY c.case_id) AS p
 CROSS JOIN LATERAL (
       SELECT count(*) AS size,
              bool_or(f.type = 'COMPANY' OR (%(asks_two)s AND EXISTS (
                  SELECT 1 FROM customer_events AS e
                   WHERE e.tenant_id = %(tenant)s AND e.profile_id = f.id
                  OFFSET %(events)s))) AS is_risky
         FROM profiles AS f
        WHERE f.tenant_id = %(tenant)s AND f.id = ANY(p.people)
 ) AS who
"""
_WRITE = """
UPDATE review_cases AS x
   SET size = m.size, best_score = m.best, least_score = m.least, has_conflict = m.has_conflict,
       is_risky = m.is_risky, updated_at = %(now)s
  FROM case_measures AS m
 WHERE x.tenant_id = %(tenant)s AND x.id = m.case_id AND x.state IN ('open', 'second')
   AND (x.size, x.best_score, x.least_score, x.has_conflict, x.is_risky)
       IS DISTINCT FROM (m.size, m.best, m.least, m.has_conflict, m.is_risky)
"""
# Nothing asks whether a pair's case is there before the commit; so a case is written once, with its measures.
_MAKE = """
INSERT INTO review_cases (tenant_id, id, state, size, best_score, least_score, has_conflict, is_risky,
                          claimed_by, skipped_by, seen, first_decision, earlier_decisions, decision,
                          decided_by, created_at, updated_at, created_by, updated_by)
SELECT %(tenant)s::uuid, m.case_id, 'open', m.size, m.best, m.least, m.has_conflict, m.is_risky, '',
       '{}'::text[], '{}'::jsonb, '{}'::jsonb, '[]'::jsonb, '', '',
       %(now)s::timestamptz, %(now)s::timestamptz, 'system:unify', 'system:unify'
  FROM case_measures AS m
  JOIN unnest(%(made)s::uuid[]) AS made (id) ON made.id = m.case_id
"""
_WITHDRAW = f"""
UPDATE review_cases AS x
   SET state = 'withdrawn', claimed_by = '', claimed_until = NULL, updated_at = %(now)s
 WHERE x.tenant_id = %(tenant)s AND x.state IN ('open', 'second') AND {_CHOSEN}
   AND NOT EXISTS (SELECT 1 FROM case_measures AS m WHERE m.case_id = x.id)
"""  # noqa: S608


def settle(cases: Collection[uuid.UUID] | None, *, made: Collection[uuid.UUID] = ()) -> int:
    """Measure these cases again (None: all), and withdraw the empty ones; return how many were withdrawn.

    Cases that are ``made`` have pairs, and are not stored yet.
    """
    settings = MatchSettings.objects.first() or MatchSettings()
    values: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "cases": None if cases is None else list(cases),
        "made": list(made),
        "now": timezone.now(),
        "asks_two": settings.needs_second_person,
        "events": max(settings.risky_events - 1, 0),
    }
    _MEASURES.create()
    with connection.cursor() as cursor:
        cursor.execute(_MEASURE, values)
        cursor.execute("CREATE INDEX IF NOT EXISTS case_measures_case ON case_measures (case_id)")
        cursor.execute("ANALYZE case_measures")
        cursor.execute(_WRITE, values)
        if made:
            cursor.execute(_MAKE, values)
        cursor.execute(_WITHDRAW, values)
        return int(cursor.rowcount)
