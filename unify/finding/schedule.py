"""Starting runs by the clock, and going on with those whose worker has died."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from unify.choices import RunKind
from unify.finding.errors import RunAtWork
from unify.finding.policy import HEARTBEAT_TIMEOUT
from unify.finding.queueing import queue_run
from unify.finding.runs import ACTIVE
from unify.models import MatchRun
from unify.operations.start_run import start_run

NIGHT = time(2, 0)
BY = Actor.system("unify")


def start_nightly(now: datetime | None = None) -> int:
    """Start the deep run of every tenant whose clock has passed 02:00 today and that has had none since.

    Whoever was down at 02:00 catches up; a run at work is waited for, until the next quarter of an hour.
    """
    started = 0
    for tenant in Tenant.objects.filter(is_active=True):
        with tenant_context(tenant):
            if is_due(tenant, now or timezone.now()):
                started += start_quietly(tenant, RunKind.DEEP)
    return started


def is_due(tenant: Tenant, now: datetime) -> bool:
    """Tell whether the tenant's 02:00 has passed without a deep run since."""
    zone = ZoneInfo(tenant.time_zone)
    here = now.astimezone(zone)
    tonight = datetime.combine(here.date(), NIGHT, tzinfo=zone)
    if here < tonight:
        return False
    return not MatchRun.objects.filter(kind=RunKind.DEEP, created_at__gte=tonight).exists()


def start_quietly(tenant: Tenant, kind: RunKind) -> bool:
    """Start a run unless one is at work; tell whether it was started."""
    try:
        start_run(tenant=tenant, by=BY, kind=kind)
    except RunAtWork:
        return False
    return True


def resume_stalled() -> int:
    """Queue every run of every tenant that has been silent for too long; return how many."""
    resumed = 0
    for tenant in Tenant.objects.filter(is_active=True):
        with tenant_context(tenant):
            resumed += _resume_tenant()
    return resumed


def _resume_tenant() -> int:
    silent_since = timezone.now() - HEARTBEAT_TIMEOUT
    silent = Q(heartbeat_at__lt=silent_since) | Q(heartbeat_at=None)
    with transaction.atomic():
        stalled = list(MatchRun.objects.select_for_update(skip_locked=True).filter(silent, state__in=ACTIVE))
        for run in stalled:
            # So that the next round does not queue it once more while it waits.
            run.heartbeat_at = timezone.now()
            run.save(update_fields=["heartbeat_at"])
            queue_run(run)
    return len(stalled)
