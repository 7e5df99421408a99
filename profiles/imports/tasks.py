"""Entry points of the workers."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant
from profiles.imports.operations.orphans import delete_orphans
from profiles.imports.operations.queueing import RUN_TASK, UNDO_TASK
from profiles.imports.operations.resume import resume_stalled
from profiles.imports.operations.retention import delete_old_files, discard_old_drafts
from profiles.imports.operations.run import run_import
from profiles.imports.operations.undo import undo_run


@shared_task(base=TenantTask, name=RUN_TASK, acks_late=True)
def import_customers(tenant_id: str, run_id: str) -> None:
    """Run an import, from wherever it stopped."""
    run_import(tenant=Tenant.objects.get(pk=tenant_id), run_id=uuid.UUID(run_id))


@shared_task(base=TenantTask, name=UNDO_TASK, acks_late=True)
def take_import_back(tenant_id: str, run_id: str) -> None:
    """Take an import back, from wherever that stopped."""
    undo_run(tenant=Tenant.objects.get(pk=tenant_id), run_id=uuid.UUID(run_id))


@shared_task(base=PlatformTask, name="profiles.imports.resume_stalled")
def resume_stalled_imports() -> None:
    """Queue the imports again whose worker has died (every minute)."""
    resume_stalled()


@shared_task(base=PlatformTask, name="profiles.imports.delete_old_files")
def delete_old_import_files() -> None:
    """Delete uploaded files nobody needs any more, and those nobody knows of (every night)."""
    discard_old_drafts()
    delete_old_files()
    delete_orphans()
