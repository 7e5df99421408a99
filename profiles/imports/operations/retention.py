"""Deleting uploaded files when their time has come: they are personal data."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import ACTIVE_STATES, OPEN_STATES
from profiles.imports.models import ImportRun
from profiles.imports.policy import DRAFT_RETENTION, FILE_RETENTION


def delete_old_files() -> int:
    """Delete the files of imports nothing has happened to for the retention time; return how many."""
    deleted = 0
    for tenant in Tenant.objects.all():
        with tenant_context(tenant):
            deleted += _delete_of_tenant()
    return deleted


def discard_old_drafts() -> int:
    """Delete imports that were never begun and nobody has touched for the drafts' time; return how many."""
    discarded = 0
    for tenant in Tenant.objects.all():
        with tenant_context(tenant):
            before = timezone.now() - DRAFT_RETENTION
            old = ImportRun.objects.filter(state__in=OPEN_STATES, updated_at__lt=before)
            for run in old:
                discarded += _discard(run)
    return discarded


@transaction.atomic
def _discard(run: ImportRun) -> int:
    still = ImportRun.objects.select_for_update().filter(pk=run.pk, state__in=OPEN_STATES)
    if not still.exists():
        return 0
    audit.record(verb="import.discard", obj=run, by=Actor.system("import"))
    delete_stored_file(run)
    still.delete()
    return 1


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
