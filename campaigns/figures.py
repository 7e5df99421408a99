"""What is known about how an asset is used, and what was measured."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from campaigns.choices import AssetKind
from campaigns.models import AssetMetric, AssetVersion, CampaignProfileUsage, ProfileContainer

COLUMN_OF = {
    AssetKind.TARGET_PROFILE: "customer_profile",
    AssetKind.BRAND_GUIDELINE: "brand_guidelines",
    AssetKind.BUDGET: "budget",
    AssetKind.CONTAINER: "container",
    AssetKind.CAMPAIGN: "campaign",
}


@dataclass(frozen=True)
class Figure:
    """The newest value of one metric."""

    name: str
    value: Decimal
    recorded_at: datetime


@dataclass(frozen=True)
class Analytics:
    """How an asset is used, and its newest figures."""

    containers: int
    active_usages: int
    usages: int
    versions: int
    figures: list[Figure]


def analytics_of(kind: AssetKind, asset_id: uuid.UUID) -> Analytics:
    """Return the analytics of one asset."""
    column = f"{COLUMN_OF[kind]}_id"
    usages = CampaignProfileUsage.objects.filter(_uses(kind, asset_id))
    is_part = kind not in {AssetKind.CONTAINER, AssetKind.CAMPAIGN}
    newest = (
        AssetMetric.objects.filter(profile_type=kind, profile_id=asset_id)
        .order_by("metric_name", "-recorded_at", "-id")
        .distinct("metric_name")
    )
    return Analytics(
        containers=ProfileContainer.objects.kept().filter(**{column: asset_id}).count() if is_part else 0,
        active_usages=usages.filter(is_active=True).count(),
        usages=usages.count(),
        versions=AssetVersion.objects.filter(profile_type=kind, profile_id=asset_id).count(),
        figures=[Figure(m.metric_name, m.metric_value, m.recorded_at) for m in newest],
    )


def _uses(kind: AssetKind, asset_id: uuid.UUID) -> Q:
    """Return the condition of usages of an asset: named itself, or inside the container that is named."""
    column = f"{COLUMN_OF[kind]}_id"
    own = Q(**{column: asset_id})
    if kind in {AssetKind.CONTAINER, AssetKind.CAMPAIGN}:
        return own
    return own | Q(**{column: None, f"container__{column}": asset_id})
