"""Sending runs to the workers, once the transaction has been committed."""

from __future__ import annotations

from cdp.after_commit import after_commit
from cdp.celery import app
from unify.models import MatchRun

RUN_TASK = "unify.run"


def queue_run(run: MatchRun) -> None:
    """Have a worker carry the run out, or go on with it."""
    signature = app.signature(RUN_TASK, args=[str(run.tenant_id), str(run.pk)], immutable=True)
    # Robust: should the queue be down, the run waits for the job that looks for stalled ones.
    after_commit(signature.apply_async)
