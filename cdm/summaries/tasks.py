"""Entry points of the workers."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdm.summaries.queueing import CHANGED_TASK, MISSING_TASK, REBUILD_TASK, carry_out
from cdm.summaries.rebuild import make_missing, rebuild, refresh_due
from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant


@shared_task(base=TenantTask, name=CHANGED_TASK)
def follow_changed(tenant_id: str, profile_ids: list[str]) -> None:
    """Give customers whom a bulk verb has changed their waiting orders, and their summaries."""
    carry_out(uuid.UUID(tenant_id), [uuid.UUID(one) for one in profile_ids])


@shared_task(base=TenantTask, name=REBUILD_TASK, acks_late=True)
def rebuild_summaries_of_tenant(tenant_id: str) -> None:
    """Make the summaries of all the tenant's customers anew."""
    rebuild(Tenant.objects.get(pk=tenant_id))


@shared_task(base=TenantTask, name="cdm.follow_the_clock_of_tenant")
def follow_the_clock_of_tenant(tenant_id: str) -> None:
    """Judge the tenant's customers anew whom time has moved."""
    refresh_due(Tenant.objects.get(pk=tenant_id))


@shared_task(base=TenantTask, name=MISSING_TASK)
def summarise_new_of_tenant(tenant_id: str) -> None:
    """Summarise the tenant's customers who have no summary yet."""
    make_missing(Tenant.objects.get(pk=tenant_id))


@shared_task(base=PlatformTask, name="cdm.follow_the_clock")
def follow_the_clock() -> None:
    """Queue that for every active tenant (every hour)."""
    for tenant in Tenant.objects.filter(is_active=True):
        follow_the_clock_of_tenant.delay(str(tenant.pk))


@shared_task(base=PlatformTask, name="cdm.summarise_new")
def summarise_new() -> None:
    """Queue that for every active tenant (every five minutes)."""
    for tenant in Tenant.objects.filter(is_active=True):
        summarise_new_of_tenant.delay(str(tenant.pk))


@shared_task(base=PlatformTask, name="cdm.rebuild_summaries")
def rebuild_summaries() -> None:
    """Queue the rebuild for every active tenant (every night)."""
    for tenant in Tenant.objects.filter(is_active=True):
        rebuild_summaries_of_tenant.delay(str(tenant.pk))
