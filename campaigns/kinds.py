"""Which model stands for which kind of asset."""

from __future__ import annotations

from campaigns.choices import AssetKind
from campaigns.models import Asset, BrandGuideline, Budget, Campaign, ProfileContainer, TargetProfile

MODELS: dict[str, type[Asset]] = {
    AssetKind.TARGET_PROFILE: TargetProfile,
    AssetKind.BRAND_GUIDELINE: BrandGuideline,
    AssetKind.BUDGET: Budget,
    AssetKind.CONTAINER: ProfileContainer,
    AssetKind.CAMPAIGN: Campaign,
}
