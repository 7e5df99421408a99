"""Whose customer somebody is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdm.models.columns import member
from cdp.tenancy.models import DomainModel, TenantForeignKey


class Ownership(DomainModel):
    """The agent who looks after a customer, since when."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="ownerships",
        db_index=False,
    )
    owner = member(_("agent"))

    class Meta(DomainModel.Meta):
        db_table = "customer_owners"
        ordering = ["-updated_at"]
        verbose_name = _("customer's agent")
        verbose_name_plural = _("customers' agents")
        indexes = [models.Index(fields=["tenant", "owner"], name="customer_owners_by_owner")]
        constraints = [models.UniqueConstraint(fields=["tenant", "profile"], name="customer_owners_one_each")]

    def __str__(self) -> str:
        return str(self.owner)
