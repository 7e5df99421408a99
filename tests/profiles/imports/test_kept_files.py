"""Uploaded files: each belongs to an import, and goes when that is decided, not before."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from cdp.models import Tenant
from cdp.uploads import incoming_directory
from profiles.imports.models import ImportRun
from profiles.imports.operations.control import cancel_import, discard_import
from profiles.imports.operations.orphans import delete_orphans
from tests.profiles.imports.steps import start
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
