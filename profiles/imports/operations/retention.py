"""Deleting uploaded files when their time has come: they are personal data."""

from __future__ import annotations

from functools import partial

from django.db import transaction
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
    """Delete the uploaded file once that is decided for good; what became of its rows stays known."""
    ImportRun.objects.filter(pk=run.pk).update(file="")
    delete_stored_file(run)


def delete_stored_file(run: ImportRun) -> None:
    """Delete what lies on the disk when the transaction commits: one that is taken back needs its file."""
    if run.file.name:
        transaction.on_commit(partial(run.file.storage.delete, run.file.name))


def _delete_of_tenant() -> int:
    before = timezone.now() - FILE_RETENTION
    old = ImportRun.objects.filter(updated_at__lt=before).exclude(state__in=ACTIVE_STATES).exclude(file="")
    # The last one must not be older either: undoing, for one, touches the run.
    runs = [run for run in old if run.finished_at is None or run.finished_at < before]
    for run in runs:
        delete_file(run)
    return len(runs)
