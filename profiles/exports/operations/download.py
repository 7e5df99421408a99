"""Handing the file of an export out."""

from __future__ import annotations

import uuid
from typing import BinaryIO

from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from profiles.exports.errors import FileGone
from profiles.exports.models import ExportRun
from profiles.exports.operations.runs import get_export


def open_export(*, by: Actor, run_id: uuid.UUID) -> tuple[ExportRun, BinaryIO]:
    """Return the export and its file, opened, and record who has it now; raises ExportNotFound, FileGone."""
    run = get_export(run_id)
    if not run.is_ready or not run.file:
        raise FileGone
    try:
        file = run.path.open("rb")
    except FileNotFoundError as error:
        raise FileGone from error
    with transaction.atomic():
        audit.record(verb="export.download", obj=run, by=by, changes={"rows": (None, run.rows_done)})
    return run, file
