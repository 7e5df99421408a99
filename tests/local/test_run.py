"""`make run` as a newcomer sees it: a fresh copy comes up, stops cleanly, and is quick the next time."""

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
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SUPERUSER_URL", "REDIS_URL", "SECRET_KEY", "LOCAL")
FIRST_START_SECONDS, SECOND_START_SECONDS = 120.0, 10.0


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


def start_and_stop(copy: Path, within: float) -> tuple[float, str]:
    """Start the copy until it is ready, and stop it; returns the seconds it took and what it said."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | {
        "PORT": str(port)
    }
    command = [sys.executable, "-m", "cdp.local.supervisor"]
    started = time.monotonic()
    with (copy / "output").open("w+") as output:
        process = subprocess.Popen(command, cwd=copy, env=environment, stdout=output, stderr=output)
        try:
            while not answers(f"http://127.0.0.1:{port}/readyz"):
                assert process.poll() is None, (copy / "output").read_text()
                assert time.monotonic() - started < within, (copy / "output").read_text()
                time.sleep(0.1)
            took = time.monotonic() - started
            time.sleep(1)  # the banner follows within one look of the supervisor
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(120)
    assert process.returncode == 0
    return took, (copy / "output").read_text()


@pytest.mark.slow
def test_a_fresh_copy_comes_up_stops_cleanly_and_starts_quickly_again(copy: Path) -> None:
    _, said = start_and_stop(copy, FIRST_START_SECONDS)
    assert "Ready: http://127.0.0.1:" in said
    stops = [line for line in said.splitlines() if line.startswith("Stop")]
    assert stops[:3] == ["Stopping beat", "Stopping web", "Stopping worker"]
    assert stops[-1].startswith("Stopped.")
    assert not (copy / ".data" / "postgres" / "postmaster.pid").exists()
    took, said = start_and_stop(copy, SECOND_START_SECONDS)
    assert took < SECOND_START_SECONDS
    assert "Loading the demo data" not in said
