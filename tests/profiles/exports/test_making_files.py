"""What a worker writes."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from cdp.choices import Role
from cdp.models import AuditEntry, Membership
from cdp.tenancy.context import tenant_context
from profiles.exports import writers
from profiles.exports.choices import ExportState, FileKind
from profiles.exports.columns import all_headings, export_parts
from profiles.exports.columns import rows_of as export_rows
from profiles.exports.models import ExportRun
from profiles.exports.operations.order import cancel_export
from profiles.exports.operations.upkeep import delete_old_exports, resume_stalled_exports
from profiles.exports.policy import MOST_ATTEMPTS
from profiles.imports.columns import guess_mapping
from profiles.imports.columns.targets import IGNORE
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory, ProfileTagFactory
from tests.profiles.exports.steps import make, order, rows_of
from tests.world import World


def content(run: ExportRun) -> bytes:
    return run.path.read_bytes()


@pytest.mark.conforms("R57")
def test_the_file_holds_every_page_of_the_filtered_list_in_its_order(world: World) -> None:
    with tenant_context(world.acme):
        for name in ("Dao", "Anong", "Chai", "Boon", "Ekachai"):
            ProfileFactory(name=name, address={"city": "Rayong", "postalCode": "21000"})
        ProfileFactory(name="Gone", status="INACTIVE")
    with tenant_context(world.zenith):
        ProfileFactory(name="Stranger")
    run = make(world, order(world, "status=ACTIVE&sort=name"))
    assert (run.state, run.rows_done, run.rows_total, run.progress) == (ExportState.DONE, 5, 5, 100)
    rows = rows_of(content(run))
    assert [row["name"] for row in rows] == ["Anong", "Boon", "Chai", "Dao", "Ekachai"]
    assert {(row["city"], row["postal_code"]) for row in rows} == {("Rayong", "21000")}
    assert run.file_size == run.path.stat().st_size
    assert run.path.stat().st_mode & 0o777 == 0o600


def test_a_search_and_a_tag_narrow_the_file_as_they_narrow_the_list(world: World) -> None:
    with tenant_context(world.acme):
        gold = ProfileTagFactory(tag__name="Gold", profile__name="สมชาย ใจดี")
        ProfileFactory(name="สมชาย อื่น")
    (found,) = rows_of(content(make(world, order(world, f"q=สมชาย&tag={gold.tag_id}"))))
    assert (found["name"], found["tags"]) == ("สมชาย ใจดี", "Gold")


def test_a_spreadsheet_holds_dates_as_dates_and_goes_on_on_another_sheet(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "SHEET_ROWS", 2)
    with tenant_context(world.acme):
        for number in range(3):
            ProfileFactory(name=f"Mali\x07{number}", date_of_birth=date(1990, 12, 31))
        Profile.objects.update(created_at=datetime(2026, 1, 1, 20, tzinfo=UTC))
    run = make(world, order(world, kind=FileKind.XLSX))
    book = load_workbook(io.BytesIO(content(run)))
    assert [[cell.value for cell in sheet[1]] for sheet in book] == [all_headings()] * 2
    assert [sheet.max_row for sheet in book] == [3, 2]
    row: dict[str, Any] = dict(
        zip(all_headings(), (cell.value for cell in book.worksheets[1][2]), strict=True)
    )
    assert row["name"].startswith("Mali")
    assert row["date_of_birth"] == datetime(1990, 12, 31)  # noqa: DTZ001 (Excel knows no zones)
    assert row["created_at"] == datetime(2026, 1, 2, 3)  # noqa: DTZ001 (Bangkok is seven hours ahead)


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("name", ["=cmd()", "+1+1", "-2", "@SUM(A1)", "\t=1"])
def test_a_name_is_never_a_formula(world: World, name: str, kind: FileKind) -> None:
    with tenant_context(world.acme):
        ProfileFactory(name=name, email="", phone="")
    made = content(make(world, order(world, kind=kind)))
    if kind == FileKind.XLSX:
        sheet: Any = load_workbook(io.BytesIO(made)).active
        cell = sheet[2][all_headings().index("name")]
        assert cell.data_type != "f"
        shown = cell.value
    else:
        (row,) = rows_of(made)
        shown = row["name"]
    assert shown == (name if name == "-2" else f"'{name}")


def test_the_import_understands_the_headings() -> None:
    guesses = {guess.header: guess.target for guess in guess_mapping(all_headings(), [])}
    known = {name: name for name in all_headings()} | {
        name: f"address.{name}" for name in ("street", "city", "state", "postal_code", "country")
    }
    # What the product alone decides.
    ours = {"status", "primary_source", "created_at"}
    ours |= {heading for part in export_parts for heading in part.headings}
    wrong = {name: target for name, target in guesses.items() if name not in ours and target != known[name]}
    assert not wrong
    assert {guesses[name] for name in ours} == {IGNORE}


def test_a_page_costs_the_same_number_of_queries_however_many_rows_it_has(world: World) -> None:
    counts = []
    with tenant_context(world.acme):
        for more in (2, 20):
            for _ in range(more):
                ProfileTagFactory()
            run = order(world)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                make(world, run, page_rows=1000)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_orders_ends_and_downloads_are_recorded(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory()
    run = make(world, order(world, "q=somebody"))
    with tenant_context(world.acme):
        entries = AuditEntry.objects.filter(object_id=run.pk).order_by("at", "id")
        assert [(entry.verb, entry.actor_id) for entry in entries] == [
            ("export.order", world.alice.pk),
            ("export.run", world.alice.pk),
        ]
        assert entries[0].changes["filters"] == [None, "q=somebody"]


def test_who_lost_the_permission_meanwhile_gets_no_file(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory()
    run = order(world)
    Membership.objects.filter(tenant=world.acme, user=world.alice).update(role=Role.AGENT)
    ended = make(world, run)
    assert ended.state == ExportState.FAILED
    assert "may not download" in ended.error
    assert not ended.path.exists()


def test_a_cancelled_export_writes_nothing(world: World) -> None:
    run = order(world)
    with tenant_context(world.acme):
        cancel_export(by=world.by, run_id=run.pk)
    assert make(world, run).state == ExportState.CANCELLED
    assert not run.path.exists()


def test_an_export_cancelled_while_it_runs_leaves_no_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tenant_context(world.acme):
        for _ in range(5):
            ProfileFactory()
    run = order(world)

    def cancel_then(page: Any) -> Any:
        cancel_export(by=world.by, run_id=run.pk)
        return export_rows(page)

    monkeypatch.setattr("profiles.exports.operations.run.rows_of", cancel_then)
    assert make(world, run).state == ExportState.CANCELLED
    assert not run.path.exists()


def test_files_go_when_their_time_has_come_and_no_sooner(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with tenant_context(world.acme):
        ProfileFactory()
    old, young = make(world, order(world)), make(world, order(world))
    with tenant_context(world.acme):
        ExportRun.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=8))
    with tenant_context(None), django_capture_on_commit_callbacks(execute=True):
        assert delete_old_exports() == 1
    assert not old.path.exists()
    assert young.path.exists()
    with tenant_context(world.acme):
        assert ExportRun.objects.get(pk=old.pk).state == ExportState.EXPIRED
        assert AuditEntry.objects.filter(verb="export.expire", object_id=old.pk).exists()


def test_one_whose_workers_keep_dying_is_given_up(world: World) -> None:
    run = order(world)
    with tenant_context(world.acme):
        ExportRun.objects.filter(pk=run.pk).update(
            attempts=MOST_ATTEMPTS,
            state=ExportState.RUNNING,
            heartbeat_at=timezone.now() - timedelta(hours=1),
        )
    with tenant_context(None):
        assert resume_stalled_exports() == 1
        assert resume_stalled_exports() == 0
    ended = make(world, run)
    assert (ended.state, ended.error) == (
        ExportState.FAILED,
        "The export stopped too often and was given up.",
    )
