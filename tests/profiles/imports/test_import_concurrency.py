"""Several workers, and people, at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Count

from cdp.tenancy.context import tenant_context
from profiles.identity import Hints
from profiles.imports.models import ImportRow
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.control import pause_import, resume_import
from profiles.imports.operations.run import run_import
from profiles.models import Profile
from profiles.operations.resolve import resolve
from tests.cdp.queue import own_queue
from tests.profiles.imports.steps import start
from tests.world import World, make_world

ROWS = 600
WITHOUT_IDS = "email,firstName\n" + "".join(f"person{n}@example.com,First{n}\n" for n in range(ROWS))


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    return make_world()


def at_once(world: World, *acts: Callable[[], object]) -> None:
    """Do all of it in threads with connections of their own; raise what one of them raised."""
    failures: list[BaseException] = []
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> None:
        try:
            with tenant_context(world.acme):
                barrier.wait()
                act()
        except BaseException as error:  # noqa: BLE001 (raised again below, in the test's own thread)
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        raise failure


def doubled() -> list[str]:
    groups = Profile.objects.values("email").annotate(times=Count("id")).filter(times__gt=1)
    return list(groups.values_list("email", flat=True))


def test_two_imports_of_one_file_without_ids_make_nobody_twice(committed_world: World) -> None:
    world = committed_world
    with tenant_context(world.acme):
        drafts = [start(world, WITHOUT_IDS) for _ in range(2)]
        for draft in drafts:
            confirm_import(tenant=world.acme, by=world.by, run_id=draft.pk, is_queued=False)
        at_once(
            world,
            *(
                lambda draft=draft: run_import(tenant=world.acme, run_id=draft.pk, chunk_rows=50)
                for draft in drafts
            ),
        )
        assert (Profile.objects.count(), doubled()) == (ROWS, [])


def test_two_workers_on_one_import_do_its_rows_once(committed_world: World) -> None:
    world = committed_world
    with tenant_context(world.acme):
        run = start(world, WITHOUT_IDS)
        confirm_import(tenant=world.acme, by=world.by, run_id=run.pk, is_queued=False)

        def work() -> None:
            run_import(tenant=world.acme, run_id=run.pk, chunk_rows=50)

        at_once(world, work, work, work)
        run.refresh_from_db()
        assert (run.state, run.created, run.rows_done) == ("done", ROWS, ROWS)
        assert ImportRow.objects.filter(run=run).count() == Profile.objects.count() == ROWS


def test_people_who_come_in_online_meanwhile_are_made_once(committed_world: World) -> None:
    world = committed_world
    with tenant_context(world.acme):
        run = start(world, WITHOUT_IDS)
        confirm_import(tenant=world.acme, by=world.by, run_id=run.pk, is_queued=False)

        def online() -> None:
            for n in range(ROWS - 1, 0, -7):
                hints = Hints(email=f"person{n}@example.com", source="Website")
                resolve(tenant=world.acme, by=world.by, hints=hints)

        at_once(world, online, lambda: run_import(tenant=world.acme, run_id=run.pk, chunk_rows=20))
        assert (Profile.objects.count(), doubled()) == (ROWS, [])


def test_a_paused_import_stops_and_goes_on_where_it_was(committed_world: World) -> None:
    world = committed_world
    with tenant_context(world.acme):
        run = start(world, WITHOUT_IDS)
        confirm_import(tenant=world.acme, by=world.by, run_id=run.pk, is_queued=False)

        def pause() -> None:
            while not Profile.objects.exists():
                pass
            pause_import(tenant=world.acme, by=world.by, run_id=run.pk)

        at_once(world, pause, lambda: run_import(tenant=world.acme, run_id=run.pk, chunk_rows=5))
        run.refresh_from_db()
        assert (run.state, 0 < run.rows_done < ROWS) == ("paused", True)
        assert Profile.objects.count() == run.rows_done
        with own_queue():  # nobody listens there
            resume_import(tenant=world.acme, by=world.by, run_id=run.pk)
        run = run_import(tenant=world.acme, run_id=run.pk)
        assert (run.state, Profile.objects.count()) == ("done", ROWS)
