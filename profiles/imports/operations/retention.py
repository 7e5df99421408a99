"""Deleting uploaded files when their time has come: they are personal data."""

from __future__ import annotations

from django.utils import timezone

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import ACTIVE_STATES
from profiles.imports.models import ImportRun
from profiles.imports.policy import FILE_RETENTION


def delete_old_files() -> int:
    """Delete the files of imports nothing has happened to for the retention time; return how many."""
    deleted = 0
    for tenant in Tenant.objects.all():
        with tenant_context(tenant):
            deleted += _delete_of_tenant()
    return deleted


def delete_file(run: ImportRun) -> None:
    """Delete the uploaded file; what became of its rows stays known."""
    name, storage = run.file.name, run.file.storage
    ImportRun.objects.filter(pk=run.pk).update(file="")
    if name:
        storage.delete(name)


def _delete_of_tenant() -> int:
    before = timezone.now() - FILE_RETENTION
    old = ImportRun.objects.filter(updated_at__lt=before).exclude(state__in=ACTIVE_STATES).exclude(file="")
    # The last one must not be older either: undoing, for one, touches the run.
    runs = [run for run in old if run.finished_at is None or run.finished_at < before]
    for run in runs:
        delete_file(run)
    return len(runs)
