"""Target profiles."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, IntegerField, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind
from campaigns.models.asset import Asset, listed
from campaigns.models.search import inside, search_indexes, search_text, search_vector
from campaigns.querysets import TargetProfileQuerySet
from campaigns.shapes.target import OLDEST
from cdp.tenancy.models import TenantManager

TargetProfileManager = TenantManager.from_queryset(TargetProfileQuerySet)


def _age(end: str, otherwise: int) -> models.GeneratedField:
    # Compared as a number: as text, 9 would be above 10.
    return models.GeneratedField(
        expression=Coalesce(
            Cast(KT(f"demographics__ageRange__{end}"), IntegerField()),
            Value(otherwise),
            output_field=IntegerField(),
        ),
        output_field=IntegerField(),
        db_persist=True,
    )


class TargetProfile(Asset):
    """The people a campaign is for: demographics, interests, behaviour, persona."""

    kind = AssetKind.TARGET_PROFILE
    versioned_fields = (
        "name",
        "description",
        "demographics",
        "interests",
        "behavior",
        "persona",
        "is_default",
        "is_active",
        "metadata",
    )

    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    demographics = models.JSONField(_("demographics"), default=dict, blank=True)
    interests = ArrayField(models.TextField(), verbose_name=_("interests"), default=list, blank=True)
    behavior = models.JSONField(_("behaviour"), default=dict, blank=True)
    persona = models.JSONField(_("persona"), default=dict, blank=True)
    is_default = models.BooleanField(_("default"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    age_min = _age("min", 0)
    age_max = _age("max", OLDEST)
    search_text = search_text("name", "description", "demographics")
    search_vector = search_vector("name", "description")

    objects: ClassVar = TargetProfileManager()  # type: ignore[assignment] # a manager with more to ask

    class Meta(Asset.Meta):
        db_table = "target_customer_profiles"
        ordering = ["-created_at", "-id"]
        verbose_name = _("target profile")
        verbose_name_plural = _("target profiles")
        indexes = [
            listed("targets"),
            *search_indexes("targets"),
            inside("targets", "demographics"),
            inside("targets", "behavior"),
            inside("targets", "persona"),
            inside("targets", "interests"),
            inside("targets", "metadata"),
            models.Index(
                F("tenant"),
                F("age_min"),
                F("age_max"),
                condition=Q(deleted_at__isnull=True),
                name="targets_ages",
            ),
            models.Index(
                fields=["tenant", "is_active", "-created_at"],
                condition=Q(deleted_at__isnull=True),
                name="targets_active",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(is_default=True, deleted_at__isnull=True),
                name="targets_one_default",
                violation_error_message=_("There is a default target profile already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="targets_have_a_name"),
            models.CheckConstraint(condition=Q(version__gte=1), name="targets_version_counts"),
            models.CheckConstraint(
                condition=Q(age_min__gte=0, age_max__lte=OLDEST, age_min__lte=F("age_max")),
                name="targets_ages_are_ages",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def shown_ages(self) -> str:
        """Return the ages meant, as people write them."""
        if (self.age_min, self.age_max) == (0, OLDEST):
            return gettext("any age")
        if self.age_max == OLDEST:
            return gettext("%(age)s and over") % {"age": self.age_min}
        return (
            f"{self.age_min}–{self.age_max}"
            if self.age_min
            else gettext("up to %(age)s") % {"age": self.age_max}
        )

    def shown_interests(self) -> str:
        """Return the interests, with commas between them."""
        return ", ".join(self.interests)
