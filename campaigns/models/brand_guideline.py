"""Brand guidelines."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind, DetailLevel
from campaigns.models.asset import Asset, listed, one_of
from campaigns.models.search import inside, search_indexes, search_text, search_vector
from campaigns.querysets import BrandGuidelineQuerySet
from cdp.tenancy.models import TenantManager

BrandGuidelineManager = TenantManager.from_queryset(BrandGuidelineQuerySet)


class BrandGuideline(Asset):
    """How one brand looks and speaks, on one page or in full."""

    kind = AssetKind.BRAND_GUIDELINE
    versioned_fields = (
        "brand_name",
        "detail_level",
        "high_level_guidelines",
        "full_style_guide",
        "industry",
        "brand_values",
        "is_active",
        "metadata",
    )

    brand_name = models.CharField(_("brand"), max_length=255)
    detail_level = models.CharField(
        _("detail"), max_length=50, choices=DetailLevel.choices, default=DetailLevel.HIGH_LEVEL
    )
    high_level_guidelines = models.JSONField(_("in short"), default=dict, blank=True)
    full_style_guide = models.JSONField(_("in full"), default=dict, blank=True)
    industry = models.CharField(_("industry"), max_length=255, blank=True, default="")
    brand_values = ArrayField(models.TextField(), verbose_name=_("brand values"), default=list, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    search_text = search_text("brand_name", "industry", "high_level_guidelines")
    search_vector = search_vector("brand_name", "industry", "high_level_guidelines", "full_style_guide")

    objects: ClassVar = BrandGuidelineManager()  # type: ignore[assignment] # a manager with more to ask

    class Meta(Asset.Meta):
        db_table = "brand_guidelines"
        ordering = ["-created_at", "-id"]
        verbose_name = _("brand guideline")
        verbose_name_plural = _("brand guidelines")
        indexes = [
            listed("brands"),
            *search_indexes("brands"),
            inside("brands", "high_level_guidelines"),
            inside("brands", "full_style_guide"),
            inside("brands", "brand_values"),
            inside("brands", "metadata"),
            models.Index(
                fields=["tenant", "industry"], condition=Q(deleted_at__isnull=True), name="brands_by_industry"
            ),
        ]
        constraints = [
            one_of("detail_level", DetailLevel.values, "brands_detail_is_known"),
            models.CheckConstraint(condition=~Q(brand_name=""), name="brands_have_a_name"),
            models.CheckConstraint(condition=Q(version__gte=1), name="brands_version_counts"),
        ]

    def __str__(self) -> str:
        return self.brand_name
