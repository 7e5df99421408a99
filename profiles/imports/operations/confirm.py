"""Handing an import to a worker."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.choices import OPEN_STATES, RunState
from profiles.imports.models import ImportRun
from profiles.imports.models.run import actor_to
from profiles.imports.operations.queueing import queue_run
from profiles.imports.operations.revise import check_mapping
from profiles.imports.operations.runs import get_run, locked_run, move


def confirm_import(*, tenant: Tenant, by: Actor, run_id: uuid.UUID, is_queued: bool = True) -> ImportRun:
    """Order the import; a worker takes it up, or with ``is_queued=False`` the caller runs it itself.

    Raises MappingRefused, WrongState.
    """
    check_mapping(get_run(run_id))
    with transaction.atomic():
        run = locked_run(run_id, OPEN_STATES)
        before = run.state
        move(run, RunState.QUEUED, by=by, ordered_by=actor_to(by), error="", attempts=0)
        changes: audit.Changes = {
            "state": [before, run.state],
            "source": [None, run.source],
            "options": [None, run.options],
        }
        audit.record(verb="import.confirm", obj=run, by=by, changes=changes)
        if is_queued:
            queue_run(run)
    return run
