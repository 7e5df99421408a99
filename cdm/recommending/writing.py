"""Writing a night's recommendations: one COPY and one set-based upsert."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from uuid_utils import uuid7

from cdp.models import Tenant
from profiles.imports.writing.stage import Stage

STAGE = Stage(
    "recommendation_stage",
    {
        "id": "uuid",
        "profile_id": "uuid",
        "priority": "smallint",
        "temperature": "text",
        "chance": "float8",
        "total_points": "int",
        "likelihood_points": "int",
        "room": "float8",
        "reasons": "jsonb",
        "is_contactable": "boolean",
        "is_held_out": "boolean",
        "offer_type": "text",
        "offer_reason": "text",
        "usual_products": "jsonb",
        "new_products": "jsonb",
        "best_time": "text",
        "best_time_source": "text",
        "best_time_n": "int",
        "best_time_reason": "text",
        "next_action": "text",
        "next_action_text": "text",
        "next_action_reason": "text",
        "expected_orders": "float8",
        "value_low": "numeric",
        "value_high": "numeric",
        "chance_active": "float8",
    },
)
_COLUMNS = ", ".join(STAGE.columns)
_CHANGED = ", ".join(
    f"{column} = excluded.{column}"
    for column in [*STAGE.columns, "fit_id", "computed_at", "boost", "usual_offer"][2:]
)
# Somebody may have gone, or been merged, while this was being computed.
_UPSERT = f"""
INSERT INTO recommendations (tenant_id, fit_id, computed_at, boost, usual_offer, {_COLUMNS})
SELECT %(tenant)s, %(fit)s, %(now)s, 0, '{{}}', {", ".join("s." + column for column in STAGE.columns)}
  FROM recommendation_stage AS s
  JOIN profiles AS p ON p.tenant_id = %(tenant)s AND p.id = s.profile_id AND p.status = 'ACTIVE'
    ON CONFLICT (tenant_id, profile_id) DO UPDATE SET {_CHANGED}
"""  # noqa: S608 - our own columns
_FORGET = "DELETE FROM recommendations WHERE tenant_id = %(tenant)s AND fit_id <> %(fit)s"


def write(tenant: Tenant, fit_id: uuid.UUID, now: datetime, rows: Iterable[tuple[Any, ...]]) -> int:
    """Replace the tenant's recommendations by these, inside the caller's transaction; return how many."""
    STAGE.create()
    STAGE.fill((str(uuid7()), *row) for row in rows)
    values: dict[str, Any] = {"tenant": tenant.pk, "fit": fit_id, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, values)
        written = cursor.rowcount
        cursor.execute(_FORGET, values)
    return int(written)
