"""Jobs over customers."""

from __future__ import annotations

from celery import shared_task

from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant
from profiles.statistics import fold_tallies


@shared_task(base=TenantTask)
def fold_tallies_of_tenant(tenant_id: str) -> None:
    """Keep the tally table short."""
    fold_tallies()


@shared_task(base=PlatformTask)
def fold_tallies_everywhere() -> None:
    """Queue the folding for every active tenant."""
    for tenant in Tenant.objects.filter(is_active=True):
        fold_tallies_of_tenant.delay(str(tenant.pk))
