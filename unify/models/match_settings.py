"""A tenant's own rules for finding and merging duplicates."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel

_percent = [MinValueValidator(0), MaxValueValidator(100)]


class MatchSettings(DomainModel):
    """How sure a tenant wants to be before records are merged, and whose word counts when they differ."""

    review_score = models.PositiveSmallIntegerField(_("ask a person from"), default=60, validators=_percent)
    merge_score = models.PositiveSmallIntegerField(_("merge from"), default=90, validators=_percent)
    merges_by_itself = models.BooleanField(_("merge sure duplicates without asking"), default=True)
    largest_cluster = models.PositiveSmallIntegerField(
        _("most records merged without asking"),
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(100)],
    )
    bulk_score = models.PositiveSmallIntegerField(
        _("accept many at once from"), default=85, validators=_percent
    )
    needs_second_person = models.BooleanField(_("risky merges need a second person"), default=False)
    # A merge is risky when it has a conflict, when a company is in it, or from this many events on.
    risky_events = models.PositiveIntegerField(_("risky from this many events"), default=1000)
    digest_from = models.PositiveIntegerField(
        _("tell admins from this many waiting"), default=20, help_text=_("0: never.")
    )
    told_at = models.DateTimeField(null=True, editable=False)
    told_count = models.PositiveIntegerField(default=0, editable=False)
    # Sources, the most trusted first: ["erp", "pos", "web"].
    source_ranks = models.JSONField(_("sources, most trusted first"), default=list, blank=True)
    # Field -> rule: winner, most_recent, most_complete, longest, source_rank.
    survivorship = models.JSONField(_("rule per field"), default=dict, blank=True)
    # Changes of customers up to here are in their matching records, made by this policy (unify.records).
    records_until = models.DateTimeField(null=True, editable=False)
    records_policy = models.BigIntegerField(null=True, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "match_settings"
        verbose_name = _("duplicate settings")
        verbose_name_plural = _("duplicate settings")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="match_settings_once"),
            models.CheckConstraint(
                condition=Q(review_score__lte=F("merge_score")) & Q(merge_score__lte=100),
                name="match_settings_review_before_merge",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Duplicate settings"))
