"""Writing the file of an export."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdp import audit
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.exports.choices import ExportState
from profiles.exports.columns import all_headings, rows_of, with_columns
from profiles.exports.errors import Superseded
from profiles.exports.lists import Listed, read_list
from profiles.exports.models import ExportRun
from profiles.exports.operations.runs import actor_of_export, get_export, locked_export, orderer
from profiles.exports.policy import MOST_ATTEMPTS, PAGE_ROWS
from profiles.exports.writers import writing
from profiles.imports.exclusive import working_alone
from profiles.keyset import first_page, page_after
from profiles.models import Profile


def run_export(*, tenant: Tenant, run_id: uuid.UUID, page_rows: int = PAGE_ROWS) -> ExportRun:
    """Write the file, from its beginning; does nothing when another worker is at it.

    Ends in one of the states done, failed, cancelled; the database's troubles are raised, and leave the
    export to be begun again.
    """
    with working_alone(run_id) as is_ours:
        if not is_ours:
            return get_export(run_id)
        run = _begin(run_id)
        if run.state != ExportState.RUNNING:
            return run
        try:
            size = _write(run, tenant, page_rows)
            _finish(run, ExportState.DONE, size=size)
        except Superseded:
            run.path.unlink(missing_ok=True)
            return get_export(run_id)
        except DomainError as error:
            _finish(run, ExportState.FAILED, error=error.detail)
        except OperationalError:
            raise
        except Exception:
            _finish(run, ExportState.FAILED, error=_("An unexpected error stopped the export. Try again."))
            raise
        return get_export(run_id)


def _begin(run_id: uuid.UUID) -> ExportRun:
    """Take the export up; it is left alone unless it waits, or its worker has died."""
    with transaction.atomic():
        run = locked_export(run_id)
        if not run.is_active:
            return run
        run.state, run.rows_done = ExportState.RUNNING, 0
        run.attempts += 1
        run.started_at = run.started_at or timezone.now()
        run.heartbeat_at = timezone.now()
        if run.attempts > MOST_ATTEMPTS:
            _end(run, ExportState.FAILED, error=_("The export stopped too often and was given up."))
        run.save()
        return run


def _write(run: ExportRun, tenant: Tenant, page_rows: int) -> int:
    """Write every page of the list; return the size of the file."""
    listed = read_list(run.list_name, run.filters, orderer(run, tenant))
    _progress(run, 0, rows_total=listed.customers.order_by().count())
    run.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    run.path.touch(mode=0o600)
    done = 0
    with (
        run.path.open("wb") as file,
        writing(run.kind, file, all_headings(), ZoneInfo(tenant.time_zone)) as writer,
    ):
        for page in _pages(listed, page_rows):
            for row in rows_of(page):
                writer.write(row)
            done += len(page)
            _progress(run, done)
    return run.path.stat().st_size


def _pages(listed: Listed, size: int) -> Iterator[list[Profile]]:
    customers = with_columns(listed.customers)
    page = first_page(customers, listed.order, size)
    while page.rows:
        yield page.rows
        position = listed.order.read(page.next)
        if position is None:
            return
        page = page_after(customers, listed.order, position, size)


def _progress(run: ExportRun, done: int, **values: int) -> None:
    """Say how far it is; raises Superseded when the export is no longer ours."""
    changed = ExportRun.objects.filter(pk=run.pk, state=ExportState.RUNNING, attempts=run.attempts).update(
        rows_done=done, heartbeat_at=timezone.now(), **values
    )
    if not changed:
        raise Superseded


def _finish(run: ExportRun, state: ExportState, *, error: str = "", size: int = 0) -> None:
    with transaction.atomic():
        current = locked_export(run.pk)
        if current.state != ExportState.RUNNING:
            current.path.unlink(missing_ok=True)
            return
        if state == ExportState.DONE:
            current.rows_total = current.rows_done
        _end(current, state, error=error, size=size)
        current.save()


def _end(run: ExportRun, state: ExportState, *, error: str = "", size: int = 0) -> None:
    run.state, run.error, run.file_size, run.finished_at = state, error, size, timezone.now()
    if state == ExportState.FAILED:
        transaction.on_commit(lambda: run.path.unlink(missing_ok=True))
    changes = {"state": (ExportState.RUNNING, state), "rows": (None, run.rows_done)}
    audit.record(verb="export.run", obj=run, by=actor_of_export(run), changes=changes)
