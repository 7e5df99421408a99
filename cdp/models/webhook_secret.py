"""Secrets of outgoing webhooks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel


class WebhookSecret(DomainModel):
    """What receivers of our webhooks check signatures with: shown once, stored sealed.

    One is in use; the one before it signs along until ``ends_at``.
    """

    sealed = models.TextField(editable=False)
    hint = models.CharField(_("ends with"), max_length=4, editable=False)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "webhook_secrets"
        ordering = ["-created_at", "-id"]
        verbose_name = _("webhook secret")
        verbose_name_plural = _("webhook secrets")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(ends_at__isnull=True), name="webhook_secrets_one_in_use"
            )
        ]
        indexes = [models.Index(fields=["tenant", "-created_at"], name="webhook_secrets_by_creation")]

    def __str__(self) -> str:
        return f"…{self.hint}"
