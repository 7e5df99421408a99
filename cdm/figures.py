"""Figures of all customers, from the tallies: the same cost at ten and at a million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from cdm.choices import CustomerType, DropOffStage, Temperature
from cdm.models import DropOff, SummaryTally
from cdp.tenancy.context import require_tenant_id
from profiles.choices import LifecycleStage
from profiles.statistics import statistics

_FOLD = """
    WITH gone AS (DELETE FROM summary_tallies WHERE tenant_id = %s RETURNING *)
    INSERT INTO summary_tallies (id, tenant_id, temperature, customer_type, lifecycle_stage, delta,
                                 value_delta)
    SELECT gen_random_uuid(), tenant_id, temperature, customer_type, lifecycle_stage, sum(delta),
           sum(value_delta)
      FROM gone GROUP BY tenant_id, temperature, customer_type, lifecycle_stage
    HAVING sum(delta) <> 0 OR sum(value_delta) <> 0
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """The company's customers in numbers; each is of exactly one type and temperature."""

    total_customers: int
    vip_customers: int
    repeat_customers: int
    new_customers: int
    inactive_customers: int
    loyal_customers: int
    hot_customers: int
    warm_customers: int
    cold_customers: int
    total_lifetime_value: Decimal
    avg_lifetime_value: Decimal


@dataclass(frozen=True, slots=True)
class StageFigures:
    """How many turned back at one stage, how many came after all, and what the others were about to buy."""

    stage: str
    drop_offs: int
    recovered: int
    lost_value: Decimal

    @property
    def recovery_rate(self) -> float | None:
        """Return the share that came after all; None where nobody turned back."""
        return round(self.recovered / self.drop_offs, 4) if self.drop_offs else None


def figures() -> Figures:
    """Return the figures of the active tenant; who has no numbers yet is new and cold."""
    total = statistics().total
    said = SummaryTally.objects.aggregate(
        vip=_count(customer_type=CustomerType.VIP),
        repeat=_count(customer_type=CustomerType.REPEAT),
        inactive=_count(customer_type=CustomerType.INACTIVE),
        loyal=_count(lifecycle_stage=LifecycleStage.LOYAL),
        hot=_count(temperature=Temperature.HOT),
        warm=_count(temperature=Temperature.WARM),
        value=Coalesce(Sum("value_delta"), Decimal(0)),
    )
    return Figures(
        total_customers=total,
        vip_customers=said["vip"],
        repeat_customers=said["repeat"],
        new_customers=max(total - said["vip"] - said["repeat"] - said["inactive"], 0),
        inactive_customers=said["inactive"],
        loyal_customers=said["loyal"],
        hot_customers=said["hot"],
        warm_customers=said["warm"],
        cold_customers=max(total - said["hot"] - said["warm"], 0),
        total_lifetime_value=said["value"],
        avg_lifetime_value=round(said["value"] / total, 2) if total else Decimal(0),
    )


def recovery(*, days: int, now: datetime | None = None) -> list[StageFigures]:
    """Return the drop-offs of the last days by stage, the earliest stage first, also where there are none."""
    since = (now or timezone.now()) - timedelta(days=days)
    rows = (
        DropOff.objects.filter(occurred_at__gte=since)
        .order_by()
        .values("stage")
        .annotate(
            number=Count("pk"),
            back=Count("pk", filter=Q(recovered_at__isnull=False)),
            lost=Coalesce(Sum("cart_value", filter=Q(recovered_at__isnull=True)), Decimal(0)),
        )
    )
    found: dict[str, Any] = {row["stage"]: row for row in rows}
    return [_stage(stage, found.get(stage)) for stage in DropOffStage.values]


def fold_summary_tallies() -> int:
    """Add up the active tenant's tallies to one row a kind; return how many rows are left."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [require_tenant_id()])
        return int(cursor.rowcount)


def _stage(stage: str, row: dict[str, Any] | None) -> StageFigures:
    if row is None:
        return StageFigures(stage, 0, 0, Decimal(0))
    return StageFigures(stage, row["number"], row["back"], row["lost"])


def _count(**condition: object) -> Coalesce:
    return Coalesce(Sum("delta", filter=Q(**condition)), 0)
