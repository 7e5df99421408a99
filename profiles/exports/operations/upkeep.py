"""Beginning again what a dead worker left, and deleting files when their time has come."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.exports.choices import ACTIVE_STATES, ExportState
from profiles.exports.models import ExportRun
from profiles.exports.operations.order import queue_export
from profiles.exports.policy import FILE_RETENTION, HEARTBEAT_TIMEOUT


def resume_stalled_exports() -> int:
    """Queue every export that nobody has worked on for a minute; return how many."""
    resumed = 0
    for tenant in Tenant.objects.filter(is_active=True):
        with tenant_context(tenant):
            resumed += _resume_tenant()
    return resumed


def delete_old_exports() -> int:
    """Delete the files whose time has come, and those of exports that were given up; return how many."""
    deleted = 0
    for tenant in Tenant.objects.all():
        with tenant_context(tenant):
            before = timezone.now() - FILE_RETENTION
            old = ExportRun.objects.filter(finished_at__lt=before).exclude(file="")
            deleted += sum(_delete(run) for run in old)
    return deleted


def _resume_tenant() -> int:
    silent_since = timezone.now() - HEARTBEAT_TIMEOUT
    silent = Q(heartbeat_at__lt=silent_since) | Q(heartbeat_at=None, updated_at__lt=silent_since)
    with transaction.atomic():
        stalled = list(
            ExportRun.objects.select_for_update(skip_locked=True).filter(silent, state__in=ACTIVE_STATES)
        )
        for run in stalled:
            # So that the next round does not queue it once more while it waits.
            run.heartbeat_at = timezone.now()
            run.save(update_fields=["heartbeat_at"])
            queue_export(run)
    return len(stalled)


@transaction.atomic
def _delete(run: ExportRun) -> int:
    path, state = run.path, run.state
    run.file, run.file_size = "", 0
    if state == ExportState.DONE:
        run.state = ExportState.EXPIRED
        changes = {"state": (state, run.state)}
        audit.record(verb="export.expire", obj=run, by=Actor.system("export"), changes=changes)
    run.save(update_fields=["file", "file_size", "state"])
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return 1
