"""What happened."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import TenantForeignKey, TenantModel


class CustomerEvent(TenantModel):
    """One thing that happened, usually to a known customer: a page view, a purchase, a message."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        db_index=False,
        verbose_name=_("customer"),
    )
    # The id of the system before this one, kept for its reports.
    customer_id = models.CharField(_("legacy customer id"), max_length=64, null=True, blank=True)  # noqa: DJ001
    type = models.CharField(_("type"), max_length=60)
    timestamp = models.DateTimeField(_("when"), default=timezone.now)
    source = models.CharField(_("source"), max_length=40, blank=True, default="")
    payload = models.JSONField(_("payload"), default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "customer_events"
        ordering = ["-timestamp", "-id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["tenant", "profile", "-timestamp", "-id"], name="events_by_profile"),
            models.Index(fields=["tenant", "type", "-timestamp"], name="events_by_type"),
            models.Index(fields=["tenant", "-timestamp", "-id"], name="events_by_time"),
            models.Index(
                fields=["tenant", "customer_id"],
                condition=models.Q(customer_id__isnull=False),
                name="events_by_legacy_customer",
            ),
        ]

    def __str__(self) -> str:
        return self.type
