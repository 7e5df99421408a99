"""Segments that follow a target profile."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.target_profile import TargetProfile
from cdp.tenancy.models import DomainModel, TenantForeignKey


class TargetSegment(DomainModel):
    """A segment that holds the customers a target profile meets, and keeps itself current."""

    target = TenantForeignKey(TargetProfile, models.CASCADE, related_name="segments", db_index=False)
    segment = TenantForeignKey("profiles.Segment", models.CASCADE, related_name="+", db_index=False)
    size = models.PositiveIntegerField(_("customers"), default=0)
    refreshed_at = models.DateTimeField(_("refreshed"), null=True, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "target_segments"
        ordering = ["-created_at"]
        verbose_name = _("target segment")
        verbose_name_plural = _("target segments")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "target"], name="target_segments_one_per_target"),
            models.UniqueConstraint(fields=["tenant", "segment"], name="target_segments_one_per_segment"),
        ]

    def __str__(self) -> str:
        return str(self.segment_id)
