"""Connections that die while they lie in the pool."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from psycopg_pool import ConnectionPool

from cdp.postgresql import pooled
from cdp.postgresql.base import DatabaseWrapper

ALIAS = "mortal"


@pytest.fixture
def mortal(db: None) -> Iterator[DatabaseWrapper]:
    """A connection from a pool of two."""
    settings = copy.deepcopy(connections["default"].settings_dict)
    settings["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 2, "timeout": 10}
    wrapper = DatabaseWrapper(settings, alias=ALIAS)
    connections[ALIAS] = wrapper
    wrapper.ensure_connection()
    wrapper.close()
    wrapper.pool.wait()
    yield wrapper
    wrapper.close()
    wrapper.close_pool()
    del connections[ALIAS]


def backend_of(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number: int = cursor.fetchone()[0]
    wrapper.close()
    return number


def end(*backends: int) -> None:
    """End the server's side of connections, as its restart does, and wait until it is over."""
    with connection.cursor() as cursor:
        for backend in backends:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
            assert cursor.fetchone() == (True,)


def test_after_a_restart_of_the_server_nobody_gets_a_dead_connection(mortal: DatabaseWrapper) -> None:
    first = {backend_of(mortal) for _ in range(4)}
    assert len(first) == 2
    end(*first)
    second = {backend_of(mortal) for _ in range(4)}
    assert not first & second


def test_a_connection_that_was_idle_for_long_is_asked(
    mortal: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", asked.append)
    backend_of(mortal)
    backend_of(mortal)
    asked.clear()
    backend_of(mortal)
    assert asked == [], "one in use a moment ago is not"
    later = time.monotonic() + pooled.TRUSTED_SECONDS + 1
    monkeypatch.setattr(pooled, "monotonic", lambda: later)
    backend_of(mortal)
    assert len(asked) == 1
