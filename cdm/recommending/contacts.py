"""Calls, looks into the shop and what is promised, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from cdm.insights.orders.book import Floats, Ints
from cdm.insights.timing import BUCKETS, HOURS, Attempts
from cdm.recommending.arrow import arrow_table
from cdm.recommending.customers import numbers
from cdp.models import Tenant

# Whom we called, and whether they answered; calls of which nobody said so teach nothing.
_CALLS = """
SELECT c.number, extract(isodow FROM i.occurred_at AT TIME ZONE %(zone)s)::int - 1,
       extract(hour FROM i.occurred_at AT TIME ZONE %(zone)s)::int, i.was_answered::int
  FROM customer_interactions AS i JOIN numbered_customers AS c ON c.id = i.profile_id
 WHERE i.tenant_id = %(tenant)s AND i.type = 'call' AND i.direction = 'outbound'
   AND i.was_answered IS NOT NULL
"""
_CALL_COLUMNS = {name: pa.int64() for name in ("customer", "weekday", "hour", "answered")}
LOOK_DAYS = 30
_LOOKS = """
SELECT c.number, p.number, count(*)
  FROM customer_behavior AS b
  JOIN numbered_customers AS c ON c.id = b.profile_id
  JOIN numbered_products AS p ON p.id = b.product_id
 WHERE b.tenant_id = %(tenant)s AND b.type IN ('product_view', 'add_to_cart', 'wishlist')
   AND b.occurred_at >= %(since)s
 GROUP BY c.number, p.number ORDER BY c.number, count(*) DESC, p.number
"""
_LOOK_COLUMNS = {name: pa.int64() for name in ("customer", "product", "times")}
_SUMMARIES = """
SELECT n.number, (%(today)s - (s.last_contact_at AT TIME ZONE %(zone)s)::date),
       (%(today)s - (s.next_follow_up_at AT TIME ZONE %(zone)s)::date)
  FROM numbered_customers AS n
  JOIN customer_summaries AS s ON s.tenant_id = %(tenant)s AND s.profile_id = n.id
 WHERE s.last_contact_at IS NOT NULL OR s.next_follow_up_at IS NOT NULL
"""
_SUMMARY_COLUMNS = {"customer": pa.int64(), "contacted": pa.float64(), "follow_up": pa.float64()}


@dataclass(frozen=True, slots=True)
class Looks:
    """Products customers looked at of late, each customer's most looked at first."""

    customer: Ints
    product: Ints
    times: Ints


@dataclass(frozen=True, slots=True)
class Contacts:
    """Per customer, days since the last contact and since a promised one was due; NaN where there is none."""

    contacted_days_ago: Floats
    follow_up_overdue_days: Floats


def read_attempts(tenant: Tenant) -> Attempts:
    """Return every call that was tried, in two-hour windows of the tenant's clock."""
    table = arrow_table(_CALLS, _CALL_COLUMNS, tenant=tenant.pk, zone=tenant.time_zone)
    weekday, hour = numbers(table["weekday"]), numbers(table["hour"])
    is_weekend = weekday > 4  # noqa: PLR2004 - Friday
    bucket = is_weekend * (BUCKETS // 2) + hour // HOURS
    return Attempts(numbers(table["customer"]), bucket, numbers(table["answered"]))


def read_looks(tenant: Tenant, since: date) -> Looks:
    """Return what customers looked at since a day."""
    table = arrow_table(_LOOKS, _LOOK_COLUMNS, tenant=tenant.pk, since=since)
    return Looks(*(numbers(table[name]) for name in _LOOK_COLUMNS))


def read_contacts(tenant: Tenant, customers: int, today: date) -> Contacts:
    """Return when customers were last spoken to, and what they were promised."""
    table = arrow_table(_SUMMARIES, _SUMMARY_COLUMNS, tenant=tenant.pk, zone=tenant.time_zone, today=today)
    who = numbers(table["customer"])
    found = []
    for name in ("contacted", "follow_up"):
        days = np.full(customers, np.nan)
        days[who] = table[name].to_numpy()
        found.append(days)
    return Contacts(*found)
