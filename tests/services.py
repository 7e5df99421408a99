"""Pytest plugin: PostgreSQL and Valkey of this session's own, before Django reads its settings.

Loaded by name from pyproject.toml. With DATABASE_URL and REDIS_URL set, nothing is started.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from cdp.local import services
from cdp.local.processes import is_alive

PREFIX = "crm-test-"


class EmbeddedServers:
    """The servers of one session, in a temporary directory whose name tells whose it is."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self.directory.chmod(0o711)  # the servers do not run as root and must pass through
        os.environ.update(services.ensure_running(self.directory, testing=True).variables())
        os.environ.setdefault("LOCAL", "1")

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Runs after a failed, interrupted or empty session too."""
        services.stop(self.directory)
        shutil.rmtree(self.directory)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers, except in xdist's workers, which inherit the addresses."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    _clear_up_after_killed_sessions()
    early_config.pluginmanager.register(EmbeddedServers(), "embedded-servers")


def _clear_up_after_killed_sessions() -> None:
    for directory in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = directory.name.removeprefix(PREFIX).split("-", 1)[0]
        if owner.isdecimal() and not is_alive(int(owner)) and services.stop(directory):
            shutil.rmtree(directory, ignore_errors=True)
