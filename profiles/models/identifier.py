"""What other systems call a customer."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel, TenantForeignKey, tenant_key


class ProfileIdentifier(DomainModel):
    """The id one source knows a customer by."""

    tenant = tenant_key(is_checked=False)  # by the key of the customer
    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        related_name="identifiers",
        db_index=False,
        verbose_name=_("customer"),
    )
    source = models.CharField(_("source"), max_length=40)
    source_type = models.CharField(_("kind of record"), max_length=40, null=True, blank=True)  # noqa: DJ001
    external_id = models.CharField(_("id there"), max_length=255)
    external_ref = models.CharField(_("reference"), max_length=300, blank=True, default="")
    match_quality = models.FloatField(
        _("match quality"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    is_primary = models.BooleanField(_("primary"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    matched_at = models.DateTimeField(_("matched"), auto_now_add=True)
    last_verified_at = models.DateTimeField(_("last verified"), null=True, blank=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "profile_identifiers"
        ordering = ["source", "external_id"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        indexes = [models.Index(fields=["tenant", "profile"], name="identifiers_by_profile")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "external_id", "source_type"],
                nulls_distinct=False,
                name="identifiers_unique",
                violation_error_message=_("This id already belongs to a customer."),
            ),
            models.CheckConstraint(
                condition=models.Q(match_quality__isnull=True)
                | models.Q(match_quality__gte=0, match_quality__lte=100),
                name="identifiers_quality_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.external_id}"
