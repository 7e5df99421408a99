"""Segments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel


class Segment(DomainModel):
    """A named group of customers."""

    name = models.CharField(_("name"), max_length=100)
    description = models.CharField(_("description"), max_length=500, blank=True, default="")

    class Meta(DomainModel.Meta):
        db_table = "segments"
        ordering = ["name"]
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="segments_name_unique",
                violation_error_message=_("There is already a segment with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SegmentMembership(TenantModel):
    """One customer's place in one segment."""

    segment = TenantForeignKey(Segment, models.CASCADE, related_name="memberships", db_index=False)
    profile = TenantForeignKey(
        "profiles.Profile", models.CASCADE, related_name="segment_memberships", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "segment_memberships"
        verbose_name = _("segment membership")
        verbose_name_plural = _("segment memberships")
        indexes = [models.Index(fields=["tenant", "segment", "profile"], name="segment_members_by_segment")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "profile", "segment"], name="segment_members_once")
        ]

    def __str__(self) -> str:
        return str(self.segment)
