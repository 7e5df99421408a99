"""Set logic of the agent's working day: what lists show."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from cdm.choices import BehaviourType
from cdm.models import ActivityTask, BehaviourEvent, DropOff, FamilyMember, Interaction
from cdp.models import Tenant


def family_of(profile_id: uuid.UUID) -> list[FamilyMember]:
    """Return a customer's relatives from both sides, each once, in one query."""
    rows = FamilyMember.objects.filter(Q(profile=profile_id) | Q(relative=profile_id))
    # Whose two ends a merge has brought together is nobody's relative.
    linked = rows.exclude(relative=F("profile")).select_related("profile", "relative")
    return list(linked.order_by("created_at", "id"))


def interaction_stats(profile_id: uuid.UUID) -> dict[str, Any]:
    """Return a customer's talks in numbers, in two queries."""
    rows = Interaction.objects.filter(profile=profile_id).order_by()
    pairs = rows.values_list("type", "direction").annotate(Count("pk"))
    by_type: dict[str, int] = {}
    by_direction: dict[str, int] = {}
    for kind, direction, number in pairs:
        by_type[kind] = by_type.get(kind, 0) + number
        by_direction[direction] = by_direction.get(direction, 0) + number
    numbers = rows.aggregate(
        answered=Count("pk", filter=Q(was_answered=True)),
        unanswered=Count("pk", filter=Q(was_answered=False)),
        total_duration_seconds=Sum("duration_seconds"),
        avg_duration_seconds=Avg("duration_seconds"),
        open_follow_ups=Count("pk", filter=Q(follow_up_required=True, followed_up_at__isnull=True)),
        last_interaction_at=Max("occurred_at"),
    )
    numbers["total_duration_seconds"] = numbers["total_duration_seconds"] or 0
    total = sum(by_type.values())
    return {"total_interactions": total, "by_type": by_type, "by_direction": by_direction, **numbers}


def most_viewed(profile_id: uuid.UUID, limit: int) -> list[Any]:
    """Return the products a customer looked at most, those of the catalogue by its names."""
    views = BehaviourEvent.objects.filter(profile=profile_id, type=BehaviourType.PRODUCT_VIEW)
    named = views.exclude(product=None, product_ref="").order_by()
    grouped = named.values("product_id", "product_ref", sku=F("product__sku"), name=F("product__name"))
    counted = grouped.annotate(views=Count("pk"), last_viewed_at=Max("occurred_at"))
    return list(counted.order_by("-views", "-last_viewed_at", "product_id", "product_ref")[:limit])


def win_back() -> QuerySet[DropOff]:
    """Return who turned back and never came, the most valuable carts first, as the index has them."""
    return DropOff.objects.filter(recovered_at__isnull=True).order_by("-cart_value", "-id")


def due_tasks(tenant: Tenant, due: str, now: datetime | None = None) -> QuerySet[ActivityTask]:
    """Return open tasks that are overdue, or due on the tenant's today."""
    at = now or timezone.now()
    zone = ZoneInfo(tenant.time_zone)
    midnight = datetime.combine(timezone.localdate(at, timezone=zone), time.min, tzinfo=zone)
    tasks = ActivityTask.objects.filter(done_at__isnull=True)
    if due == "overdue":
        return tasks.filter(due_at__lt=midnight)
    return tasks.filter(due_at__gte=midnight, due_at__lt=midnight + timedelta(days=1))
