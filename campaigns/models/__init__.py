"""What campaigns are planned with, and what they spend."""

from campaigns.models.asset import Asset
from campaigns.models.brand_guideline import BrandGuideline
from campaigns.models.budget import Budget, BudgetPeriod
from campaigns.models.budget_spend import BudgetAlertDelivery, BudgetSpend
from campaigns.models.campaign import Campaign
from campaigns.models.container import ProfileContainer
from campaigns.models.grant import AssetPermission
from campaigns.models.metric import AssetMetric
from campaigns.models.target_profile import TargetProfile
from campaigns.models.target_segment import TargetSegment
from campaigns.models.template import AssetTemplate
from campaigns.models.usage import CampaignProfileUsage
from campaigns.models.version import AssetVersion

__all__ = [
    "Asset",
    "AssetMetric",
    "AssetPermission",
    "AssetTemplate",
    "AssetVersion",
    "BrandGuideline",
    "Budget",
    "BudgetAlertDelivery",
    "BudgetPeriod",
    "BudgetSpend",
    "Campaign",
    "CampaignProfileUsage",
    "ProfileContainer",
    "TargetProfile",
    "TargetSegment",
]
