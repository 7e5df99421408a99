"""Which campaign uses what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import UsageType
from campaigns.models.asset import one_of
from campaigns.models.brand_guideline import BrandGuideline
from campaigns.models.budget import Budget
from campaigns.models.campaign import Campaign
from campaigns.models.container import PARTS, ProfileContainer
from campaigns.models.target_profile import TargetProfile
from cdp.tenancy.models import DomainModel, TenantForeignKey

_NO_PART = Q(**{f"{part}__isnull": True for part in PARTS})
_IS_SOUND = (
    Q(usage_type=UsageType.CONTAINER, container__isnull=False) & _NO_PART
    | Q(usage_type=UsageType.INDIVIDUAL, container__isnull=True) & ~_NO_PART
    | Q(usage_type=UsageType.HYBRID, container__isnull=False) & ~_NO_PART
)


class CampaignProfileUsage(DomainModel):
    """What one campaign uses, or used: a container, single parts, or a container with exceptions.

    ``used`` keeps names and versions of the parts, so that the history outlives them.
    """

    campaign = TenantForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="usages", db_index=False
    )
    container = TenantForeignKey(
        ProfileContainer, models.SET_NULL, null=True, blank=True, related_name="usages", db_index=False
    )
    customer_profile = TenantForeignKey(
        TargetProfile, models.SET_NULL, null=True, blank=True, related_name="usages", db_index=False
    )
    brand_guidelines = TenantForeignKey(
        BrandGuideline, models.SET_NULL, null=True, blank=True, related_name="usages", db_index=False
    )
    budget = TenantForeignKey(
        Budget, models.SET_NULL, null=True, blank=True, related_name="usages", db_index=False
    )
    usage_type = models.CharField(_("kind"), max_length=50, choices=UsageType.choices)
    is_active = models.BooleanField(_("active"), default=True)
    used = models.JSONField(_("what was used"), default=dict, blank=True, editable=False)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "campaign_profile_usage"
        ordering = ["-created_at", "-id"]
        verbose_name = _("usage")
        verbose_name_plural = _("usages")
        indexes = [
            models.Index(fields=["tenant", "-created_at", "-id"], name="usages_by_creation"),
            models.Index(fields=["tenant", "campaign", "-created_at"], name="usages_by_campaign"),
            *(
                models.Index(
                    fields=["tenant", part],
                    condition=Q(**{f"{part}__isnull": False}),
                    name=f"usages_by_{part}"[:30],
                )
                for part in ("container", *PARTS)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "campaign"],
                condition=Q(is_active=True),
                name="usages_one_active",
                violation_error_message=_("This campaign has an active usage already."),
            ),
            one_of("usage_type", UsageType.values, "usages_type_is_known"),
            # History keeps what is left of it.
            models.CheckConstraint(
                condition=Q(is_active=False) | (Q(campaign__isnull=False) & _IS_SOUND),
                name="usages_match_their_type",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, ended_at__isnull=True)
                | Q(is_active=False, ended_at__isnull=False),
                name="usages_end_when_inactive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.usage_type}"
