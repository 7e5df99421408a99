"""Versions of a tenant's matching model."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel
from unify.choices import ModelOrigin, ModelState
from unify.matching import MatchModel


class MatchModelVersion(DomainModel):
    """One version of the model file that compares a tenant's records; never changed once published."""

    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=ModelState.choices, default=ModelState.DRAFT)
    origin = models.CharField(_("origin"), max_length=10, choices=ModelOrigin.choices)
    model = models.JSONField(_("model file"))
    records = models.PositiveIntegerField(_("customers when made"), default=0)
    # What training saw: pairs per level, notes, what was refused.
    report = models.JSONField(_("report"), default=dict, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.CharField(max_length=80, blank=True, default="", editable=False)

    class Meta(DomainModel.Meta):
        db_table = "match_models"
        ordering = ["-number"]
        verbose_name = _("matching model")
        verbose_name_plural = _("matching models")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="match_models_numbered"),
            models.UniqueConstraint(
                fields=["tenant"],
                condition=models.Q(state=ModelState.PUBLISHED),
                name="match_models_one_published",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ModelState.values), name="match_models_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.get_state_display()})"

    def load(self) -> MatchModel:
        """Return the model file, checked."""
        return MatchModel.model_validate(self.model)
