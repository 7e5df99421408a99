"""Entry points of reminding, and of keeping the tallies short."""

from __future__ import annotations

from celery import shared_task

from cdm.figures import fold_summary_tallies
from cdm.occasions.mailing import mail_digests
from cdm.occasions.reminding import remind
from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant


@shared_task(base=TenantTask, name="cdm.remind_occasions_of_tenant", acks_late=True)
def remind_occasions_of_tenant(tenant_id: str) -> None:
    """Make the reminders of near birthdays and anniversaries, and tell the agents."""
    tenant = Tenant.objects.get(pk=tenant_id)
    remind(tenant=tenant)
    mail_digests(tenant=tenant)


@shared_task(base=PlatformTask, name="cdm.remind_occasions")
def remind_occasions() -> None:
    """Queue the reminding for every active tenant; it waits for the tenant's morning by itself."""
    for tenant in Tenant.objects.filter(is_active=True):
        remind_occasions_of_tenant.delay(str(tenant.pk))


@shared_task(base=TenantTask, name="cdm.fold_summary_tallies_of_tenant")
def fold_summary_tallies_of_tenant(tenant_id: str) -> None:
    """Keep the tally table short."""
    fold_summary_tallies()


@shared_task(base=PlatformTask, name="cdm.fold_summary_tallies")
def fold_summary_tallies_everywhere() -> None:
    """Queue the folding for every active tenant."""
    for tenant in Tenant.objects.filter(is_active=True):
        fold_summary_tallies_of_tenant.delay(str(tenant.pk))
