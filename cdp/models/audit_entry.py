"""Who did what."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.choices import ActorKind
from cdp.tenancy.models import LedgerModel


class AuditEntry(LedgerModel):
    """One act: who did which verb to what, and what it changed."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor_kind = models.CharField(_("kind of actor"), max_length=10, choices=ActorKind.choices)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(_("who"), max_length=200)
    verb = models.CharField(_("what"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.UUIDField(_("object"), null=True)
    # Whose history the act belongs into, such as the customer of a call; nobody's for settings and the like.
    subject_id = models.UUIDField(null=True, editable=False)
    changes = models.JSONField(_("changes"), default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta(LedgerModel.Meta):
        db_table = "audit_entries"
        ordering = ["-at", "-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["tenant", "object_id", "-at"], name="audit_entries_by_object"),
            models.Index(fields=["tenant", "-at", "-id"], name="audit_entries_by_time"),
            models.Index(
                fields=["tenant", "subject_id", "-at", "-id"],
                condition=models.Q(subject_id__isnull=False),
                name="audit_entries_by_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}"
