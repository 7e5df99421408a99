"""Sending imports to the workers, once the transaction has been committed."""

from __future__ import annotations

from cdp.after_commit import after_commit
from cdp.celery import app
from profiles.imports.models import ImportRun

RUN_TASK = "profiles.imports.run"
UNDO_TASK = "profiles.imports.undo"


def queue_run(run: ImportRun) -> None:
    """Have a worker run the import, or go on with it."""
    _send(RUN_TASK, run)


def queue_undo(run: ImportRun) -> None:
    """Have a worker take the import back, or go on with it."""
    _send(UNDO_TASK, run)


def _send(task: str, run: ImportRun) -> None:
    signature = app.signature(task, args=[str(run.tenant_id), str(run.pk)], immutable=True)
    # Robust: should the queue be down, the import waits for the job that looks for stalled ones.
    after_commit(signature.apply_async)
