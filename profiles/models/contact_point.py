"""E-mail addresses and phones."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import TenantForeignKey, TenantManager, TenantModel, tenant_key
from profiles.choices import ContactKind
from profiles.querysets import ContactPointQuerySet

ContactPointManager = TenantManager.from_queryset(ContactPointQuerySet)


class ContactPoint(TenantModel):
    """One e-mail or phone of a customer, with its source; the primary ones are also columns of Profile."""

    tenant = tenant_key(is_checked=False)  # by the key of the customer
    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        related_name="contact_points",
        db_index=False,
        verbose_name=_("customer"),
    )
    kind = models.CharField(_("kind"), max_length=5, choices=ContactKind.choices)
    value = models.CharField(_("value"), max_length=254)
    type = models.CharField(_("type"), max_length=20, blank=True, default="")
    source = models.CharField(_("source"), max_length=40, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = ContactPointManager()

    class Meta(TenantModel.Meta):
        db_table = "contact_points"
        ordering = ["kind", "created_at", "id"]
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        indexes = [models.Index(fields=["tenant", "profile"], name="contact_points_by_profile")]
        constraints = [
            # Value first: the same index answers "whose address is this?".
            models.UniqueConstraint(
                fields=["tenant", "value", "kind", "profile"],
                name="contact_points_once_per_profile",
                violation_error_message=_("This customer already has this address."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ContactKind.values), name="contact_points_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.value
