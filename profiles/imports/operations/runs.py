"""Finding an import and moving it from one state to the next."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from cdp.actors import Actor
from profiles.imports.choices import RunState
from profiles.imports.errors import ImportNotFound, WrongState
from profiles.imports.models import ImportRun


def get_run(run_id: uuid.UUID) -> ImportRun:
    """Return the import; raises ImportNotFound."""
    try:
        return ImportRun.objects.get(pk=run_id)
    except ImportRun.DoesNotExist as error:
        raise ImportNotFound from error


def locked_run(run_id: uuid.UUID, states: Collection[str]) -> ImportRun:
    """Return the import, locked until the transaction ends; raises ImportNotFound, WrongState."""
    try:
        run = ImportRun.objects.select_for_update().get(pk=run_id)
    except ImportRun.DoesNotExist as error:
        raise ImportNotFound from error
    if run.state not in states:
        allowed = ", ".join(str(RunState(state).label).lower() for state in states)
        raise WrongState(
            gettext("The import is %(state)s; this needs one that is %(allowed)s.")
            % {"state": run.get_state_display().lower(), "allowed": allowed}
        )
    return run


def move(run: ImportRun, state: RunState, *, by: Actor, **values: Any) -> None:
    """Put the import into a state, with other columns beside it."""
    run.state = state
    run.updated_by = str(by)
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=["state", "updated_by", "updated_at", *values])


def beat(run: ImportRun) -> None:
    """Say that somebody is at work on the import."""
    run.heartbeat_at = timezone.now()
    run.save(update_fields=["heartbeat_at"])
