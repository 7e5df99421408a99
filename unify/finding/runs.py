"""Finding a run, and moving it from one state to the next."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from unify.choices import RunKind, RunState
from unify.finding.errors import RunNotFound
from unify.models import MatchModelVersion, MatchRun

ACTIVE = (RunState.WAITING, RunState.RUNNING)


def get_run(run_id: uuid.UUID) -> MatchRun:
    """Return the run; raises RunNotFound."""
    try:
        return MatchRun.objects.get(pk=run_id)
    except MatchRun.DoesNotExist as error:
        raise RunNotFound from error


def locked_run(run_id: uuid.UUID) -> MatchRun:
    """Return the run, locked until the transaction ends; raises RunNotFound."""
    try:
        return MatchRun.objects.select_for_update().get(pk=run_id)
    except MatchRun.DoesNotExist as error:
        raise RunNotFound from error


def create_run(kind: RunKind, *, by: Actor, version: MatchModelVersion | None) -> MatchRun:
    """Write a waiting run and its audit entry; the caller has made sure that no other waits."""
    run = MatchRun.objects.create(
        kind=kind,
        model_version=version,
        ordered_by={"kind": str(by.kind), "id": str(by.id) if by.id else None, "label": by.label},
        heartbeat_at=timezone.now(),
        created_by=str(by),
        updated_by=str(by),
    )
    audit.record(verb="match_run.start", obj=run, by=by, changes={"kind": [None, str(kind)]})
    return run


def end_run(run: MatchRun, state: RunState, *, by: Actor, error: str = "", **values: Any) -> None:
    """Put a locked run into its last state, with other columns beside it; writes the audit entry."""
    before = run.state
    run.state, run.error, run.finished_at = state, error[:500], timezone.now()
    run.updated_by = str(by)
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=["state", "error", "finished_at", "updated_by", "updated_at", *values])
    counts = {name: [0, count] for name, count in run.counts.items() if isinstance(count, int) and count}
    audit.record(verb="match_run.end", obj=run, by=by, changes={"state": [before, str(state)], **counts})
