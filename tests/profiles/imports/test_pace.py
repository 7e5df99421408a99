"""An import takes small steps while people wait for it, and large ones when nobody does."""

from __future__ import annotations

import threading
import time
import uuid
from itertools import pairwise

import pytest
from django.db import connection, transaction

from cdp.tenancy.context import tenant_context
from profiles.imports import pace
from profiles.imports.pace import Pace
from profiles.locking import is_tenant_awaited, lock_tenant, lock_values
from tests.world import World, make_world


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    return make_world()


def test_whoever_waits_for_the_tenant_is_seen_and_nobody_elses_waiter_is(committed_world: World) -> None:
    world = committed_world

    def create() -> None:
        with tenant_context(world.acme), transaction.atomic():
            lock_values(world.acme.pk, ["somchai@example.com"])
        connection.close()

    with tenant_context(world.acme), transaction.atomic():
        lock_tenant(world.acme.pk)
        assert not is_tenant_awaited(world.acme.pk)
        somebody = threading.Thread(target=create)
        somebody.start()
        until = time.monotonic() + 30
        while not is_tenant_awaited(world.acme.pk):
            assert time.monotonic() < until, "the other connection never waited"
            time.sleep(0.01)
        assert not is_tenant_awaited(world.zenith.pk)
    somebody.join()
    with tenant_context(world.acme):
        assert not is_tenant_awaited(world.acme.pk)


def test_the_steps_become_small_at_once_and_large_again_by_and_by(monkeypatch: pytest.MonkeyPatch) -> None:
    awaited = iter([False, True, True, *[False] * 40])
    monkeypatch.setattr(pace, "is_tenant_awaited", lambda _tenant_id: next(awaited))
    own, taken = Pace(uuid.uuid4(), 2_000), []
    for _ in range(20):
        own.notice()
        taken.append(own.rows)
    assert taken[:3] == [2_000, 250, 250]
    assert all(before <= after for before, after in pairwise(taken[1:]))
    assert taken[-1] == 2_000


def test_a_step_is_never_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "is_tenant_awaited", lambda _tenant_id: True)
    own = Pace(uuid.uuid4(), 5)
    own.notice()
    assert own.rows == 1
