"""Assets, as they are answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from campaigns.choices import (
    AssetKind,
    BudgetPeriodKind,
    BudgetStatus,
    BudgetType,
    CampaignStatus,
    ContainerStatus,
    DeliveryMethod,
    DetailLevel,
)
from campaigns.shapes import (
    Behavior,
    BudgetAlert,
    Demographics,
    FullStyleGuide,
    HighLevelGuidelines,
    Metadata,
    Persona,
)
from cdp.api.paging import PageMeta
from cdp.api.wire import Outgoing

# Money goes over the wire as text with its cents: a double cannot hold them all.
Cents = Annotated[Decimal, PlainSerializer(lambda value: f"{value:.2f}", return_type=str)]


class AssetAnswer(Outgoing):
    """What every asset has."""

    id: uuid.UUID
    version: int
    metadata: Metadata
    created_at: datetime
    updated_at: datetime
    created_by: str
    updated_by: str
    deleted_at: datetime | None


class TargetProfileAnswer(AssetAnswer):
    """A target profile."""

    name: str
    description: str
    demographics: Demographics
    interests: list[str]
    behavior: Behavior
    persona: Persona
    is_default: bool
    is_active: bool


class BrandGuidelineAnswer(AssetAnswer):
    """A brand guideline."""

    brand_name: str
    detail_level: DetailLevel
    high_level_guidelines: HighLevelGuidelines
    full_style_guide: FullStyleGuide
    industry: str
    brand_values: list[str]
    is_active: bool


class BudgetAnswer(AssetAnswer):
    """A budget; what was spent is that of the current period."""

    name: str
    amount: Cents
    currency: str
    delivery_method: DeliveryMethod
    period: BudgetPeriodKind
    starts_on: date
    ends_on: date | None
    status: BudgetStatus
    type: BudgetType
    is_shared: bool
    campaign_ids: list[str]
    alerts: list[BudgetAlert]
    amount_spent: Cents
    amount_remaining: Cents
    percentage_spent: Cents
    period_starts_on: date
    period_ends_on: date | None


class ContainerAnswer(AssetAnswer):
    """A container, and what is missing from it."""

    name: str
    description: str
    customer_profile_id: uuid.UUID | None
    brand_guidelines_id: uuid.UUID | None
    budget_id: uuid.UUID | None
    is_default: bool
    is_primary: bool
    status: ContainerStatus
    is_complete: bool
    missing_profiles: list[str]


class CampaignAnswer(AssetAnswer):
    """A campaign."""

    name: str
    description: str
    external_id: str | None
    status: CampaignStatus
    starts_on: date | None
    ends_on: date | None


class TargetProfilePage(Outgoing):
    """A page of target profiles."""

    data: list[TargetProfileAnswer]
    meta: PageMeta


class BrandGuidelinePage(Outgoing):
    """A page of brand guidelines."""

    data: list[BrandGuidelineAnswer]
    meta: PageMeta


class BudgetPage(Outgoing):
    """A page of budgets."""

    data: list[BudgetAnswer]
    meta: PageMeta


class ContainerPage(Outgoing):
    """A page of containers."""

    data: list[ContainerAnswer]
    meta: PageMeta


class CampaignPage(Outgoing):
    """A page of campaigns."""

    data: list[CampaignAnswer]
    meta: PageMeta


ANSWERS: dict[str, type[AssetAnswer]] = {
    AssetKind.TARGET_PROFILE: TargetProfileAnswer,
    AssetKind.BRAND_GUIDELINE: BrandGuidelineAnswer,
    AssetKind.BUDGET: BudgetAnswer,
    AssetKind.CONTAINER: ContainerAnswer,
    AssetKind.CAMPAIGN: CampaignAnswer,
}
PAGES: dict[str, type[Outgoing]] = {
    AssetKind.TARGET_PROFILE: TargetProfilePage,
    AssetKind.BRAND_GUIDELINE: BrandGuidelinePage,
    AssetKind.BUDGET: BudgetPage,
    AssetKind.CONTAINER: ContainerPage,
    AssetKind.CAMPAIGN: CampaignPage,
}
