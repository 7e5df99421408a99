"""The day's call lists, written down before anybody is called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_CEILING

from django.db import transaction
from django.utils import timezone

from cdm.choices import CallListName
from cdm.models import CallListing, Recommendation, WorkingRules
from cdm.recommending.callable import best_first
from cdm.recommending.situations import today_of
from cdp.models import Tenant
from profiles.locking import lock_values

_SPARE = 50


@transaction.atomic
def list_calls(tenant: Tenant, rules: WorkingRules, *, now: datetime | None = None) -> int:
    """Write today's lists, once; return how many places were written.

    As many as the rules say are left to call on each list; the comparison group between them is written down
    too, with its places, and is what the called ones are held against.
    """
    now = now or timezone.now()
    today = today_of(tenant, now)
    lock_values(tenant.pk, ["call_listings"])
    if CallListing.objects.filter(listed_on=today).exists():
        return 0
    places = [place for name in CallListName.values for place in _places(tenant, name, rules, today, now)]
    CallListing.objects.bulk_create(places, batch_size=1000)
    return len(places)


def _places(tenant: Tenant, name: str, rules: WorkingRules, today: date, now: datetime) -> list[CallListing]:
    fetched = (rules.list_size / (1 - rules.hold_out_share)).to_integral_value(ROUND_CEILING)
    rows = best_first(tenant, name, rules, now)[: int(fetched) * 2 + _SPARE]
    return [
        CallListing(
            profile_id=row.profile_id,
            list_name=name,
            listed_on=today,
            rank=rank,
            is_held_out=row.is_held_out,
            chance=row.chance,
            priority=row.priority,
        )
        for rank, row in enumerate(_first(rows, rules.list_size), 1)
    ]


def _first(rows: Iterable[Recommendation], size: int) -> list[Recommendation]:
    """Return rows until so many of them are to be called."""
    found: list[Recommendation] = []
    for row in rows:
        if size == 0:
            break
        found.append(row)
        size -= not row.is_held_out
    return found
