"""Closed sets of values of exports."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExportState(TextChoices):
    """How far an export is."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Deleted as planned")


class FileKind(TextChoices):
    """What kind of file an export makes."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel")


# States in which a worker is, or will be, at work.
ACTIVE_STATES = (ExportState.QUEUED, ExportState.RUNNING)
