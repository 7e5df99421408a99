"""Calls, messages and meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdm.choices import Direction, InteractionType
from cdm.models.columns import member, one_of, text
from cdp.tenancy.models import DomainModel, TenantForeignKey


class Interaction(DomainModel):
    """One time a customer was spoken to, or tried to be: a call, a message, a meeting."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="interactions",
        db_index=False,
    )
    type = models.CharField(_("type"), max_length=20, choices=InteractionType.choices)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction.choices, default=Direction.OUTBOUND
    )
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    subject = text(_("subject"), 255)
    description = models.TextField(_("notes"), blank=True, default="")
    outcome = text(_("outcome"), 100)
    # Whether somebody answered: attempts that nobody answered teach when to call, too. None: not said.
    was_answered = models.BooleanField(_("answered"), null=True, blank=True)
    duration_seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    follow_up_required = models.BooleanField(_("follow up"), default=False)
    follow_up_at = models.DateTimeField(_("follow up on"), null=True, blank=True)
    followed_up_at = models.DateTimeField(_("followed up"), null=True, blank=True)
    agent = member(_("agent"))
    source = text(_("source"), 40)

    class Meta(DomainModel.Meta):
        db_table = "customer_interactions"
        ordering = ["-occurred_at", "-id"]
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        indexes = [
            models.Index(
                fields=["tenant", "profile", "-occurred_at", "-id"], name="interactions_by_customer"
            ),
            models.Index(fields=["tenant", "-occurred_at", "-id"], name="interactions_by_time"),
            models.Index(
                fields=["tenant", "follow_up_at"],
                condition=Q(follow_up_required=True, followed_up_at__isnull=True),
                name="interactions_to_follow_up",
            ),
        ]
        constraints = [
            one_of("type", InteractionType.values, "interactions_type_is_known"),
            one_of("direction", Direction.values, "interactions_direction_is_known"),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.get_type_display()}, {self.get_direction_display()}"
