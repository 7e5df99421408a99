"""Jobs about the review queue."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from unify.deciding.bulk import ACCEPT_TASK
from unify.operations.accept_many import carry_out, resume_stalled
from unify.operations.tell_admins import tell_admins


@shared_task(base=TenantTask, name=ACCEPT_TASK, acks_late=True)
def accept_cases(tenant_id: str, bulk_id: str) -> None:
    """Accept many cases, from wherever that stopped."""
    carry_out(tenant=Tenant.objects.get(pk=tenant_id), bulk_id=uuid.UUID(bulk_id))


@shared_task(base=PlatformTask, name="unify.resume_accepting")
def resume_accepting() -> None:
    """Queue orders to accept many again whose worker has died (every minute)."""
    for tenant in Tenant.objects.filter(is_active=True):
        with tenant_context(tenant):
            resume_stalled()


@shared_task(base=TenantTask, name="unify.tell_admins")
def tell_admins_of_tenant(tenant_id: str) -> None:
    """Mail a tenant's admins when many cases wait."""
    tell_admins(tenant=Tenant.objects.get(pk=tenant_id))


@shared_task(base=PlatformTask, name="unify.tell_admins_everywhere")
def tell_admins_everywhere() -> None:
    """Queue the mail for every active tenant; each looks at its own clock (every hour)."""
    for tenant in Tenant.objects.filter(is_active=True):
        tell_admins_of_tenant.delay(str(tenant.pk))
