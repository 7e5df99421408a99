"""Closed sets of values of imports."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """How far an import is."""

    DRAFT = "draft", _("Draft")
    PREVIEWED = "previewed", _("Previewed")
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    CANCELLED = "cancelled", _("Cancelled")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class RowAction(TextChoices):
    """What became of one row."""

    CREATE = "create", _("Created")
    UPDATE = "update", _("Updated")
    UNCHANGED = "unchanged", _("Unchanged")
    SKIP = "skip", _("Skipped")
    ERROR = "error", _("Not imported")


class UndoOutcome(TextChoices):
    """What became of one row when the import was undone."""

    RESTORED = "restored", _("Taken back")
    PARTLY = "partly", _("Partly taken back")
    KEPT = "kept", _("Kept")


class Mode(TextChoices):
    """Which rows an import applies."""

    UPSERT = "upsert", _("Create new customers and update known ones")
    CREATE = "create", _("Create new customers only")
    UPDATE = "update", _("Update known customers only")


class OnInvalid(TextChoices):
    """What becomes of a row with an impossible value."""

    REJECT = "reject", _("Leave the row out and report it")
    DROP = "drop", _("Import the row without the value")


# States in which a worker is, or will be, at work.
ACTIVE_STATES = (RunState.QUEUED, RunState.RUNNING, RunState.UNDOING)
# States in which the mapping may still be changed.
OPEN_STATES = (RunState.DRAFT, RunState.PREVIEWED)
# States from which what was imported can be taken back.
UNDOABLE_STATES = (RunState.DONE, RunState.FAILED, RunState.PAUSED, RunState.CANCELLED)
