"""What was said before of the records of a case, and of those merged into them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from profiles.models import Profile
from unify.choices import Decision
from unify.merging.kin import with_merged
from unify.models import Verdict

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Earlier:
    """Somebody once said of two records that they are not the same."""

    names: tuple[str, str]
    by: str
    at: datetime
    reason: str


def earlier_verdicts(ids: Collection[uuid.UUID]) -> list[Earlier]:
    """Return the last word on every two of these that they are not the same, the latest first.

    What was said of somebody who was merged into one of them is among it, under the name it was said of.
    """
    kin = with_merged(ids)
    rows = Verdict.objects.filter(low__in=kin, high__in=kin)
    latest = rows.order_by("low_id", "high_id", "-created_at", "-id").distinct("low_id", "high_id")
    apart = [
        one for one in latest if one.decision == Decision.DIFFERENT and kin[one.low_id] != kin[one.high_id]
    ]
    shown = sorted(apart, key=lambda one: one.created_at, reverse=True)[:MOST_SHOWN]
    people = {pk for one in shown for pk in (one.low_id, one.high_id)}
    rows_of = Profile.objects.filter(pk__in=people).only("name", "email", "phone", "status")
    names = {row.pk: row.shown_name for row in rows_of}
    return [
        Earlier((names[one.low_id], names[one.high_id]), one.by, one.created_at, one.reason) for one in shown
    ]
