"""Uploaded files: each belongs to an import, and goes when that is decided, not before."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoCaptureOnCommitCallbacks

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from cdp.uploads import incoming_directory
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.control import cancel_import, discard_import
from profiles.imports.operations.orphans import delete_orphans
from profiles.imports.operations.retention import discard_old_drafts
from tests.profiles.imports.steps import import_file, start
from tests.world import World

CSV = "email,firstName\nmali@example.com,Mali\n"
TWO_DAYS = 2 * 24 * 3600


def aged(path: Path) -> Path:
    """Make a file look as if it had been written two days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"somebody@example.com\n")
    before = time.time() - TWO_DAYS
    os.utime(path, (before, before))
    return path


def test_files_nobody_knows_of_go_after_a_day(world: World, acme: Tenant, settings: LazySettings) -> None:
    root = Path(settings.MEDIA_ROOT)
    known = aged(Path(start(world, CSV).file.path))
    fresh = root / "imports" / str(acme.pk) / "just-written"
    fresh.write_bytes(b"x")
    orphans = [
        aged(root / "imports" / str(acme.pk) / "without-a-row"),
        aged(root / "imports" / "01890000-0000-7000-8000-000000000000" / "of-a-company-that-left"),
        aged(root / "imports" / "no-company" / "x"),
        aged(incoming_directory() / "never-ended.upload"),
    ]
    elsewhere = aged(root / "other" / "x")
    assert delete_orphans() == len(orphans)
    assert not [path for path in orphans if path.exists()]
    assert known.exists()
    assert fresh.exists()
    assert elsewhere.exists()


@pytest.mark.parametrize("act", [cancel_import, discard_import])
def test_a_file_outlives_a_decision_that_is_taken_back(
    world: World,
    acme: Tenant,
    act: Callable[..., object],
    committing: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = start(world, CSV)
    path = Path(run.file.path)
    with committing(execute=True), transaction.atomic():
        act(tenant=acme, by=world.by, run_id=run.pk)
        transaction.set_rollback(True)
    assert path.exists()
    assert ImportRun.objects.get().has_file
    with committing(execute=True):
        act(tenant=acme, by=world.by, run_id=run.pk)
    assert not path.exists()


def test_a_draft_nobody_goes_on_with_goes_after_a_week_and_others_stay(
    world: World, acme: Tenant, settings: LazySettings, committing: DjangoCaptureOnCommitCallbacks
) -> None:
    old, fresh, begun = start(world, CSV), start(world, CSV), start(world, CSV)
    ImportRun.objects.filter(pk=begun.pk).update(state="queued")
    ImportRun.objects.exclude(pk=fresh.pk).update(updated_at=F("updated_at") - timedelta(days=8))
    path = Path(old.file.path)
    with tenant_context(None), committing(execute=True):
        assert discard_old_drafts() == 1
    assert set(ImportRun.objects.values_list("pk", flat=True)) == {fresh.pk, begun.pk}
    assert not path.exists()
    assert AuditEntry.objects.filter(verb="import.discard", object_id=old.pk).exists()


def test_a_draft_is_deleted_from_the_list(world: World, acme: Tenant) -> None:
    draft, done = start(world, CSV), start(world, CSV)
    ImportRun.objects.filter(pk=done.pk).update(state="done")
    browser = world.browser(world.alice)
    page = browser.get("/admin/imports").content.decode()
    assert f"/admin/imports/{draft.pk}/discard" in page
    assert f"/admin/imports/{done.pk}/discard" not in page
    assert "1 file was uploaded and never imported. A draft nobody goes on with is deleted" in page
    for run in (draft, done):
        assert browser.post(f"/admin/imports/{run.pk}/discard")["Location"] == "/admin/imports"
    assert [run.pk for run in ImportRun.objects.all()] == [done.pk]
    assert "never imported" not in browser.get("/admin/imports").content.decode()


def test_each_row_names_its_line_in_the_file(world: World, acme: Tenant) -> None:
    text = 'email,firstName\n\nmali@example.com,"Ma\nli"\nbroken,Som\n\n,,,,x\ndao@example.com,Dao\n'
    done = import_file(world, text)
    lines = ImportRow.objects.filter(run=done).order_by("row_no").values_list("row_no", "line_no")
    assert list(lines) == [(1, 3), (2, 5), (3, 7), (4, 8)]
    page = world.browser(world.alice).get(f"/admin/imports/{done.pk}/rows").content.decode()
    assert "line 8" in page
    answer = world.api().get(f"/profiles/import/{done.pk}/rows", {"action": "error"}).json()
    assert [(row["row"], row["line"]) for row in answer["data"]] == [(2, 5), (3, 7)]
