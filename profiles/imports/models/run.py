"""Imports."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, BinaryIO

from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.tenancy.models import DomainModel
from profiles.imports.choices import OPEN_STATES, UNDOABLE_STATES, RunState
from profiles.imports.errors import FileGone
from profiles.imports.reading import Dialect

COUNTS = ("created", "updated", "unchanged", "skipped", "failed")


def private_storage() -> FileSystemStorage:
    """Return where uploads lie: beside other media, readable by this system's own user alone."""
    return FileSystemStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


def upload_path(run: ImportRun, _file_name: str) -> str:
    """Return a path nobody can guess: the file is personal data."""
    return f"imports/{run.tenant_id}/{secrets.token_hex(16)}"


class ImportRun(DomainModel):
    """One file or list of customers on its way in, and what came of it."""

    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    # The durable staging: whoever resumes, previews or lists errors reads it again.
    file = models.FileField(upload_to=upload_path, storage=private_storage, blank=True, editable=False)
    file_name = models.CharField(_("file"), max_length=255, blank=True, default="")
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    source = models.CharField(_("source"), max_length=40)
    source_type = models.CharField(_("kind of record"), max_length=40, blank=True, default="")
    dialect = models.JSONField(default=dict, editable=False)
    mapping = models.JSONField(_("columns"), default=list, editable=False)  # one target per column
    options = models.JSONField(_("options"), default=dict, editable=False)

    rows_total = models.PositiveIntegerField(_("rows"), default=0)  # an upper bound until the file is read
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("not imported"), default=0)
    rows_undone = models.PositiveIntegerField(_("rows taken back"), default=0)
    undo_report = models.JSONField(_("undo report"), default=dict, editable=False)

    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(_("error"), max_length=500, blank=True, default="")
    ordered_by = models.JSONField(default=dict, editable=False)
    undone_by = models.JSONField(default=dict, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "import_runs"
        ordering = ["-created_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(fields=["tenant", "-created_at", "-id"], name="import_runs_by_creation"),
            models.Index(fields=["tenant", "state"], name="import_runs_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="import_runs_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.file_name or f"{self.source} ({self.get_state_display()})"

    @property
    def reference(self) -> str:
        """Return what rows written by this import say in ``created_by`` and ``updated_by``."""
        return f"import:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether columns and options may still be changed."""
        return self.state in OPEN_STATES

    @property
    def is_undoable(self) -> bool:
        """Tell whether there is something to take back, and nobody at work on it."""
        return self.state in UNDOABLE_STATES and bool(self.created or self.updated)

    @property
    def has_file(self) -> bool:
        """Tell whether the uploaded file is still kept."""
        return bool(self.file)

    @property
    def progress(self) -> int:
        """Return how much is done, 0 to 100."""
        if self.state in {RunState.DONE, RunState.UNDONE}:
            return 100
        if self.state == RunState.UNDOING:
            return min(99, 100 * self.rows_undone // max(self.created + self.updated, 1))
        return min(99, 100 * self.rows_done // max(self.rows_total, 1))

    @property
    def actor(self) -> Actor:
        """Return who ordered the import, as the ``by`` of its verbs."""
        return actor_from(self.ordered_by)

    @property
    def keeps_status(self) -> bool:
        """Tell whether whoever ordered the import may not deactivate customers, nor bring them back."""
        return bool(self.options.get("keepsStatus"))

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows had which outcome."""
        return {name: getattr(self, name) for name in COUNTS}

    def read_dialect(self) -> Dialect:
        """Return how the file is written."""
        return Dialect.from_json(self.dialect)

    def open_file(self) -> BinaryIO:
        """Open the uploaded file for reading; raises FileGone after its retention."""
        if not self.file:
            raise FileGone
        try:
            return open(self.file.path, "rb")
        except FileNotFoundError as error:
            raise FileGone from error


def actor_to(by: Actor) -> dict[str, Any]:
    """Return an actor as it is stored."""
    return {"kind": str(by.kind), "id": str(by.id) if by.id else None, "label": by.label}


def actor_from(stored: dict[str, Any]) -> Actor:
    """Return a stored actor."""
    if not stored:
        return Actor.system("import")
    identity = uuid.UUID(stored["id"]) if stored["id"] else None
    return Actor(ActorKind(stored["kind"]), identity, stored["label"])
