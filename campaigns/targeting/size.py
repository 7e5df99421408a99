"""How many customers a target profile meets, which, and how far two overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from campaigns.models import TargetProfile
from campaigns.targeting.conditions import condition_of
from profiles.models import Profile
from profiles.statistics import statistics

SAMPLE = 10


@dataclass(frozen=True)
class Size:
    """How many of the active customers are met."""

    customers: int
    matching: int

    @property
    def percentage(self) -> float:
        """Return the share that is met: 0 to 100."""
        return round(100 * self.matching / self.customers, 2) if self.customers else 0.0


@dataclass(frozen=True)
class Overlap:
    """Two targets side by side; ``similarity`` is what both meet of what either meets (Jaccard), 0 to 1."""

    first: int
    second: int
    both: int

    @property
    def either(self) -> int:
        """Return how many at least one of them meets."""
        return self.first + self.second - self.both

    @property
    def similarity(self) -> float:
        """Return the overlap: 0 when nobody is met by both."""
        return round(self.both / self.either, 4) if self.either else 0.0


def matching_customers(target: TargetProfile, today: date) -> Any:
    """Return the active customers a target profile meets."""
    return Profile.objects.active().filter(condition_of(target, today))


def live_size(target: TargetProfile, today: date) -> Size:
    """Count the customers a target profile meets, now; those there are come from the tallies."""
    matching = matching_customers(target, today).count()
    return Size(customers=max(statistics().active, matching), matching=matching)


def sample_of(target: TargetProfile, today: date, size: int = SAMPLE) -> list[Profile]:
    """Return some of the customers a target profile meets, the newest first."""
    return list(matching_customers(target, today).for_list().order_by("-created_at", "-pk")[:size])


def overlap_of(first: TargetProfile, second: TargetProfile, today: date) -> Overlap:
    """Count what two target profiles meet, alone and together, in one pass."""
    one, other = _or_all(condition_of(first, today)), _or_all(condition_of(second, today))
    counted = Profile.objects.active().aggregate(
        first=Count("pk", filter=one),
        second=Count("pk", filter=other),
        both=Count("pk", filter=one & other),
    )
    return Overlap(**counted)


def _or_all(condition: Q) -> Q:
    # An aggregate takes no empty filter.
    return condition or Q(pk__isnull=False)
