"""What an import would do, without doing it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.batches import batches
from profiles.imports.choices import OPEN_STATES, Mode, RowAction, RunState
from profiles.imports.chunks import Parsed, rising
from profiles.imports.incoming import Incoming
from profiles.imports.matching.decide import Decider, Outcome
from profiles.imports.matching.directory import Directory
from profiles.imports.matching.lookups import Lookups
from profiles.imports.models import ImportRun
from profiles.imports.operations.revise import check_mapping
from profiles.imports.operations.runs import get_run, locked_run, move
from profiles.imports.policy import CHUNK_ROWS, PREVIEW_ROWS
from profiles.imports.staging import parsed_rows


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the sample: what would become of it, and why."""

    row_no: int
    action: str
    profile_id: uuid.UUID | None  # None when the customer would be new
    said: dict[str, Any]
    changes: dict[str, list[Any]]
    errors: list[dict[str, str]]
    notes: list[str]


@dataclass(slots=True)
class Preview:
    """How many rows would have which outcome; ``is_complete`` when the whole file was looked at."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RowAction.values, 0))
    rows_seen: int = 0
    is_complete: bool = True
    sample: list[PreviewRow] = field(default_factory=list)


def preview_import(
    *, tenant: Tenant, by: Actor, run_id: uuid.UUID, sample: int = 100, limit: int = PREVIEW_ROWS
) -> Preview:
    """Decide the first ``limit`` rows and write nothing but the import's new state.

    The sample holds the first rows and, as many again, rows after them that would not be imported.
    Raises MappingRefused, FileRefused, FileGone, WrongState.
    """
    run = get_run(run_id)
    check_mapping(run)
    preview = _decided(run, tenant, sample, limit)
    with transaction.atomic():
        run = locked_run(run_id, OPEN_STATES)
        total = {"rows_total": preview.rows_seen} if preview.is_complete else {}
        move(run, RunState.PREVIEWED, by=by, **total)
    return preview


def _decided(run: ImportRun, tenant: Tenant, sample: int, limit: int) -> Preview:
    preview = Preview()
    lookups = Lookups(run_id=run.pk, lock=False)
    # Nothing is written, so what earlier rows would have changed is remembered here.
    directory = Directory()
    decider = Decider(
        directory,
        source=run.source,
        mode=run.options.get("mode", Mode.UPSERT),
        clock=rising(timezone.now()),
        keeps_status=run.keeps_status,
    )
    with closing(parsed_rows(run, tenant)) as rows:
        for chunk in batches(islice(rows, limit), CHUNK_ROWS):
            lookups.extend(directory, [row for row in chunk if isinstance(row, Incoming)])
            outcomes = decider.decide(chunk)
            preview.rows_seen += len(chunk)
            for action, count in Counter(str(outcome.action) for outcome in outcomes).items():
                preview.counts[action] += count
            preview.sample += _sampled(preview, chunk, outcomes, sample)
        preview.is_complete = next(rows, None) is None
    return preview


def _sampled(
    preview: Preview, rows: Sequence[Parsed], outcomes: Sequence[Outcome], size: int
) -> list[PreviewRow]:
    first = [pair for pair in zip(rows, outcomes, strict=True) if pair[0].row_no <= size]
    room = 2 * size - len(preview.sample) - len(first)
    left_out = (
        pair
        for pair in zip(rows, outcomes, strict=True)
        if pair[0].row_no > size and pair[1].action in {RowAction.ERROR, RowAction.SKIP}
    )
    return [_preview_row(row, outcome) for row, outcome in [*first, *islice(left_out, max(room, 0))]]


def _preview_row(row: Parsed, outcome: Outcome) -> PreviewRow:
    said: dict[str, Any] = {}
    if isinstance(row, Incoming):
        said = {"email": row.email, "phone": row.phone, **row.values}
        said["profile_id"] = str(row.profile_id or "")
        said["external_id"] = row.identifiers[0].external_id if row.identifiers else ""
        said |= {f"address.{part}": value for part, value in row.trees.get("address", {}).items()}
        said |= {f"attributes.{key}": value for key, value in row.trees.get("attributes", {}).items()}
        said["tags"] = ", ".join(tag.name for tag in row.tags)
    return PreviewRow(
        row_no=row.row_no,
        action=str(outcome.action),
        profile_id=None if outcome.action == RowAction.CREATE else outcome.profile_id,
        said={name: value for name, value in said.items() if value},
        changes=outcome.changes or {},
        errors=[problem.to_json() for problem in outcome.errors],
        notes=list(dict.fromkeys(outcome.notes)),
    )
