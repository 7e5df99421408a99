"""What a caller says about one asset, validated: the shape every way in shares."""

from __future__ import annotations

import json
import uuid
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

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
    Shape,
)
from campaigns.shapes.base import Text, Words, refuse_unstorable
from cdp.api.wire import Incoming

LATEST_DAY = date(2200, 1, 1)
EARLIEST_DAY = date(1970, 1, 1)
# Both guides of a brand are one text to search in. PostgreSQL keeps a megabyte of one, and of words with
# hyphens up to three and a half times their length.
LARGEST_GUIDE_KIB = 128


def _named(value: str) -> str:
    text = refuse_unstorable(value).strip()
    if not text:
        raise ValueError(gettext("Give a name."))
    return text


def _lower(values: list[str]) -> list[str]:
    return list(dict.fromkeys(value.lower() for value in values))


Name = Annotated[str, Field(max_length=255), AfterValidator(_named)]
ShortText = Annotated[
    str, Field(max_length=255), AfterValidator(lambda value: refuse_unstorable(value).strip())
]
Reference = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_named)]
Money = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2, allow_inf_nan=False)]
Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class AssetRecord(Incoming):
    """What is said about one asset: only what is given is changed."""

    kind: ClassVar[AssetKind]
    required: ClassVar[tuple[str, ...]] = ("name",)

    metadata: Metadata = Field(default_factory=Metadata)

    def columns(self) -> dict[str, Any]:
        """Return what was given, as the columns hold it."""
        return {name: _stored(value) for name, value in self.said().items()}


def _stored(value: Any) -> Any:
    if isinstance(value, Shape):
        return value.as_json()
    if isinstance(value, list):
        return [_stored(item) for item in value]
    return value


class TargetProfileRecord(AssetRecord):
    """A target profile, as far as it is given."""

    kind = AssetKind.TARGET_PROFILE

    name: Name = ""
    description: Text = ""
    demographics: Demographics = Field(default_factory=Demographics)
    interests: Annotated[Words, AfterValidator(_lower)] = Field(default_factory=list)
    behavior: Behavior = Field(default_factory=Behavior)
    persona: Persona = Field(default_factory=Persona)
    is_default: bool = False
    is_active: bool = True


def _searchable(guide: Shape) -> Shape:
    if len(json.dumps(guide.as_json(), ensure_ascii=False).encode()) > LARGEST_GUIDE_KIB * 1024:
        raise ValueError(gettext("Use at most %(most)s KiB of JSON.") % {"most": LARGEST_GUIDE_KIB})
    return guide


class BrandGuidelineRecord(AssetRecord):
    """A brand guideline, as far as it is given."""

    kind = AssetKind.BRAND_GUIDELINE
    required = ("brand_name",)

    brand_name: Name = ""
    detail_level: DetailLevel = DetailLevel.HIGH_LEVEL
    high_level_guidelines: Annotated[HighLevelGuidelines, AfterValidator(_searchable)] = Field(
        default_factory=HighLevelGuidelines
    )
    full_style_guide: Annotated[FullStyleGuide, AfterValidator(_searchable)] = Field(
        default_factory=FullStyleGuide
    )
    industry: ShortText = ""
    brand_values: Words = Field(default_factory=list)
    is_active: bool = True


def _can_be_mailed(alert: BudgetAlert) -> BudgetAlert:
    # Only here: what is stored already must stay readable, or nothing could be spent.
    for address in alert.emails:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValueError(gettext("“%(address)s” is no e-mail address.") % {"address": address}) from error
    return alert


Alert = Annotated[BudgetAlert, AfterValidator(_can_be_mailed)]


class BudgetRecord(AssetRecord):
    """A budget, as far as it is given; what was spent is said by the ledger alone."""

    kind = AssetKind.BUDGET
    required = ("name", "amount")

    name: Name = ""
    amount: Money = Decimal(0)
    currency: Currency = ""
    delivery_method: DeliveryMethod = DeliveryMethod.STANDARD
    period: BudgetPeriodKind = BudgetPeriodKind.MONTHLY
    starts_on: Day = EARLIEST_DAY
    ends_on: Day | None = None
    status: BudgetStatus = BudgetStatus.ACTIVE
    type: BudgetType = BudgetType.CAMPAIGN
    is_shared: bool = False
    alerts: Annotated[list[Alert], Field(max_length=20)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_one_alert_per_threshold(self) -> Self:
        thresholds = [alert.threshold for alert in self.alerts]
        if len(set(thresholds)) < len(thresholds):
            raise ValueError(gettext("Two alerts have the same threshold."))
        return self


class ContainerRecord(AssetRecord):
    """A container, as far as it is given."""

    kind = AssetKind.CONTAINER

    name: Name = ""
    description: Text = ""
    customer_profile_id: uuid.UUID | None = None
    brand_guidelines_id: uuid.UUID | None = None
    budget_id: uuid.UUID | None = None
    is_default: bool = False
    is_primary: bool = False
    status: ContainerStatus = ContainerStatus.ACTIVE


class CampaignRecord(AssetRecord):
    """A campaign, as far as it is given."""

    kind = AssetKind.CAMPAIGN

    name: Name = ""
    description: Text = ""
    external_id: Reference | None = None
    status: CampaignStatus = CampaignStatus.DRAFT
    starts_on: Day | None = None
    ends_on: Day | None = None


RECORDS: dict[str, type[AssetRecord]] = {
    record.kind: record
    for record in (
        TargetProfileRecord,
        BrandGuidelineRecord,
        BudgetRecord,
        ContainerRecord,
        CampaignRecord,
    )
}
