"""Ordering a file of a list, and giving the order up."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.after_commit import after_commit
from cdp.celery import app
from cdp.models import Membership
from profiles.exports.choices import ACTIVE_STATES, ExportState, FileKind
from profiles.exports.errors import ListRefused, TooManyExports
from profiles.exports.lists import read_list
from profiles.exports.models import ExportRun, file_path
from profiles.exports.operations.runs import locked_export
from profiles.exports.policy import LONGEST_FILTERS, MOST_ACTIVE
from profiles.locking import lock_values

RUN_TASK = "profiles.exports.run"


@transaction.atomic
def order_export(*, member: Membership, list_name: str, filters: str, kind: FileKind) -> ExportRun:
    """Have a worker write the list into a file; raises ListRefused, TooManyExports.

    ``filters`` is the query string of the list's address, read the way the list reads it.
    """
    if len(filters) > LONGEST_FILTERS:
        raise ListRefused
    read_list(list_name, filters, member)
    lock_values(member.tenant_id, ["exports"])
    if ExportRun.objects.filter(state__in=ACTIVE_STATES).count() >= MOST_ACTIVE:
        raise TooManyExports(MOST_ACTIVE)
    by = member.user.actor
    run = ExportRun(kind=kind, list_name=list_name, filters=filters, ordered_by=member.user_id)
    run.created_by = run.updated_by = str(by)
    run.file.name = file_path(run)
    run.save(force_insert=True)
    audit.record(
        verb="export.order", obj=run, by=by, changes={"filters": (None, filters), "kind": (None, kind)}
    )
    queue_export(run)
    return run


def cancel_export(*, by: Actor, run_id: uuid.UUID) -> ExportRun:
    """Give an export up that is not ready; one that has ended stays as it is. Raises ExportNotFound."""
    with transaction.atomic():
        run = locked_export(run_id)
        if not run.is_active:
            return run
        before, run.state, run.finished_at = run.state, ExportState.CANCELLED, timezone.now()
        run.updated_by = str(by)
        run.save(update_fields=["state", "finished_at", "updated_at", "updated_by"])
        audit.record(verb="export.cancel", obj=run, by=by, changes={"state": (before, run.state)})
    return run


def queue_export(run: ExportRun) -> None:
    """Have a worker write the file, or begin again with it."""
    signature = app.signature(RUN_TASK, args=[str(run.tenant_id), str(run.pk)], immutable=True)
    # Robust: should the queue be down, the export waits for the job that looks for stalled ones.
    after_commit(signature.apply_async)
