"""Exports."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel
from profiles.exports.choices import ACTIVE_STATES, ExportState, FileKind
from profiles.exports.policy import FILE_RETENTION, LONGEST_FILTERS
from profiles.imports.models.run import private_storage


def file_path(run: ExportRun) -> str:
    """Return a path nobody can guess: the file is personal data."""
    return f"exports/{run.tenant_id}/{secrets.token_hex(16)}"


class ExportRun(DomainModel):
    """A filtered list of customers on its way into a file."""

    state = models.CharField(
        _("state"), max_length=10, choices=ExportState.choices, default=ExportState.QUEUED
    )
    kind = models.CharField(_("kind of file"), max_length=4, choices=FileKind.choices)
    # Which list, and the query string of its address.
    list_name = models.CharField(_("list"), max_length=40)
    filters = models.CharField(_("filters"), max_length=LONGEST_FILTERS, blank=True, default="")
    # Written to where it will be found, so that whoever begins again writes over it.
    file = models.FileField(storage=private_storage, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)

    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(_("error"), max_length=500, blank=True, default="")
    ordered_by = models.UUIDField(_("ordered by"), editable=False)  # a person, who may leave the company

    class Meta(DomainModel.Meta):
        db_table = "export_runs"
        ordering = ["-created_at", "-id"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [
            models.Index(fields=["tenant", "-created_at", "-id"], name="export_runs_by_creation"),
            models.Index(fields=["tenant", "state"], name="export_runs_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="export_runs_state_is_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="export_runs_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """Return the name the file is downloaded under."""
        return f"customers-{self.created_at:%Y-%m-%d-%H%M}.{self.kind}"

    @property
    def is_active(self) -> bool:
        """Tell whether a worker is, or will be, at work on it."""
        return self.state in ACTIVE_STATES

    @property
    def is_ready(self) -> bool:
        """Tell whether there is a file to download."""
        return self.state == ExportState.DONE

    @property
    def progress(self) -> int:
        """Return how much is done, 0 to 100."""
        return 100 if self.is_ready else min(99, 100 * self.rows_done // max(self.rows_total, 1))

    @property
    def kept_until(self) -> datetime | None:
        """Return when the file will be deleted."""
        return self.finished_at + FILE_RETENTION if self.finished_at else None

    @property
    def path(self) -> Path:
        """Return where the file lies, or will lie."""
        return Path(self.storage.path(str(self.file)))

    @property
    def storage(self) -> FileSystemStorage:
        """Return what keeps the file."""
        return private_storage()
