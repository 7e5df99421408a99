"""One statement that makes the summaries of customers anew, and says what changed."""

from __future__ import annotations

from functools import cache

from cdm.summaries.facts import BEHAVIOUR_KEPT, COUNTS, MOMENTS, PARTS
from cdm.summaries.rules import JUDGED, SEEN, VERDICTS

# A version 7 UUID (RFC 9562) made by the database, so that new rows land at the end of every index.
UUID7 = """
encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
    substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
    FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid"""
COLUMNS = (*COUNTS, *MOMENTS, *VERDICTS)
# Here as below every table is narrowed to the customers by itself, as all are joined as sets.
# Merged and deleted customers have no summary.
FORGET = """
DELETE FROM customer_summaries AS s
 USING profiles AS p
 WHERE s.tenant_id = %(tenant)s AND s.profile_id {whose}
   AND p.tenant_id = s.tenant_id AND p.id = s.profile_id AND p.id {whose}
   AND p.status NOT IN ('ACTIVE', 'INACTIVE')"""
LOCK = """
SELECT 1 FROM profiles WHERE tenant_id = %(tenant)s AND id {whose} ORDER BY id FOR NO KEY UPDATE"""

# Once there was an order, the stage is what the rules made of it, and nobody's word; a merge taken back
# restores what was said before, and the summary still counts the orders that are gone.
_GIVEN = """
SELECT p.id AS profile_id, p.lifecycle_stage AS stage_before, s.id IS NULL AS is_new,
       CASE WHEN s.orders > 0 AND NOT %(is_restored)s THEN 'SUBSCRIBER'
            ELSE p.lifecycle_stage END AS stage_said
  FROM profiles AS p
  LEFT JOIN customer_summaries AS s ON s.tenant_id = p.tenant_id AND s.profile_id = p.id
                                   AND s.profile_id {whose}
 WHERE p.tenant_id = %(tenant)s AND p.id {whose} AND p.status IN ('ACTIVE', 'INACTIVE')"""
_KEPT = """
INSERT INTO customer_summaries AS kept (id, tenant_id, profile_id, updated_at, {columns})
SELECT {uuid7}, %(tenant)s, profile_id, %(now)s, {columns} FROM judged
ON CONFLICT (tenant_id, profile_id) DO UPDATE SET updated_at = EXCLUDED.updated_at, {settings}
 WHERE ({mine}) IS DISTINCT FROM ({theirs})
RETURNING 1"""
_MOVED = """
UPDATE profiles AS p
   SET lifecycle_stage = j.lifecycle_stage, version = p.version + 1,
       updated_at = %(now)s, updated_by = 'system:lifecycle'
  FROM judged AS j
 WHERE p.tenant_id = %(tenant)s AND p.id {whose} AND p.id = j.profile_id
   AND p.lifecycle_stage <> j.lifecycle_stage
RETURNING 1"""
# The summary before, as this statement found it: nobody else changes it while the customer is locked.
_TOLD = """
INSERT INTO customer_events (id, tenant_id, profile_id, type, timestamp, source, payload, created_at)
SELECT {uuid7}, %(tenant)s, c.profile_id, c.type, %(now)s, '',
       jsonb_build_object('from', c.old, 'to', c.new, 'reason', c.reason), %(now)s
  FROM (
    SELECT j.profile_id, v.type, v.old, v.new, v.reason
      FROM judged AS j
      LEFT JOIN customer_summaries AS s ON s.tenant_id = %(tenant)s AND s.profile_id = j.profile_id
                                       AND s.profile_id {whose}
     CROSS JOIN LATERAL (VALUES
        ('temperature_changed', coalesce(s.temperature, 'cold'), j.temperature, j.temperature_reason),
        ('type_changed', coalesce(s.customer_type, 'new'), j.customer_type, j.type_reason),
        ('lifecycle_changed', j.stage_before, j.lifecycle_stage, j.stage_reason)
     ) AS v (type, old, new, reason)
     WHERE s.id IS NOT NULL OR %(tells_first)s
  ) AS c
 WHERE c.old <> c.new
RETURNING 1"""


@cache
def refresh_statement(whose: str, *, behaves_as_before: bool) -> str:
    """Return the statement for the customers that ``whose`` keeps: a condition on their id."""
    counted = PARTS | ({"b": BEHAVIOUR_KEPT} if behaves_as_before else {})
    parts = ",\n".join(f"{name} AS ({sql.format(whose=whose)})" for name, sql in counted.items())
    columns = ", ".join(COLUMNS)
    kept = _KEPT.format(
        columns=columns,
        uuid7=UUID7,
        settings=", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS),
        mine=", ".join(f"kept.{name}" for name in COLUMNS),
        theirs=", ".join(f"EXCLUDED.{name}" for name in COLUMNS),
    )
    return f"""
WITH given AS ({_GIVEN.format(whose=whose)}),
{parts},
counted AS ({_counted()}),
seen AS ({SEEN}),
judged AS MATERIALIZED ({JUDGED}),
kept_rows AS ({kept}),
moved AS ({_MOVED.format(whose=whose)}),
told AS ({_TOLD.format(uuid7=UUID7, whose=whose)})
SELECT (SELECT count(*) FROM kept_rows), (SELECT count(*) FROM moved), (SELECT count(*) FROM told)"""


def _counted() -> str:
    counts = ", ".join(f"coalesce({name}, 0) AS {name}" for name in COUNTS)
    joins = "".join(f" LEFT JOIN {name} USING (profile_id)" for name in PARTS)
    return f"""
SELECT profile_id, stage_before, stage_said, {counts}, {", ".join(MOMENTS)},
       coalesce(has_answered, false) AS has_answered,
       coalesce(has_deal OR has_quotation OR has_drop_off OR product_views > 0 OR carts > 0, false)
           AS has_shown_interest,
       (last_order_at AT TIME ZONE %(zone)s)::date AS order_day,
       (last_contact_at AT TIME ZONE %(zone)s)::date AS contact_day
  FROM given{joins}"""
