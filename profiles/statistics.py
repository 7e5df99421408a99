"""Numbers of customers, from the tallies: the same cost at ten and at a million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from cdp.tenancy.context import require_tenant_id
from profiles.choices import ProfileStatus, ProfileType
from profiles.models import ProfileTally

RECENT_DAYS = 30
_FOLD = """
    WITH gone AS (DELETE FROM profile_tallies WHERE tenant_id = %s RETURNING *)
    INSERT INTO profile_tallies (id, tenant_id, type, status, lifecycle_stage, created_on, delta)
    SELECT gen_random_uuid(), tenant_id, type, status, lifecycle_stage, day, sum(delta)
      FROM (SELECT *, CASE WHEN created_on > %s THEN created_on ELSE DATE '1970-01-01' END AS day
              FROM gone) AS dated
     GROUP BY tenant_id, type, status, lifecycle_stage, day HAVING sum(delta) <> 0
"""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Customers people work with (merged and deleted ones are not counted)."""

    total: int
    individuals: int
    companies: int
    active: int
    inactive: int
    recent_created: int


def statistics() -> Statistics:
    """Count the active tenant's customers; ``recent_created`` are those of the last 30 days (UTC)."""
    since = timezone.now().date() - timedelta(days=RECENT_DAYS)
    visible = ProfileTally.objects.filter(status__in=[ProfileStatus.ACTIVE, ProfileStatus.INACTIVE])
    numbers = visible.aggregate(
        total=_sum(),
        individuals=_sum(type=ProfileType.INDIVIDUAL),
        companies=_sum(type=ProfileType.COMPANY),
        active=_sum(status=ProfileStatus.ACTIVE),
        inactive=_sum(status=ProfileStatus.INACTIVE),
        recent_created=_sum(created_on__gt=since),
    )
    return Statistics(**numbers)


def _sum(**condition: object) -> Coalesce:
    return Coalesce(Sum("delta", filter=Q(**condition)), 0)


def fold_tallies() -> int:
    """Add up the active tenant's tallies to one row a kind and recent day; return how many rows are left.

    Days nobody asks for any more become one.
    One statement: what other transactions add meanwhile is left for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [require_tenant_id(), timezone.now().date() - timedelta(days=RECENT_DAYS)])
        return int(cursor.rowcount)
