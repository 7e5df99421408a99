"""Entry points of the workers; those of deciding are found through this module."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant
from unify.choices import RunKind
from unify.deciding.tasks import accept_cases as accept_cases
from unify.deciding.tasks import resume_accepting as resume_accepting
from unify.deciding.tasks import tell_admins_everywhere as tell_admins_everywhere
from unify.deciding.tasks import tell_admins_of_tenant as tell_admins_of_tenant
from unify.finding.listening import CONFLICTS_TASK, ask_about
from unify.finding.queueing import RUN_TASK
from unify.finding.running import run_match
from unify.finding.schedule import resume_stalled, start_nightly, start_quietly
from unify.records.queueing import KEEP_TASK, REFRESH_TASK
from unify.records.refresh import refresh, refresh_changed


@shared_task(base=TenantTask, name=RUN_TASK, acks_late=True)
def carry_out_run(tenant_id: str, run_id: str) -> None:
    """Look for duplicates, learn or try a model, from the beginning if a worker has died at it."""
    run_match(tenant=Tenant.objects.get(pk=tenant_id), run_id=uuid.UUID(run_id))


@shared_task(base=TenantTask, name=REFRESH_TASK, acks_late=True)
def refresh_records(tenant_id: str, profile_ids: list[str]) -> None:
    """Renew what matching sees of customers a bulk verb has changed."""
    refresh(Tenant.objects.get(pk=tenant_id), [uuid.UUID(one) for one in profile_ids])


@shared_task(base=TenantTask, name=CONFLICTS_TASK, acks_late=True)
def open_conflicts(tenant_id: str, pairs: list[tuple[str, str]]) -> None:
    """Put before people the pairs that ids or e-mails of one record pointed to."""
    ask_about(Tenant.objects.get(pk=tenant_id), [(uuid.UUID(low), uuid.UUID(high)) for low, high in pairs])


@shared_task(base=TenantTask, name=KEEP_TASK)
def keep_records_of_tenant(tenant_id: str) -> None:
    """Renew what matching sees of the tenant's customers changed since the last time."""
    refresh_changed(Tenant.objects.get(pk=tenant_id))


@shared_task(base=PlatformTask, name="unify.keep_records")
def keep_records() -> None:
    """Queue the renewal for every active tenant (every five minutes)."""
    for tenant in Tenant.objects.filter(is_active=True):
        keep_records_of_tenant.delay(str(tenant.pk))


@shared_task(base=TenantTask, name="unify.find_changed_of_tenant")
def find_changed_of_tenant(tenant_id: str) -> None:
    """Start the search among what changed, unless a search is at work."""
    start_quietly(Tenant.objects.get(pk=tenant_id), RunKind.INCREMENTAL)


@shared_task(base=PlatformTask, name="unify.find_changed")
def find_changed() -> None:
    """Queue the search among what changed for every active tenant (every six hours)."""
    for tenant in Tenant.objects.filter(is_active=True):
        find_changed_of_tenant.delay(str(tenant.pk))


@shared_task(base=PlatformTask, name="unify.find_nightly")
def find_nightly() -> None:
    """Start the deep search of every tenant whose clock has passed 02:00 (looked at every quarter hour)."""
    start_nightly()


@shared_task(base=PlatformTask, name="unify.resume_stalled")
def resume_stalled_runs() -> None:
    """Queue the runs again whose worker has died (every minute)."""
    resume_stalled()
