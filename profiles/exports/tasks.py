"""Entry points of the workers."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant
from profiles.exports.operations import upkeep
from profiles.exports.operations.order import RUN_TASK
from profiles.exports.operations.run import run_export


@shared_task(base=TenantTask, name=RUN_TASK, acks_late=True)
def export_customers(tenant_id: str, run_id: str) -> None:
    """Write the file of an export."""
    run_export(tenant=Tenant.objects.get(pk=tenant_id), run_id=uuid.UUID(run_id))


@shared_task(base=PlatformTask, name="profiles.exports.resume_stalled")
def resume_stalled_exports() -> None:
    """Queue the exports again whose worker has died (every minute)."""
    upkeep.resume_stalled_exports()


@shared_task(base=PlatformTask, name="profiles.exports.delete_old_files")
def delete_old_export_files() -> None:
    """Delete files of customers nobody needs any more (every night)."""
    upkeep.delete_old_exports()
