"""A worker that dies half-way, by SIGKILL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import Count, F

from cdp.tenancy.context import tenant_context
from profiles.imports.choices import RunState
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.resume import resume_stalled
from profiles.imports.operations.undo import undo_import
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from tests.cdp.queue import own_queue
from tests.profiles.imports.steps import start
from tests.worker import wait_for, worker
from tests.world import World, make_world

ROWS = 20_000


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def _queue() -> Iterator[None]:
    with own_queue():
        yield


def a_large_file(rows: int = ROWS) -> str:
    lines = ["externalId,email,phone,firstName,lastName\n"]
    for n in range(rows):
        person = n if n % 50 else n // 2  # every fiftieth row is about somebody known
        lines.append(f"E{person},person{person}@example.com,081{person:07d},First{n},Last{person}\n")
    return "".join(lines)


def runs(run: ImportRun) -> ImportRun:
    return ImportRun.objects.get(pk=run.pk)


def let_it_stall(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk).update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=2))


@pytest.mark.slow
@pytest.mark.conforms("R59")
def test_another_worker_goes_on_and_ends_with_the_right_rows(committed_world: World, tmp_path: Path) -> None:
    world, log = committed_world, tmp_path / "worker.log"
    with tenant_context(world.acme):
        run = start(world, a_large_file())
        with worker(log) as first:
            confirm_import(tenant=world.acme, by=world.by, run_id=run.pk)
            wait_for(lambda: runs(run).rows_done > 0, log)
            first.kill()
            first.wait()
        killed = runs(run)
        assert killed.state == RunState.RUNNING
        assert 0 < killed.rows_done < ROWS, "it was too quick to be killed"
        assert ImportRow.objects.filter(run=run).count() == killed.rows_done
        let_it_stall(run)
        with tenant_context(None), worker(log):
            assert resume_stalled() == 1
            with tenant_context(world.acme):
                wait_for(lambda: runs(run).state == RunState.DONE, log)
        _assert_right(runs(run))


def _assert_right(run: ImportRun) -> None:
    people = {n if n % 50 else n // 2 for n in range(ROWS)}
    assert (run.rows_done, run.failed, run.skipped) == (ROWS, 0, 0)
    assert run.created == Profile.objects.count() == ProfileIdentifier.objects.count() == len(people)
    assert ContactPoint.objects.count() == 2 * len(people)
    assert ImportRow.objects.filter(run=run).count() == ROWS
    doubled = Profile.objects.values("email").annotate(times=Count("id")).filter(times__gt=1)
    assert not doubled.exists()
    latest = {n if n % 50 else n // 2: f"First{n}" for n in range(ROWS)}
    names = dict(Profile.objects.values_list("email", "first_name"))
    assert names == {f"person{person}@example.com": name for person, name in latest.items()}


@pytest.mark.slow
def test_an_undo_that_was_killed_is_finished_by_another_worker(
    committed_world: World, tmp_path: Path
) -> None:
    world, log = committed_world, tmp_path / "worker.log"
    with tenant_context(world.acme):
        run = start(world, a_large_file(8_000))
        with worker(log) as first:
            confirm_import(tenant=world.acme, by=world.by, run_id=run.pk)
            wait_for(lambda: runs(run).state == RunState.DONE, log)
            undo_import(tenant=world.acme, by=world.by, run_id=run.pk)
            wait_for(lambda: runs(run).rows_undone > 0, log)
            first.kill()
            first.wait()
        assert runs(run).state == RunState.UNDOING
        let_it_stall(run)
        with tenant_context(None), worker(log):
            assert resume_stalled() == 1
            with tenant_context(world.acme):
                wait_for(lambda: runs(run).state == RunState.UNDONE, log)
        assert runs(run).undo_report["kept"] == 0
        assert not Profile.objects.exists()
        assert not ContactPoint.objects.exists()
