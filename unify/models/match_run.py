"""Runs that look for duplicates."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel, TenantForeignKey
from unify.choices import RunKind, RunState


class MatchRun(DomainModel):
    """One search for duplicates, training or trial: how far it is, and what it found."""

    kind = models.CharField(_("kind"), max_length=11, choices=RunKind.choices)
    state = models.CharField(_("state"), max_length=9, choices=RunState.choices, default=RunState.WAITING)
    model_version = TenantForeignKey(
        "unify.MatchModelVersion", models.PROTECT, null=True, blank=True, related_name="runs", db_index=False
    )
    step = models.CharField(_("step"), max_length=60, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # records, changed, pairs, candidates, merged, queued, withdrawn, clusters, …
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    # Changes up to here have been looked at: the next incremental run starts there.
    looked_at_until = models.DateTimeField(null=True, editable=False)
    ordered_by = models.JSONField(default=dict, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    peak_mib = models.PositiveIntegerField(_("peak memory in MiB"), null=True, editable=False)
    error = models.CharField(_("error"), max_length=500, blank=True, default="")

    class Meta(DomainModel.Meta):
        db_table = "match_runs"
        ordering = ["-created_at", "-id"]
        verbose_name = _("search for duplicates")
        verbose_name_plural = _("searches for duplicates")
        indexes = [models.Index(fields=["tenant", "-created_at", "-id"], name="match_runs_by_creation")]
        constraints = [
            # One at a time per tenant; a second order waits or is refused.
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(state=RunState.RUNNING), name="match_runs_one_at_work"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="match_runs_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"

    @property
    def progress(self) -> int:
        """Return how much is done, 0 to 100."""
        if self.state == RunState.DONE:
            return 100
        return min(99, 100 * self.done // max(self.total, 1))
