"""Looking before, stopping, going on, and cleaning up after."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db.models import F
from pytest_django import DjangoCaptureOnCommitCallbacks

from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import RunState
from profiles.imports.errors import FileGone, FileRefused, MappingRefused, WrongState
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.control import cancel_import, pause_import, resume_import
from profiles.imports.operations.error_rows import error_file, safe_cell
from profiles.imports.operations.preview import preview_import
from profiles.imports.operations.resume import resume_stalled
from profiles.imports.operations.retention import delete_old_files
from profiles.imports.operations.revise import revise_import
from profiles.imports.operations.run import run_import
from profiles.imports.policy import MOST_ATTEMPTS
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.profiles.imports.steps import actions, import_file, run, start
from tests.world import World

FILE = """externalId,email,firstName
E1,mali@example.com,Mali
E2,som@example.com,Som
E1,,Malee
E3,broken,Dao
E4,known@example.com,Known
"""


def files(settings: LazySettings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.conforms("B63")
def test_a_preview_says_what_the_import_then_does(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="known@example.com", first_name="Old")
    draft = start(world, FILE)
    preview = preview_import(tenant=acme, by=world.by, run_id=draft.pk)
    assert Profile.objects.count() == 1
    assert (preview.counts, preview.rows_seen, preview.is_complete) == (
        {"create": 2, "update": 2, "unchanged": 0, "skip": 0, "error": 1}, 5, True
    )  # fmt: skip
    assert [row.action for row in preview.sample] == ["create", "create", "update", "error", "update"]
    assert preview.sample[4].profile_id == known.pk
    assert preview.sample[4].changes["first_name"] == ["Old", "Known"]
    draft.refresh_from_db()
    assert (draft.state, draft.rows_total) == ("previewed", 5)
    done = run(world, draft)
    assert actions(done) == [row.action for row in preview.sample]
    changes = ImportRow.objects.filter(run=done).order_by("row_no").values_list("changes", flat=True)
    assert [found or {} for found in changes] == [row.changes for row in preview.sample]


def test_a_preview_of_part_of_a_file_says_so(world: World, acme: Tenant) -> None:
    draft = start(world, FILE)
    preview = preview_import(tenant=acme, by=world.by, run_id=draft.pk, limit=3, sample=1)
    assert (preview.rows_seen, preview.is_complete, len(preview.sample)) == (3, False, 1)


def test_columns_can_be_changed_until_the_import_starts(world: World, acme: Tenant) -> None:
    draft = start(world, "email;nick\nmali@example.com;Mali\n")
    revise: dict[str, Any] = {"tenant": acme, "by": world.by, "run_id": draft.pk}
    with pytest.raises(MappingRefused):
        revise_import(**revise, targets=["email", "salary"])
    with pytest.raises(Invalid):
        revise_import(**revise, options={"mode": "replace"})
    for reading in ({"encoding": "no-such-encoding"}, {"delimiter": "x"}, {"sheets": "A"}):
        with pytest.raises(Invalid):
            revise_import(**revise, reading=reading)
    with pytest.raises(FileRefused):
        revise_import(**revise, reading={"encoding": "utf-16"})
    revise_import(**revise, targets={"nick": "first_name"}, source="CRM", options={"mode": "create"})
    done = run(world, draft)
    assert (Profile.objects.get().first_name, done.source, done.options["mode"]) == ("Mali", "CRM", "create")
    with pytest.raises(WrongState):
        revise_import(**revise, targets=["email", "ignore"])


def test_another_reading_of_the_file_guesses_its_columns_anew(world: World, acme: Tenant) -> None:
    draft = start(world, "email\tfirstName\nmali@example.com\tMali\n")
    revised = revise_import(
        tenant=acme, by=world.by, run_id=draft.pk, reading={"delimiter": ",", "has_header": False}
    )
    assert len(revised.mapping) == 1
    revised = revise_import(tenant=acme, by=world.by, run_id=draft.pk, reading={"delimiter": "\t"})
    assert revised.mapping == ["email", "first_name"]


def test_an_import_is_paused_continued_and_cancelled_by_its_states(world: World, acme: Tenant) -> None:
    draft = start(world, FILE)
    act: dict[str, Any] = {"tenant": acme, "by": world.by, "run_id": draft.pk}
    for verb in (pause_import, resume_import):
        with pytest.raises(WrongState):
            verb(**act)
    confirm_import(**act, is_queued=False)
    assert pause_import(**act).state == "paused"
    assert run_import(tenant=acme, run_id=draft.pk).state == "paused"
    assert not Profile.objects.exists()
    assert resume_import(**act).state == "queued"
    assert run_import(tenant=acme, run_id=draft.pk).state == "done"
    with pytest.raises(WrongState):
        cancel_import(**act)


def test_the_file_of_an_import_that_never_began_goes_with_its_cancelling(
    world: World, acme: Tenant, settings: LazySettings, committing: DjangoCaptureOnCommitCallbacks
) -> None:
    draft = start(world, FILE)
    assert len(files(settings)) == 1
    assert oct(files(settings)[0].stat().st_mode & 0o777) == "0o600"
    with committing(execute=True):
        assert cancel_import(tenant=acme, by=world.by, run_id=draft.pk).state == "cancelled"
    assert files(settings) == []


def test_files_are_deleted_after_their_time_and_outcomes_stay(
    world: World, acme: Tenant, settings: LazySettings, committing: DjangoCaptureOnCommitCallbacks
) -> None:
    old, fresh = import_file(world, FILE), import_file(world, FILE)
    waiting = start(world, FILE)
    confirm_import(tenant=acme, by=world.by, run_id=waiting.pk, is_queued=False)
    month = timedelta(days=31)
    ImportRun.objects.exclude(pk=fresh.pk).update(
        updated_at=F("updated_at") - month, finished_at=F("finished_at") - month
    )
    with tenant_context(None), committing(execute=True):
        assert delete_old_files() == 1
    old.refresh_from_db()
    assert (old.has_file, len(files(settings))) == (False, 2)
    assert list(error_file(old)) == ["\ufeff", "Row,Reason\r\n", list(error_file(old))[2]]
    with pytest.raises(FileGone):
        old.open_file()


def test_a_silent_import_is_taken_up_once_and_given_up_in_the_end(world: World, acme: Tenant) -> None:
    draft = start(world, FILE)
    confirm_import(tenant=acme, by=world.by, run_id=draft.pk, is_queued=False)
    mine = ImportRun.objects.filter(pk=draft.pk)
    two_minutes = timedelta(minutes=2)
    mine.update(state=RunState.RUNNING, heartbeat_at=F("updated_at") - two_minutes)
    with tenant_context(None):
        assert (resume_stalled(), resume_stalled()) == (1, 0)
    mine.update(attempts=MOST_ATTEMPTS)
    given_up = run_import(tenant=acme, run_id=draft.pk)
    assert (given_up.state, "given up" in given_up.error) == ("failed", True)
    assert run(world, start(world, FILE)).state == "done"


def test_an_import_whose_file_is_gone_fails_and_says_so(world: World, acme: Tenant) -> None:
    draft = start(world, FILE)
    Path(draft.file.path).unlink()
    confirm_import(tenant=acme, by=world.by, run_id=draft.pk, is_queued=False)
    failed = run_import(tenant=acme, run_id=draft.pk)
    assert (failed.state, "deleted" in failed.error) == ("failed", True)


def test_the_error_file_can_be_mended_and_imported_again(world: World, acme: Tenant) -> None:
    done = import_file(world, FILE)
    text = "".join(error_file(done)).replace("broken", "dao@example.com")
    assert actions(import_file(world, text)) == ["create"]
    assert Profile.objects.filter(email="dao@example.com", first_name="Dao").exists()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3|cmd", "'-2+3|cmd"),
        ("\t=1", "'\t=1"),
        ("+66 81 234-5678", "+66 81 234-5678"),
        ("-12.5", "-12.5"),
        ("Mali", "Mali"),
    ],
)
def test_no_cell_of_the_error_file_is_a_formula(cell: str, shown: str) -> None:
    assert safe_cell(cell) == shown
