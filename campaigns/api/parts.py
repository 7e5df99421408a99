"""What belongs to assets, as it is answered."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import JsonValue, PlainSerializer

from campaigns.api.answers import BrandGuidelineAnswer, BudgetAnswer, Cents, TargetProfileAnswer
from campaigns.budgeting.pacing import Pace
from campaigns.choices import AssetKind, PermissionLevel, UsageType
from campaigns.shapes import Metadata
from cdp.api.paging import PageMeta
from cdp.api.wire import Outgoing

Value = Annotated[Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str)]


class VersionAnswer(Outgoing):
    """An asset as it was at one version."""

    version: int
    data: dict[str, JsonValue]
    created_at: datetime
    created_by: str


class VersionPage(Outgoing):
    """The versions of an asset, the newest first."""

    data: list[VersionAnswer]
    meta: PageMeta


class DifferenceAnswer(Outgoing):
    """One value that differs between two versions."""

    path: str
    before: JsonValue
    after: JsonValue


class DifferenceList(Outgoing):
    """What differs between two versions."""

    data: list[DifferenceAnswer]


class FigureAnswer(Outgoing):
    """The newest value of one metric."""

    name: str
    value: Value
    recorded_at: datetime


class AnalyticsAnswer(Outgoing):
    """How an asset is used, and its newest figures."""

    containers: int
    active_usages: int
    usages: int
    versions: int
    figures: list[FigureAnswer]


class PermissionAnswer(Outgoing):
    """What one person may do with one asset."""

    user_id: uuid.UUID
    permission_level: PermissionLevel
    granted_at: datetime
    granted_by: str


class PermissionList(Outgoing):
    """Everybody an asset is shared with."""

    data: list[PermissionAnswer]


class TemplateAnswer(Outgoing):
    """A starting point for new assets."""

    id: uuid.UUID
    template_name: str
    template_type: AssetKind
    template_data: dict[str, JsonValue]
    description: str
    is_public: bool
    used_count: int
    created_at: datetime
    created_by: str


class TemplatePage(Outgoing):
    """A page of templates."""

    data: list[TemplateAnswer]
    meta: PageMeta


class SpendAnswer(Outgoing):
    """One line of the ledger."""

    id: uuid.UUID
    budget_id: uuid.UUID
    campaign_id: uuid.UUID | None
    amount: Cents
    spent_on: date
    source: str
    note: str
    idempotency_key: str
    created_by: str
    created_at: datetime


class SpendPage(Outgoing):
    """A page of the ledger, the newest day first."""

    data: list[SpendAnswer]
    meta: PageMeta


class InsightAnswer(Outgoing):
    """What a daily figure added to the ledger; null when the ledger had it."""

    spend: SpendAnswer | None


class PointAnswer(Outgoing):
    """One day's end: what should be spent by then, and what is."""

    day: date
    planned: Cents
    spent: Cents | None


class PacingAnswer(Outgoing):
    """The current period of a budget against its plan."""

    planned: Cents
    spent: Cents
    pace: Pace
    per_day: Cents
    line: list[PointAnswer]


class UsageAnswer(Outgoing):
    """What a campaign uses."""

    id: uuid.UUID
    campaign_id: uuid.UUID | None
    usage_type: UsageType
    container_id: uuid.UUID | None
    customer_profile_id: uuid.UUID | None
    brand_guidelines_id: uuid.UUID | None
    budget_id: uuid.UUID | None
    is_active: bool
    version: int
    used: dict[str, Any]
    metadata: Metadata
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None


class UsagePage(Outgoing):
    """A page of usages, the newest first."""

    data: list[UsageAnswer]
    meta: PageMeta


class EffectiveAnswer(Outgoing):
    """What a campaign really has; ``sources`` says of each part whether it is the container's or its own."""

    target: TargetProfileAnswer | None
    brand: BrandGuidelineAnswer | None
    budget: BudgetAnswer | None
    sources: dict[str, str]
    missing: list[str]
    is_complete: bool


class MadeAnswer(Outgoing):
    """What was made of a template."""

    id: uuid.UUID
    kind: AssetKind
    version: int
