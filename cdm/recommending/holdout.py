"""What calling changed: those a list named, against those it left uncalled by lot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from cdm.choices import CallListName
from cdm.insights.uplift import Uplift, measured_uplift
from cdm.recommending.situations import today_of
from cdp.models import Tenant

WINDOWS = (14, 30, 60)
# Each customer counts once, from the first day a list named them; who was merged, once or over and over, has
# the survivor's orders.
_OUTCOMES = """
WITH RECURSIVE firsts AS (
    SELECT DISTINCT ON (profile_id) profile_id, listed_on, is_held_out
      FROM call_listings
     WHERE tenant_id = %(tenant)s AND (%(list)s = '' OR list_name = %(list)s)
     ORDER BY profile_id, listed_on, list_name),
stands_for AS (
    SELECT p.id AS listed, p.id, p.merged_into_id
      FROM firsts AS f JOIN profiles AS p ON p.tenant_id = %(tenant)s AND p.id = f.profile_id
    UNION
    SELECT s.listed, p.id, p.merged_into_id
      FROM stands_for AS s JOIN profiles AS p ON p.tenant_id = %(tenant)s AND p.id = s.merged_into_id)
SELECT f.is_held_out, f.listed_on > %(last)s AS is_open, count(*),
       count(*) FILTER (WHERE EXISTS (
           SELECT FROM orders AS o
            WHERE o.tenant_id = %(tenant)s AND o.profile_id = s.id
              AND o.kind = 'SALE' AND o.status <> 'CANCELLED'
              AND o.ordered_at >= f.listed_on::timestamp AT TIME ZONE %(zone)s
              AND o.ordered_at < (f.listed_on + %(days)s)::timestamp AT TIME ZONE %(zone)s)),
       min(f.listed_on), max(f.listed_on)
  FROM firsts AS f JOIN stands_for AS s ON s.listed = f.profile_id AND s.merged_into_id IS NULL
 GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class HoldOutResult:
    """One list's measured difference, over those whose days are over."""

    list_name: str  # "" for both lists together
    days: int
    uplift: Uplift
    called_bought: int
    held_out_bought: int
    still_open: int  # customers listed too recently to tell
    first_on: date | None
    last_on: date | None

    @property
    def label(self) -> str:
        return str(CallListName(self.list_name).label) if self.list_name else ""

    @property
    def points(self) -> str:
        """The difference in percentage points, with its sign."""
        return f"{self.uplift.difference * 100:+.1f}"

    @property
    def points_low(self) -> str:
        return f"{self.uplift.low * 100:+.1f}"

    @property
    def points_high(self) -> str:
        return f"{self.uplift.high * 100:+.1f}"

    @property
    def is_unclear(self) -> bool:
        """Tell whether the interval holds 0."""
        return self.uplift.low <= 0 <= self.uplift.high

    @property
    def called_percent(self) -> str:
        return _percent(self.uplift.called_share, self.uplift.called)

    @property
    def held_out_percent(self) -> str:
        return _percent(self.uplift.held_out_share, self.uplift.held_out)


def _percent(share: float, of: int) -> str:
    return f"{share * 100:.1f} %" if of else "–"


def results(tenant: Tenant, days: int, today: date | None = None) -> list[HoldOutResult]:
    """Return the difference within ``days`` of being listed: of both lists together, then of each."""
    today = today or today_of(tenant)
    return [_result(tenant, name, days, today) for name in ("", *CallListName.values)]


def _result(tenant: Tenant, name: str, days: int, today: date) -> HoldOutResult:
    values: dict[str, Any] = {
        "tenant": tenant.pk,
        "list": name,
        "days": days,
        "last": today - timedelta(days=days),
        "zone": tenant.time_zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OUTCOMES, values)
        found = cursor.fetchall()
    groups = {(held, is_open): (count, bought) for held, is_open, count, bought, _, _ in found}
    called, called_bought = groups.get((False, False), (0, 0))
    held, held_bought = groups.get((True, False), (0, 0))
    closed = [(first, last) for _, is_open, _, _, first, last in found if not is_open]
    return HoldOutResult(
        name,
        days,
        measured_uplift(
            called=called, called_bought=called_bought, held_out=held, held_out_bought=held_bought
        ),
        called_bought,
        held_bought,
        sum(count for (_, is_open), (count, _) in groups.items() if is_open),
        min((first for first, _ in closed), default=None),
        max((last for _, last in closed), default=None),
    )
