"""Running an import, from wherever it stopped."""

from __future__ import annotations

import gc
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from cdp import audit
from cdp.models import Tenant
from cdp.postgresql.statistics import know_tenant
from cdp.sentences import Sentence
from profiles.imports.batches import batches, read_ahead
from profiles.imports.choices import Mode, RowAction, RunState
from profiles.imports.chunks import ChunkWriter
from profiles.imports.errors import FileGone, FileRefused, Superseded
from profiles.imports.exclusive import working_alone
from profiles.imports.models import ImportRun
from profiles.imports.operations.runs import get_run, locked_run
from profiles.imports.pace import Pace
from profiles.imports.policy import CHUNK_ROWS, MOST_ATTEMPTS
from profiles.imports.staging import parsed_rows
from profiles.imports.statistics import TABLES, renew_statistics
from profiles.imports.subjects import subject_of
from profiles.registries import imports_done

_COUNT_OF = {
    RowAction.CREATE: "created",
    RowAction.UPDATE: "updated",
    RowAction.UNCHANGED: "unchanged",
    RowAction.SKIP: "skipped",
    RowAction.ERROR: "failed",
}
UNEXPECTED = Sentence(
    gettext_noop(
        "An unexpected error stopped the import after row %(row)s. What was imported until then is kept."
    )
)
GIVEN_UP = Sentence(gettext_noop("The import stopped %(times)s times after row %(row)s and was given up."))


def run_import(*, tenant: Tenant, run_id: uuid.UUID, chunk_rows: int = CHUNK_ROWS) -> ImportRun:
    """Import the rows that have not been imported yet; does nothing when another worker is at it.

    Ends in one of the states done, failed, paused, cancelled; the database's troubles are raised,
    and leave the run to be resumed.
    """
    # What is kept of it is English, whoever waits for the import.
    with working_alone(run_id) as is_ours, override("en"):
        if not is_ours:
            return get_run(run_id)
        run = _begin(run_id)
        if run.state != RunState.RUNNING:
            return run
        try:
            with _lighter_collections():
                _import_rows(run, tenant, chunk_rows)
            _finish(run, RunState.DONE)
        except Superseded:
            return get_run(run_id)
        except (FileRefused, FileGone) as error:
            _finish(run, RunState.FAILED, error=error.detail)
        except OperationalError:
            raise
        except Exception:
            _finish(run, RunState.FAILED, error=UNEXPECTED(row=run.rows_done))
            raise
        return get_run(run_id)


def _begin(run_id: uuid.UUID) -> ImportRun:
    """Take the run up; it is left alone unless it waits, or its worker has died."""
    with transaction.atomic():
        run = locked_run(run_id, RunState.values)
        if run.state not in {RunState.QUEUED, RunState.RUNNING}:
            return run
        if run.attempts >= MOST_ATTEMPTS:
            error = GIVEN_UP(times=run.attempts, row=run.rows_done)
            _end(run, RunState.FAILED, error)
            return run
        run.state = RunState.RUNNING
        run.attempts += 1
        run.started_at = run.started_at or timezone.now()
        run.heartbeat_at = timezone.now()
        run.save(update_fields=["state", "attempts", "started_at", "heartbeat_at"])
        return run


@contextmanager
def _lighter_collections() -> Iterator[None]:
    """Keep the garbage collector off what was there before: each chunk makes it look at everything else."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _import_rows(run: ImportRun, tenant: Tenant, chunk_rows: int) -> None:
    if (subject := subject_of(run)) is not None:
        subject.carry_out(run, tenant, lambda counts, last_row: _progress(run, counts, last_row))
        return
    know_tenant(TABLES)
    writer = ChunkWriter(
        tenant=tenant,
        by=run.actor,
        run_id=run.pk,
        reference=run.reference,
        source=run.source,
        mode=run.options.get("mode", Mode.UPSERT),
        keeps_status=run.keeps_status,
        progress=lambda counts, last_row: _progress(run, counts, last_row),
        committed=lambda last_row: setattr(run, "rows_done", last_row),
        pace=Pace(tenant.pk, chunk_rows),
    )
    with (
        closing(parsed_rows(run, tenant, skip=run.rows_done)) as rows,
        closing(read_ahead(batches(rows, chunk_rows))) as chunks,
    ):
        for chunk in chunks:
            before = run.rows_done
            writer.write(chunk)
            renew_statistics(before, run.rows_done)


def _progress(run: ImportRun, counts: Counter[str], last_row: int) -> None:
    """Count the chunk inside its transaction; raises Superseded when the run is no longer ours."""
    sums: dict[str, Any] = {
        name: F(name) + counts[action] for action, name in _COUNT_OF.items() if counts[action]
    }
    done = run.rows_done
    changed = ImportRun.objects.filter(pk=run.pk, state=RunState.RUNNING, rows_done=done).update(
        rows_done=last_row, heartbeat_at=timezone.now(), attempts=0, **sums
    )
    if not changed:
        raise Superseded


def _finish(run: ImportRun, state: RunState, *, error: str = "") -> None:
    with transaction.atomic():
        current = locked_run(run.pk, RunState.values)
        if current.state == RunState.RUNNING:
            _end(current, state, error)
            for listener in imports_done:
                listener(current.tenant, current.created)


def _end(run: ImportRun, state: RunState, error: str) -> None:
    run.state = state
    run.error = error
    run.finished_at = timezone.now()
    if state == RunState.DONE:
        run.rows_total = run.rows_done
    run.save(update_fields=["state", "error", "finished_at", "rows_total"])
    counts = {name: [0, count] for name, count in run.counts.items() if count}
    audit.record(verb="import.run", obj=run, by=run.actor, changes={"state": ["running", state], **counts})
