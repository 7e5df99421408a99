"""Taking an import back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from django.db import OperationalError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, override

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.choices import UNDOABLE_STATES, RowAction, RunState, UndoOutcome
from profiles.imports.errors import OthersImport, Superseded, WrongState
from profiles.imports.exclusive import working_alone
from profiles.imports.matching.lookups import Lookups
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.models.run import actor_from, actor_to
from profiles.imports.operations.queueing import queue_undo
from profiles.imports.operations.runs import get_run, locked_run, move
from profiles.imports.policy import CHUNK_ROWS, MOST_ATTEMPTS
from profiles.imports.subjects import subject_of
from profiles.imports.undoing.remove import remove_created
from profiles.imports.undoing.report import UndoReport
from profiles.imports.undoing.restore import restore_rows
from profiles.imports.writing.people import Writing
from profiles.locking import lock_tenant

UNEXPECTED = gettext_noop("An unexpected error stopped the undo; what was taken back until then stays so.")


@transaction.atomic
def undo_import(
    *, tenant: Tenant, by: Actor, run_id: uuid.UUID, may_delete: bool = False, is_queued: bool = True
) -> ImportRun:
    """Order that everything the import has written is taken back, unless it was changed since.

    A worker does it; ``undo_report`` then says what was kept and why. Only with ``may_delete`` what somebody
    else has imported is taken back, as that deletes customers. Raises OthersImport, WrongState.
    """
    run = locked_run(run_id, UNDOABLE_STATES)
    if not may_delete and str(run.actor) != str(by):
        raise OthersImport
    if not run.is_undoable:
        raise WrongState(gettext("The import has changed nothing that could be taken back."))
    before = run.state
    move(
        run,
        RunState.UNDOING,
        by=by,
        undone_by=actor_to(by),
        heartbeat_at=timezone.now(),
        attempts=0,
        error="",
    )
    audit.record(verb="import.undo", obj=run, by=by, changes={"state": [before, run.state]})
    if is_queued:
        queue_undo(run)
    return run


def undo_run(*, tenant: Tenant, run_id: uuid.UUID, chunk_rows: int = CHUNK_ROWS) -> ImportRun:
    """Take back what has not been taken back yet; does nothing when another worker is at it."""
    # What is kept of it is English, whoever waits for it.
    with working_alone(run_id) as is_ours, override("en"):
        if not is_ours:
            return get_run(run_id)
        run = _begin(run_id)
        if run.state != RunState.UNDOING:
            return run
        try:
            _take_all_back(run, tenant, chunk_rows)
            _finish(run, RunState.UNDONE)
        except Superseded:
            return get_run(run_id)
        except OperationalError:
            raise
        except Exception:
            _finish(run, RunState.FAILED, error=UNEXPECTED)
            raise
        return get_run(run_id)


def _take_all_back(run: ImportRun, tenant: Tenant, chunk_rows: int) -> None:
    if (subject := subject_of(run)) is not None:
        with transaction.atomic():
            report = subject.take_back(run, tenant, actor_from(run.undone_by))
            ImportRun.objects.filter(pk=run.pk).update(
                undo_report=report, rows_undone=run.created + run.updated, heartbeat_at=timezone.now()
            )
        return
    for rows in (_updates(run), _creates(run)):
        for chunk in _last_first(rows, chunk_rows):
            _take_back(run, tenant, chunk)


def _begin(run_id: uuid.UUID) -> ImportRun:
    with transaction.atomic():
        run = locked_run(run_id, RunState.values)
        if run.state != RunState.UNDOING:
            return run
        if run.attempts >= MOST_ATTEMPTS:
            _end(run, RunState.FAILED, UNEXPECTED)
            return run
        run.attempts += 1
        run.heartbeat_at = timezone.now()
        run.save(update_fields=["attempts", "heartbeat_at"])
        return run


def _updates(run: ImportRun) -> QuerySet[ImportRow]:
    """Rows that changed customers who were there before; the others go with their customer."""
    created = ImportRow.objects.filter(run=run, action=RowAction.CREATE, profile_id=OuterRef("profile_id"))
    return ImportRow.objects.filter(~Exists(created), run=run, action=RowAction.UPDATE, undone="")


def _creates(run: ImportRun) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(run=run, action=RowAction.CREATE, undone="")


def _last_first(rows: QuerySet[ImportRow], size: int) -> Iterator[list[ImportRow]]:
    before = 2**31 - 1
    while chunk := list(rows.filter(row_no__lt=before).order_by("-row_no")[:size]):
        yield chunk
        before = chunk[-1].row_no


def _take_back(run: ImportRun, tenant: Tenant, rows: Sequence[ImportRow]) -> None:
    with transaction.atomic():
        lock_tenant(tenant.pk)
        report = UndoReport.of(get_run(run.pk).undo_report)
        if rows[0].action == RowAction.CREATE:
            outcomes = remove_created(rows, run_id=run.pk, report=report)
        else:
            by = actor_from(run.undone_by)
            writing = Writing(tenant.pk, str(by), run.source, by, timezone.now())
            outcomes = restore_rows(
                rows,
                lookups=Lookups(run_id=run.pk, lock=True),
                writing=writing,
                run_reference=run.reference,
                report=report,
            )
        for outcome in UndoOutcome:
            numbers = [row_no for row_no, became in outcomes.items() if became == outcome]
            ImportRow.objects.filter(run=run, row_no__in=numbers).update(undone=outcome)
        _progress(run, len(rows), report)


def _progress(run: ImportRun, count: int, report: UndoReport) -> None:
    changed = ImportRun.objects.filter(pk=run.pk, state=RunState.UNDOING).update(
        rows_undone=F("rows_undone") + count,
        undo_report=report.to_json(),
        heartbeat_at=timezone.now(),
        attempts=0,
    )
    if not changed:
        raise Superseded


def _finish(run: ImportRun, state: RunState, *, error: str = "") -> None:
    with transaction.atomic():
        current = locked_run(run.pk, RunState.values)
        if current.state != RunState.UNDOING:
            return
        if state == RunState.UNDONE:
            # The same file may now be imported again.
            ImportRow.objects.filter(run=run).exclude(record_key=None).update(record_key=None)
        _end(current, state, error)


def _end(run: ImportRun, state: RunState, error: str) -> None:
    run.state = state
    run.error = error
    run.save(update_fields=["state", "error", "updated_at"])
    report = run.undo_report
    changes = {name: [0, report.get(name, 0)] for name in ("removed", "restored", "kept")}
    audit.record(
        verb="import.undone",
        obj=run,
        by=actor_from(run.undone_by),
        changes={"state": ["undoing", state], **changes},
    )
