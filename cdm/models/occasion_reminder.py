"""Reminders of birthdays and anniversaries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdm.choices import OccasionKind
from cdm.models.columns import one_of
from cdp.tenancy.models import TenantForeignKey, TenantModel


class OccasionReminder(TenantModel):
    """One reminder of one occasion of one year: it is given once, however often the job runs."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="occasion_reminders",
        db_index=False,
    )
    # Blank: the customer's own day.
    family_member = TenantForeignKey(
        "cdm.FamilyMember",
        models.CASCADE,
        verbose_name=_("family member"),
        null=True,
        blank=True,
        related_name="occasion_reminders",
        db_index=False,
    )
    kind = models.CharField(_("occasion"), max_length=12, choices=OccasionKind.choices)
    occurs_on = models.DateField(_("day"))
    created_at = models.DateTimeField(_("reminded"), auto_now_add=True)
    # Whose mail is being sent: set before it goes, so that no other worker sends it, too.
    claimed_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "occasion_reminders"
        ordering = ["-occurs_on", "-id"]
        verbose_name = _("reminder of an occasion")
        verbose_name_plural = _("reminders of occasions")
        indexes = [models.Index(fields=["tenant", "occurs_on"], name="occasion_reminders_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "profile", "family_member", "kind", "occurs_on"],
                nulls_distinct=False,
                name="occasion_reminders_once",
            ),
            one_of("kind", OccasionKind.values, "occasion_reminders_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurs_on}"
