"""Pausing, going on with and cancelling imports."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.choices import OPEN_STATES, RunState
from profiles.imports.errors import WrongState
from profiles.imports.models import ImportRun
from profiles.imports.operations.queueing import queue_run
from profiles.imports.operations.retention import delete_file, delete_stored_file
from profiles.imports.operations.runs import locked_run, move

_UNFINISHED = (RunState.DRAFT, RunState.PREVIEWED, RunState.QUEUED, RunState.RUNNING, RunState.PAUSED)


@transaction.atomic
def pause_import(*, tenant: Tenant, by: Actor, run_id: uuid.UUID) -> ImportRun:
    """Stop after the chunk in hand; raises WrongState."""
    return _change(by, run_id, (RunState.QUEUED, RunState.RUNNING), RunState.PAUSED, "import.pause")


@transaction.atomic
def resume_import(*, tenant: Tenant, by: Actor, run_id: uuid.UUID) -> ImportRun:
    """Go on with an import that was paused, or that failed; raises WrongState."""
    run = _change(by, run_id, (RunState.PAUSED, RunState.FAILED), RunState.QUEUED, "import.resume")
    if run.undone_by:
        raise WrongState(gettext("This import was being taken back when it stopped: take it back again."))
    run.attempts = 0
    run.heartbeat_at = timezone.now()
    run.save(update_fields=["attempts", "heartbeat_at"])
    queue_run(run)
    return run


def cancel_import(*, tenant: Tenant, by: Actor, run_id: uuid.UUID) -> ImportRun:
    """Give the import up. Rows imported already stay, and can be taken back; raises WrongState.

    The file of an import that has not begun is deleted at once.
    """
    with transaction.atomic():
        run = _change(by, run_id, _UNFINISHED, RunState.CANCELLED, "import.cancel")
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
    if not run.rows_done:
        delete_file(run)
    return run


def discard_import(*, tenant: Tenant, by: Actor, run_id: uuid.UUID) -> None:
    """Delete an import that has not begun, and its file; raises WrongState."""
    with transaction.atomic():
        run = locked_run(run_id, OPEN_STATES)
        audit.record(verb="import.discard", obj=run, by=by)
        delete_stored_file(run)
        run.delete()


def _change(
    by: Actor, run_id: uuid.UUID, allowed: tuple[RunState, ...], state: RunState, verb: str
) -> ImportRun:
    run = locked_run(run_id, allowed)
    before = run.state
    move(run, state, by=by)
    audit.record(verb=verb, obj=run, by=by, changes={"state": [before, state]})
    return run
