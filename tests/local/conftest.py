"""A PostgreSQL server that only the tests of this directory know."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cdp.local.database import prepare
from cdp.local.postgres import PostgresServer


@pytest.fixture
def short_directory() -> Iterator[Path]:
    """A temporary directory with a name short enough for a socket."""
    directory = Path(tempfile.mkdtemp(prefix="crm-"))
    directory.chmod(0o711)  # the servers do not run as root and must pass through
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A prepared server, fast rather than durable; tests share it and put back what they change."""
    data = tmp_path_factory.mktemp("postgres")
    with tempfile.TemporaryDirectory(prefix=f"crm-{os.getpid()}-") as sockets:
        running = PostgresServer(data / "data", Path(sockets), data / "log" / "postgres.log", durable=False)
        running.start()
        prepare(running.url("postgres", "postgres"))
        yield running
        running.stop()
