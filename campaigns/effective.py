"""What a campaign really has: its container's parts, and the exceptions to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from campaigns.models import BrandGuideline, Budget, Campaign, CampaignProfileUsage, TargetProfile
from campaigns.models.container import PARTS

CONTAINER, INDIVIDUAL = "container", "individual"


@dataclass(frozen=True)
class EffectiveParts:
    """The target, brand and budget of a campaign; ``sources`` says where each comes from.

    What lies in the bin is ``missing`` and None here.
    """

    usage: CampaignProfileUsage | None = None
    target: TargetProfile | None = None
    brand: BrandGuideline | None = None
    budget: Budget | None = None
    sources: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=lambda: list(PARTS))

    @property
    def is_complete(self) -> bool:
        """Tell whether all three are there."""
        return not self.missing


def active_usages(campaign: Campaign) -> QuerySet[CampaignProfileUsage]:
    """Return the usage that is active: at most one, and found by the index that sees to it.

    In no order: one would lead the planner to the index of the campaign's whole history.
    """
    found: QuerySet[CampaignProfileUsage] = CampaignProfileUsage.objects.filter(
        campaign=campaign, is_active=True
    ).order_by()
    return found


def effective_parts(campaign: Campaign) -> EffectiveParts:
    """Return what the campaign's active usage comes to, in one query."""
    wanted = [*PARTS, "container", *(f"container__{part}" for part in PARTS)]
    usage = next(iter(active_usages(campaign).select_related(*wanted)), None)
    return parts_of(usage) if usage is not None else EffectiveParts()


def parts_of(usage: CampaignProfileUsage) -> EffectiveParts:
    """Return what a usage comes to."""
    found: dict[str, Any] = {}
    sources: dict[str, str] = {}
    container = usage.container
    for part in PARTS:
        own = getattr(usage, part)
        inherited = getattr(container, part) if container is not None and not container.is_deleted else None
        chosen = own if own is not None else inherited
        if chosen is not None and not chosen.is_deleted:
            found[part] = chosen
            sources[part] = INDIVIDUAL if own is not None else CONTAINER
    return EffectiveParts(
        usage=usage,
        target=found.get("customer_profile"),
        brand=found.get("brand_guidelines"),
        budget=found.get("budget"),
        sources=sources,
        missing=[part for part in PARTS if part not in found],
    )
