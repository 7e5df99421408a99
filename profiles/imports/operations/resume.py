"""Going on with imports whose worker has died."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import ACTIVE_STATES, RunState
from profiles.imports.models import ImportRun
from profiles.imports.operations.queueing import queue_run, queue_undo
from profiles.imports.policy import HEARTBEAT_TIMEOUT


def resume_stalled() -> int:
    """Queue every import of every tenant that nobody has worked on for a minute; return how many."""
    resumed = 0
    for tenant in Tenant.objects.filter(is_active=True):
        with tenant_context(tenant):
            resumed += _resume_tenant()
    return resumed


def _resume_tenant() -> int:
    silent_since = timezone.now() - HEARTBEAT_TIMEOUT
    silent = Q(heartbeat_at__lt=silent_since) | Q(heartbeat_at=None, updated_at__lt=silent_since)
    with transaction.atomic():
        stalled = list(
            ImportRun.objects.select_for_update(skip_locked=True).filter(silent, state__in=ACTIVE_STATES)
        )
        for run in stalled:
            # So that the next round does not queue it once more while it waits.
            run.heartbeat_at = timezone.now()
            run.save(update_fields=["heartbeat_at"])
            (queue_undo if run.state == RunState.UNDOING else queue_run)(run)
    return len(stalled)
