"""Imports small enough to be done while the caller waits."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.imports.choices import OPEN_STATES
from profiles.imports.models import ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.control import discard_import
from profiles.imports.operations.preview import Preview, preview_import
from profiles.imports.operations.revise import check_mapping
from profiles.imports.operations.run import run_import
from profiles.imports.operations.runs import get_run
from profiles.imports.operations.undo import undo_import, undo_run
from profiles.imports.policy import SYNC_BYTES, SYNC_ROWS
from profiles.imports.staging import parsed_rows


def is_small(run: ImportRun) -> bool:
    """Tell whether somebody may wait for the import."""
    return run.file_size <= SYNC_BYTES and run.rows_total <= SYNC_ROWS


def import_at_once(*, tenant: Tenant, by: Actor, run_id: uuid.UUID) -> ImportRun:
    """Import a small draft; a file that cannot be read to its end is refused before anything is written.

    Raises FileRefused, MappingRefused.
    """
    run = get_run(run_id)
    check_mapping(run)
    for _ in parsed_rows(run, tenant):
        pass
    confirm_import(tenant=tenant, by=by, run_id=run_id, is_queued=False)
    return run_import(tenant=tenant, run_id=run_id)


def dry_run(*, tenant: Tenant, by: Actor, run_id: uuid.UUID, sample: int) -> Preview:
    """Say what the draft would do, and forget it. Raises FileRefused, MappingRefused."""
    preview = preview_import(tenant=tenant, by=by, run_id=run_id, sample=sample)
    discard_import(tenant=tenant, by=by, run_id=run_id)
    return preview


def undo_at_once(*, tenant: Tenant, by: Actor, run_id: uuid.UUID, may_delete: bool) -> ImportRun:
    """Take an import back: a small one now, a large one by a worker. Raises OthersImport, WrongState."""
    run = get_run(run_id)
    is_now = run.created + run.updated <= SYNC_ROWS
    run = undo_import(tenant=tenant, by=by, run_id=run_id, may_delete=may_delete, is_queued=not is_now)
    return undo_run(tenant=tenant, run_id=run_id) if is_now else run


@contextmanager
def forgotten_if_refused(*, tenant: Tenant, by: Actor, run: ImportRun) -> Iterator[None]:
    """Delete a draft, and the file with it, that turns out not to be importable."""
    try:
        yield
    except DomainError:
        if get_run(run.pk).state in OPEN_STATES:
            discard_import(tenant=tenant, by=by, run_id=run.pk)
        raise
