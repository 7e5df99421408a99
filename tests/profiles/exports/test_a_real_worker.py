"""Exports by a worker process of its own, one that dies by SIGKILL included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F

from cdp.tenancy.context import tenant_context
from profiles.exports.choices import ExportState, FileKind
from profiles.exports.models import ExportRun
from profiles.exports.operations.upkeep import resume_stalled_exports
from profiles.models import Profile
from tests.cdp.queue import own_queue
from tests.profiles.exports.steps import fetch, order, rows_of
from tests.worker import wait_for, worker
from tests.world import World, make_world

ROWS = 12_000


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    world = make_world()
    with tenant_context(world.acme):
        Profile.objects.bulk_create(
            [Profile(name=f"Customer {n:05d}") for n in range(ROWS)], batch_size=2_000
        )
    return world


@pytest.fixture(autouse=True)
def _queue() -> Iterator[None]:
    with own_queue():
        yield


def current(run: ExportRun) -> ExportRun:
    return ExportRun.objects.get(pk=run.pk)


@pytest.mark.slow
def test_a_killed_workers_export_is_written_anew_by_another(committed_world: World, tmp_path: Path) -> None:
    world, log = committed_world, tmp_path / "worker.log"
    with worker(log) as first:
        run = order(world, "sort=name", FileKind.CSV)
        with tenant_context(world.acme):
            wait_for(lambda: current(run).rows_done > 0, log)
            first.kill()
            first.wait()
            killed = current(run)
            assert killed.state == ExportState.RUNNING, "it was too quick to be killed"
            assert 0 < killed.rows_done < ROWS
            assert killed.rows_total == ROWS
            ExportRun.objects.filter(pk=run.pk).update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=2))
    with tenant_context(None), worker(log):
        assert resume_stalled_exports() == 1
        with tenant_context(world.acme):
            wait_for(lambda: current(run).state == ExportState.DONE, log)
    rows = rows_of(fetch(world.browser(world.alice), run.pk))
    assert [row["name"] for row in rows] == [f"Customer {n:05d}" for n in range(ROWS)]


@pytest.mark.slow
def test_the_admins_list_is_read_by_the_worker_as_well(committed_world: World, tmp_path: Path) -> None:
    world, log = committed_world, tmp_path / "worker.log"
    browser = world.browser(world.alice)
    with worker(log), tenant_context(world.acme):
        address = "/admin/profiles/profile/export/?q=customer+1199"
        assert browser.post(address, {"format": "xlsx"}).status_code == 302
        run = ExportRun.objects.get()
        wait_for(lambda: current(run).state == ExportState.DONE, log)
        assert current(run).rows_done == Profile.objects.matching("customer 1199").count() > 0
