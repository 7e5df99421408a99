"""Accepting many cases at once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel
from unify.choices import RunState


class BulkDecision(DomainModel):
    """One order to merge every clear case above a score: how far it is, and what came of it."""

    state = models.CharField(_("state"), max_length=9, choices=RunState.choices, default=RunState.WAITING)
    least_score = models.FloatField(_("from this score"))
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    total = models.PositiveIntegerField(_("cases"), default=0)
    accepted = models.PositiveIntegerField(_("merged"), default=0)
    # Looked at by somebody, decided meanwhile, or changed since: they stay in the queue.
    left_out = models.PositiveIntegerField(_("left for people"), default=0)
    # Why cases were left out: {slug of the error: how many}.
    reasons = models.JSONField(_("why"), default=dict, blank=True, editable=False)
    # Cases up to this id have been dealt with: a worker that takes over goes on there.
    last_case_id = models.UUIDField(null=True, editable=False)
    ordered_by = models.JSONField(default=dict, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    error = models.CharField(_("error"), max_length=500, blank=True, default="")

    class Meta(DomainModel.Meta):
        db_table = "bulk_decisions"
        ordering = ["-created_at", "-id"]
        verbose_name = _("decision about many cases")
        verbose_name_plural = _("decisions about many cases")
        indexes = [models.Index(fields=["tenant", "-created_at", "-id"], name="bulk_decisions_by_creation")]
        constraints = [
            # One at a time: two of them would only take turns at the same cases.
            models.UniqueConstraint(
                fields=["tenant"],
                condition=models.Q(state__in=[RunState.WAITING, RunState.RUNNING]),
                name="bulk_decisions_one_at_work",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="bulk_decisions_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.least_score:.0f}+ ({self.get_state_display()})"

    @property
    def done(self) -> int:
        """Return how many cases have been dealt with."""
        return self.accepted + self.left_out

    @property
    def is_at_work(self) -> bool:
        """Tell whether more is to come."""
        return self.state in {RunState.WAITING, RunState.RUNNING}

    @property
    def progress(self) -> int:
        """Return how much is done, 0 to 100."""
        if not self.is_at_work:
            return 100
        return min(99, 100 * self.done // max(self.total, 1))
