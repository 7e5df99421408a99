"""What the import endpoints answer."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from pydantic.alias_generators import to_camel

from cdp.api.wire import Outgoing
from profiles.imports.choices import RowAction, RunState, UndoOutcome
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.preview import Preview

MOST_ERRORS = 1_000


class RowErrorAnswer(Outgoing):
    """Why a row was not imported; `field` is empty when it is the row as a whole."""

    row: int
    field: str
    column: str
    message: str


class ImportAnswer(Outgoing):
    """What an import did, or, for a dry run, would do.

    `success` counts customers created and updated, `skipped` rows that changed nothing, `failed` rows that
    were refused. `errors` lists the first thousand problems; all of them stand in `errors.csv` of the run.
    """

    success: int
    failed: int
    skipped: int
    errors: list[RowErrorAnswer]
    run_id: uuid.UUID | None
    dry_run: bool
    is_complete: bool
    created: int
    updated: int
    unchanged: int

    @classmethod
    def of(cls, run: ImportRun) -> Self:
        """Return the answer for an import that has run."""
        failed = ImportRow.objects.filter(run=run, action=RowAction.ERROR).order_by("row_no")
        rows = failed.only("row_no", "errors")[:MOST_ERRORS]
        errors = [error for row in rows for error in _errors(row.row_no, row.errors or [])]
        return cls(
            success=run.created + run.updated,
            failed=run.failed,
            skipped=run.unchanged + run.skipped,
            errors=errors[:MOST_ERRORS],
            run_id=run.pk,
            dry_run=False,
            is_complete=run.state == RunState.DONE,
            created=run.created,
            updated=run.updated,
            unchanged=run.unchanged,
        )

    @classmethod
    def of_preview(cls, preview: Preview) -> Self:
        """Return the answer for a dry run."""
        counts = preview.counts
        errors = [error for row in preview.sample for error in _errors(row.row_no, row.errors)]
        return cls(
            success=counts[RowAction.CREATE] + counts[RowAction.UPDATE],
            failed=counts[RowAction.ERROR],
            skipped=counts[RowAction.UNCHANGED] + counts[RowAction.SKIP],
            errors=errors[:MOST_ERRORS],
            run_id=None,
            dry_run=True,
            is_complete=preview.is_complete,
            created=counts[RowAction.CREATE],
            updated=counts[RowAction.UPDATE],
            unchanged=counts[RowAction.UNCHANGED],
        )


class KeptAnswer(Outgoing):
    """Something undoing an import could not take back, and why."""

    row: int
    profile_id: uuid.UUID
    reason: str
    fields: list[str]


class UndoAnswer(Outgoing):
    """What undoing an import did: customers removed, rows taken back, and what was kept (first thousand)."""

    removed: int = 0
    restored: int = 0
    kept: int = 0
    entries: list[KeptAnswer] = []


class RunAnswer(Outgoing):
    """An import: how far it is and what came of it. `rowsTotal` is an upper bound until it has run."""

    run_id: uuid.UUID
    state: RunState
    source: str
    source_type: str
    file_name: str
    file_size: int
    progress: int
    rows_total: int
    rows_done: int
    success: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    failed: int
    error: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    created_by: str
    undo: UndoAnswer | None

    @classmethod
    def of(cls, run: ImportRun) -> Self:
        """Return the answer for an import."""
        same = {name: getattr(run, name) for name in cls.model_fields if name not in _COMPUTED}
        undo = UndoAnswer(
            **{
                name: run.undo_report[name]
                for name in ("removed", "restored", "kept")
                if name in run.undo_report
            },
            entries=[_kept(entry) for entry in run.undo_report.get("entries", ())],
        )
        is_undone = run.state in {RunState.UNDOING, RunState.UNDONE}
        return cls(**same, run_id=run.pk, success=run.created + run.updated, undo=undo if is_undone else None)


class RowAnswer(Outgoing):
    """What became of one row; `changes` maps fields to [before, after].

    `row` counts records; `line` is the line of the file, or the row of the sheet, where the record starts.
    """

    row: int
    line: int | None
    action: RowAction
    profile_id: uuid.UUID | None
    changes: dict[str, list[Any]]
    errors: list[RowErrorAnswer]
    note: str
    undone: UndoOutcome | None

    @classmethod
    def of(cls, row: ImportRow) -> Self:
        """Return the answer for a row."""
        return cls(
            row=row.row_no,
            line=row.line_no,
            action=RowAction(row.action),
            profile_id=row.profile_id,
            changes=row.changes or {},
            errors=_errors(row.row_no, row.errors or []),
            note=" ".join(row.notes),
            undone=UndoOutcome(row.undone) if row.undone else None,
        )


class RowsMeta(Outgoing):
    """Where the next page starts: send it as `after`; null on the last page."""

    next_after: int | None


class RowsAnswer(Outgoing):
    """Rows of an import, in the order of the file."""

    data: list[RowAnswer]
    meta: RowsMeta


_COMPUTED = {"run_id", "success", "undo"}


def _errors(row_no: int, errors: list[dict[str, str]]) -> list[RowErrorAnswer]:
    return [
        RowErrorAnswer(
            row=row_no,
            field=".".join(to_camel(part) for part in error["field"].split(".", 1)),
            column=error["column"],
            message=error["message"],
        )
        for error in errors
    ]


def _kept(entry: dict[str, Any]) -> KeptAnswer:
    return KeptAnswer(
        row=entry["row"], profile_id=entry["profileId"], reason=entry["reason"], fields=entry["fields"]
    )
