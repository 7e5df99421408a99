"""`make run` as a newcomer sees it: a fresh copy comes up, stops cleanly, and repeats nothing next time."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cdp.local.supervisor import answers

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "cdp",
    "profiles",
    "unify",
    "campaigns",
    "cdm",
    "templates",
    "static",
    "manage.py",
    "requirements.lock",
)
# Not what the session's own servers set, and no measuring of coverage: it would slow the copy down.
OURS = (
    "COVERAGE_PROCESS_CONFIG",
    "COVERAGE_PROCESS_START",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_SUPERUSER_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "LOCAL",
)
PATIENCE = 400.0  # seconds, on a machine that does other things too


@pytest.fixture
def copy(short_directory: Path) -> Path:
    """The product's files in a directory of their own, without data."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, short_directory / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, short_directory / part)
    return short_directory


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_and_stop(copy: Path) -> str:
    """Start the copy until it is ready, and stop it with Ctrl-C; returns what it said."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | {
        "PORT": str(port),
        "DEMO_CUSTOMERS": "300",
    }
    command = [sys.executable, "-m", "cdp.local.supervisor"]
    deadline = time.monotonic() + PATIENCE
    with (copy / "output").open("w+") as output:
        process = subprocess.Popen(command, cwd=copy, env=environment, stdout=output, stderr=output)
        try:
            while "Ctrl-C stops everything" not in (said := (copy / "output").read_text()):
                assert process.poll() is None, said
                assert time.monotonic() < deadline, said
                time.sleep(0.1)
            # What the first start left for the worker may keep a small machine busy for a moment.
            while not answers(f"http://127.0.0.1:{port}/readyz"):
                assert process.poll() is None, (copy / "output").read_text()
                assert time.monotonic() < deadline, (copy / "output").read_text()
                time.sleep(0.5)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
    assert process.returncode == 0
    return (copy / "output").read_text()


@pytest.mark.slow
def test_a_fresh_copy_comes_up_stops_cleanly_and_repeats_nothing_when_started_again(copy: Path) -> None:
    said = start_and_stop(copy)
    assert "Collecting static files" in said
    stops = [line for line in said.splitlines() if line.startswith("Stop")]
    assert stops[:3] == ["Stopping beat", "Stopping web", "Stopping worker"]
    assert stops[-1].startswith("Stopped.")
    assert not (copy / ".data" / "postgres" / "postmaster.pid").exists()
    said = start_and_stop(copy)
    for work_of_the_first_start in ("Applying", "Running migrations", "Loading the demo data", "Collecting"):
        assert work_of_the_first_start not in said
