"""Making recommendations by the clock, and going on with a run whose worker has died."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cdm.choices import RunState
from cdm.models import InsightFit
from cdm.recommending.errors import RunAtWork
from cdm.recommending.runs import ACTIVE, HEARTBEAT_TIMEOUT, order_run, queue
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context

# After the search for duplicates, which begins at 02:00, and before anybody is called.
NIGHT = time(3, 30)
BY = Actor.system("recommendations")


def start_nightly(now: datetime | None = None) -> int:
    """Order the run of every tenant whose clock has passed 03:30 today without one since; return how many.

    Whoever was down at 03:30 catches up. Runs that have been silent too long are taken up again.
    """
    now, started = now or timezone.now(), 0
    for tenant in Tenant.objects.filter(is_active=True):
        with tenant_context(tenant):
            _resume(now)
            started += is_due(tenant, now) and _start(tenant)
    return started


def is_due(tenant: Tenant, now: datetime) -> bool:
    """Tell whether the tenant's 03:30 has passed without a run since."""
    here = now.astimezone(ZoneInfo(tenant.time_zone))
    tonight = datetime.combine(here.date(), NIGHT, tzinfo=here.tzinfo)
    return here >= tonight and not InsightFit.objects.filter(created_at__gte=tonight).exists()


def _start(tenant: Tenant) -> bool:
    try:
        order_run(tenant=tenant, by=BY)
    except RunAtWork:
        return False
    return True


@transaction.atomic
def _resume(now: datetime) -> None:
    silent = Q(heartbeat_at__lt=now - HEARTBEAT_TIMEOUT) | Q(heartbeat_at=None)
    # Who writes results holds its row: that one is at work.
    for fit in InsightFit.objects.select_for_update(skip_locked=True).filter(silent, state__in=ACTIVE):
        fit.state, fit.heartbeat_at = RunState.WAITING, now
        fit.save(update_fields=["state", "heartbeat_at"])
        queue(fit)
