"""Making summaries anew for many: everybody, those for whom time has passed, and those who have none yet."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from cdm.models import CustomerSummary
from cdm.operations.attach_orders import attach_orders
from cdm.operations.refresh_summaries import refresh_range, refresh_summaries
from cdp.ids import uuid7_at
from cdp.models import Tenant
from cdp.postgresql.statistics import know_tenant
from cdp.tenancy.context import tenant_context

# Customers per transaction: who works on one of them meanwhile waits a moment.
AT_ONCE = 5_000
# New customers are told of at once; this catches those of imports, which tell of none of them.
RECENT = timedelta(days=2)
# What summaries are made of, and what they fill.
_TABLES = (
    *("profiles", "profile_identifiers", "orders", "customer_interactions", "customer_behavior"),
    *("customer_dropoff_tracking", "customer_family_members", "deals", "quotations"),
    *("customer_summaries", "customer_events"),
)
_NEXT = """
SELECT id FROM profiles WHERE tenant_id = %s AND id > %s ORDER BY id LIMIT %s"""
_WITHOUT = """
SELECT p.id FROM profiles AS p
 WHERE p.tenant_id = %s AND p.id > %s AND p.status IN ('ACTIVE', 'INACTIVE')
   AND NOT EXISTS (SELECT FROM customer_summaries AS s
                    WHERE s.tenant_id = p.tenant_id AND s.profile_id = p.id)
 ORDER BY p.id LIMIT %s"""
FIRST = uuid.UUID(int=0)


def rebuild(
    tenant: Tenant, *, now: datetime | None = None, told: Callable[[int], object] | None = None
) -> int:
    """Make every customer's summary anew; return how many customers there are.

    Orders that waited for one of them are theirs first. ``told`` hears how many are done. A first summary is
    no change: it puts nothing on the timeline.
    """
    done, last = 0, FIRST
    with tenant_context(tenant):
        while ids := _ids(_NEXT, tenant, last):
            know_tenant(_TABLES)
            attach_orders(tenant=tenant, profile_ids=ids, tells_first=False)
            refresh_range(
                tenant=tenant, low=ids[0], high=ids[-1], now=now or timezone.now(), tells_first=False
            )
            done, last = done + len(ids), ids[-1]
            if told is not None:
                told(done)
    return done


def refresh_due(tenant: Tenant, *, now: datetime | None = None) -> int:
    """Judge those anew whom time alone has moved by today, in the tenant's time zone; return how many."""
    at = now or timezone.now()
    today = timezone.localdate(at, timezone=ZoneInfo(tenant.time_zone))
    done, last = 0, FIRST
    with tenant_context(tenant):
        due = CustomerSummary.objects.filter(changes_on__lte=today).order_by("profile_id")
        while ids := list(due.filter(profile_id__gt=last).values_list("profile_id", flat=True)[:AT_ONCE]):
            know_tenant(_TABLES)
            refresh_summaries(tenant=tenant, profile_ids=ids, now=at, behaves_as_before=True)
            done, last = done + len(ids), ids[-1]
    return done


def make_missing(tenant: Tenant, *, of_all: bool = False) -> int:
    """Make the first summary of customers who came in without one; of the last days, or ``of_all``."""
    last = FIRST if of_all else uuid7_at(timezone.now() - RECENT)
    done = 0
    with tenant_context(tenant):
        while ids := _ids(_WITHOUT, tenant, last):
            know_tenant(_TABLES)
            attach_orders(tenant=tenant, profile_ids=ids, tells_first=False)
            refresh_summaries(tenant=tenant, profile_ids=ids, tells_first=False)
            done, last = done + len(ids), ids[-1]
    return done


def _ids(sql: str, tenant: Tenant, last: uuid.UUID) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [tenant.pk, last, AT_ONCE])
        return [row[0] for row in cursor.fetchall()]
