"""Containers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind, ContainerStatus
from campaigns.models.asset import Asset, listed, one_of
from campaigns.models.brand_guideline import BrandGuideline
from campaigns.models.budget import Budget
from campaigns.models.search import inside, search_indexes, search_text, search_vector
from campaigns.models.target_profile import TargetProfile
from cdp.tenancy.models import TenantForeignKey

# The parts of a container: the column, and what ``missing_profiles`` calls it.
PARTS = {"customer_profile": "customer_profile", "brand_guidelines": "brand_guidelines", "budget": "budget"}


class ProfileContainer(Asset):
    """A target profile, a brand guideline and a budget that belong together.

    What is missing is kept by triggers: a part that is not there, or lies in the bin, is missing.
    """

    kind = AssetKind.CONTAINER
    versioned_fields = (
        "name",
        "description",
        "customer_profile_id",
        "brand_guidelines_id",
        "budget_id",
        "is_default",
        "is_primary",
        "status",
        "metadata",
    )

    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    customer_profile = TenantForeignKey(
        TargetProfile, models.RESTRICT, null=True, blank=True, related_name="containers", db_index=False
    )
    brand_guidelines = TenantForeignKey(
        BrandGuideline, models.RESTRICT, null=True, blank=True, related_name="containers", db_index=False
    )
    budget = TenantForeignKey(
        Budget, models.RESTRICT, null=True, blank=True, related_name="containers", db_index=False
    )
    is_default = models.BooleanField(_("default"), default=False)
    is_primary = models.BooleanField(_("primary"), default=False)
    status = models.CharField(
        _("status"), max_length=50, choices=ContainerStatus.choices, default=ContainerStatus.ACTIVE
    )
    missing_profiles = ArrayField(
        models.TextField(), verbose_name=_("missing"), default=list, blank=True, editable=False
    )
    is_complete = models.GeneratedField(
        expression=ExpressionWrapper(Q(missing_profiles=[]), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    search_text = search_text("name", "description")
    search_vector = search_vector("name", "description")

    class Meta(Asset.Meta):
        db_table = "customer_profile_containers"
        ordering = ["-created_at", "-id"]
        verbose_name = _("container")
        verbose_name_plural = _("containers")
        indexes = [
            listed("containers"),
            *search_indexes("containers"),
            inside("containers", "metadata"),
            models.Index(fields=["tenant", "status", "-created_at"], name="containers_by_status"),
            *(
                models.Index(
                    fields=["tenant", part],
                    condition=Q(**{f"{part}__isnull": False}),
                    name=f"containers_by_{part}"[:30],
                )
                for part in PARTS
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(is_default=True, deleted_at__isnull=True),
                name="containers_one_default",
                violation_error_message=_("There is a default container already."),
            ),
            one_of("status", ContainerStatus.values, "containers_status_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="containers_have_a_name"),
            models.CheckConstraint(condition=Q(version__gte=1), name="containers_version_counts"),
        ]

    def __str__(self) -> str:
        return self.name
