"""How long the queue is, and how far people have come today."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from cdp.permissions import UNIFY_MERGE
from cdp.recall import forget, recall_or
from unify.deciding.cases import WAITING
from unify.models import ReviewCase

# Nobody reads a larger number, and counting further takes longer.
MOST_COUNTED = 999
BADGE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class DayProgress:
    """What has been decided today, by the tenant's clock, and what is left: at most MOST_COUNTED + 1."""

    mine: int
    everybody: int
    left: int


def waiting_count(tenant: Tenant) -> int:
    """Return how many cases wait for people, exactly: for a job; pages count up to a bound."""
    return ReviewCase.objects.filter(state__in=WAITING).count()


def progress_of_the_day(tenant: Tenant, by: Actor) -> DayProgress:
    """Return how many cases the person and everybody have decided today, and how many wait."""
    today = ReviewCase.objects.filter(decided_at__gte=midnight(tenant))
    counts = today.aggregate(everybody=Count("pk"), mine=Count("pk", filter=Q(decided_by=str(by))))
    return DayProgress(left=_counted_so_far(), **counts)


def midnight(tenant: Tenant) -> datetime:
    """Return when the tenant's day began."""
    now = timezone.now().astimezone(ZoneInfo(tenant.time_zone))
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def waiting_badge(request: HttpRequest) -> str:
    """Return the number on the navigation's entry; nothing when nobody waits or it is none of theirs."""
    membership = getattr(request, "membership", None)
    if membership is None or UNIFY_MERGE not in membership.codes:
        return ""
    number = recall_or(_key(membership.tenant_id), _counted_so_far, seconds=BADGE_SECONDS)
    if number > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(number) if number else ""


def count_anew(tenant: Tenant) -> None:
    """Let the next page count, once the transaction is committed."""
    transaction.on_commit(lambda: forget(_key(tenant.pk)), robust=True)


def _key(tenant_id: uuid.UUID) -> str:
    return f"unify:waiting:{tenant_id}"


def _counted_so_far() -> int:
    return ReviewCase.objects.filter(state__in=WAITING)[: MOST_COUNTED + 1].count()
