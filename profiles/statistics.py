"""Numbers of customers, from the tallies: the same cost at ten and at a million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from profiles.choices import ProfileStatus, ProfileType
from profiles.models import ProfileTally

RECENT_DAYS = 30


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
