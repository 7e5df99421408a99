"""What rules do to recommendations: points of their own, and another offer."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection

from cdp.models import Tenant

# Everything a rule has put on a recommendation is taken off and put on anew, from the firings that hold.
# Points of rules are reasons like all others, so reasons go on summing to the score.
_APPLY = """
WITH held AS (
    SELECT f.profile_id, u.position, u.created_at, u.id, u.name,
           (u.actions ->> 'boost')::int AS boost, u.actions ->> 'offer' AS offer
      FROM rule_firings AS f
      JOIN automation_rules AS u ON u.tenant_id = %(tenant)s AND u.id = f.rule_id
     WHERE f.tenant_id = %(tenant)s AND f.ended_at IS NULL AND u.is_active AND u.removed_at IS NULL
       AND (u.actions ? 'boost' OR u.actions ? 'offer')
       AND (%(among)s::uuid[] IS NULL OR f.profile_id = ANY(%(among)s::uuid[]))),
effects AS (
    SELECT profile_id, coalesce(sum(boost), 0)::int AS boost,
           coalesce(jsonb_agg(jsonb_build_object('name', 'rule', 'label', name, 'points', boost, 'text',
               %(said)s::text || name, 'value', NULL) ORDER BY position, created_at, id)
               FILTER (WHERE boost IS NOT NULL), '[]') AS reasons,
           (array_agg(offer ORDER BY position, created_at, id) FILTER (WHERE offer IS NOT NULL))[1] AS offer,
           (array_agg(name ORDER BY position, created_at, id)
               FILTER (WHERE offer IS NOT NULL))[1] AS offered_by
      FROM held GROUP BY profile_id),
wanted AS (
    SELECT r.id, coalesce(e.boost, 0) AS boost,
           r.total_points - r.boost + coalesce(e.boost, 0) AS total,
           (SELECT coalesce(jsonb_agg(x ORDER BY n), '[]') FROM jsonb_array_elements(r.reasons)
              WITH ORDINALITY AS a(x, n)
             WHERE x ->> 'name' <> 'rule') || coalesce(e.reasons, '[]') AS reasons,
           CASE WHEN r.usual_offer = '{}' THEN r.offer_type ELSE r.usual_offer ->> 'type' END AS usual_type,
           CASE WHEN r.usual_offer = '{}' THEN r.offer_reason
                ELSE r.usual_offer ->> 'reason' END AS usual_reason,
           e.offer, e.offered_by, i.card -> 'deciles' AS deciles
      FROM recommendations AS r
      JOIN insight_fits AS i ON i.tenant_id = %(tenant)s AND i.id = r.fit_id
      LEFT JOIN effects AS e ON e.profile_id = r.profile_id
     WHERE r.tenant_id = %(tenant)s AND (%(among)s::uuid[] IS NULL OR r.profile_id = ANY(%(among)s::uuid[]))
       AND (e.profile_id IS NOT NULL OR r.boost <> 0 OR r.usual_offer <> '{}'))
UPDATE recommendations AS r
   SET boost = w.boost, total_points = w.total, reasons = w.reasons,
       priority = CASE WHEN r.priority IS NULL THEN NULL ELSE 1 + (
           SELECT count(*) FROM jsonb_array_elements_text(w.deciles) AS d(least)
            WHERE least::int <= w.total) END,
       offer_type = coalesce(w.offer, w.usual_type),
       offer_reason = CASE WHEN w.offer IS NULL THEN w.usual_reason
                           ELSE left(%(said)s::text || w.offered_by, 200) END,
       usual_offer = CASE WHEN w.offer IS NULL THEN '{}'::jsonb
                          ELSE jsonb_build_object('type', w.usual_type, 'reason', w.usual_reason) END
  FROM wanted AS w
 WHERE r.tenant_id = %(tenant)s AND r.id = w.id
   AND (r.boost, r.total_points, r.reasons, r.offer_type, r.usual_offer) IS DISTINCT FROM
       (w.boost, w.total, w.reasons, coalesce(w.offer, w.usual_type),
        CASE WHEN w.offer IS NULL THEN '{}'::jsonb
             ELSE jsonb_build_object('type', w.usual_type, 'reason', w.usual_reason) END)
"""
SAID = "rule: "


def apply_effects(tenant: Tenant, among: Collection[uuid.UUID] | None = None) -> int:
    """Bring recommendations up to the rules that hold; return how many changed."""
    values: dict[str, Any] = {
        "tenant": tenant.pk,
        "among": None if among is None else list(among),
        "said": SAID,
    }
    with connection.cursor() as cursor:
        cursor.execute(_APPLY, values)
        return int(cursor.rowcount)
