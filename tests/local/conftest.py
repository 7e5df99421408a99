"""A PostgreSQL server that only the tests of this directory know."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cdp.local.database import prepare
from cdp.local.postgres import PostgresServer


# Not pytest's own temporary directory: every session that starts closes it (0700) for other users again,
# and as root the servers run as another user.
@contextmanager
def open_directory(prefix: str) -> Iterator[Path]:
    """A temporary directory the servers' user may pass through."""
    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        directory = Path(name)
        directory.chmod(0o711)
        yield directory


@pytest.fixture
def short_directory() -> Iterator[Path]:
    """A directory with a name short enough for a socket."""
    with open_directory("crm-") as directory:
        yield directory


@pytest.fixture
def long_directory() -> Iterator[Path]:
    """A directory with a name no socket could have."""
    with open_directory("crm-" + "long" * 30) as directory:
        yield directory


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A prepared server, fast rather than durable; tests share it and put back what they change."""
    with open_directory("crm-") as home:
        running = PostgresServer(home / "data", home / "run", home / "log" / "postgres.log", durable=False)
        running.start()
        prepare(running.url("postgres", "postgres"))
        yield running
        running.stop()
