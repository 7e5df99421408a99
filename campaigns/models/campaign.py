"""Campaigns."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind, CampaignStatus
from campaigns.models.asset import Asset, listed, one_of
from campaigns.models.search import inside, search_indexes, search_text, search_vector


class Campaign(Asset):
    """One campaign; which target, brand and budget it has follows from its active usage."""

    kind = AssetKind.CAMPAIGN
    versioned_fields = (
        "name",
        "description",
        "external_id",
        "status",
        "starts_on",
        "ends_on",
        "metadata",
    )

    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    # What the ad platform calls it: spend is reported under this id.
    external_id = models.CharField(_("id of the ad platform"), max_length=255, null=True, blank=True)  # noqa: DJ001
    status = models.CharField(
        _("status"), max_length=50, choices=CampaignStatus.choices, default=CampaignStatus.DRAFT
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    search_text = search_text("name", "description", "external_id")
    search_vector = search_vector("name", "description")

    class Meta(Asset.Meta):
        db_table = "campaigns"
        ordering = ["-created_at", "-id"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        indexes = [
            listed("campaigns"),
            *search_indexes("campaigns"),
            inside("campaigns", "metadata"),
            models.Index(
                fields=["tenant", "status", "-created_at"],
                condition=Q(deleted_at__isnull=True),
                name="campaigns_by_status",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "external_id"],
                condition=Q(external_id__isnull=False, deleted_at__isnull=True),
                name="campaigns_external_id_unique",
                violation_error_message=_("Another campaign has this id."),
            ),
            one_of("status", CampaignStatus.values, "campaigns_status_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="campaigns_have_a_name"),
            models.CheckConstraint(condition=Q(version__gte=1), name="campaigns_version_counts"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="campaigns_end_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
