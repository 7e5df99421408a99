"""A real worker process on the test's database and queue."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.cdp.programs import ROOT, on_test_database, production
from tests.cdp.queue import MINE, own_queue

PATIENCE = 20


@contextmanager
def working(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker with a queue of its own, and stop both; needs committed data (``transaction=True``)."""
    with own_queue(), worker(log) as process:
        yield process


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker on the queue of ``own_queue``, and stop it by its pid, whatever it does."""
    environment = production(
        LOCAL="1",
        DATABASE_OWNER_URL=on_test_database(os.environ["DATABASE_OWNER_URL"]),
        MEDIA_ROOT=str(settings.MEDIA_ROOT),
        CELERY_QUEUE=f"test-{MINE}",
    )
    command = [sys.executable, "-m", "celery", "-A", "cdp", "worker", "--pool", "solo", "--without-mingle"]
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(PATIENCE)


def wait_for(condition: Callable[[], bool], log: Path, *, seconds: float = 120) -> None:
    """Wait until the condition holds; fail with the worker's log when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"this never happened; the worker said:\n{log.read_text()[-4000:]}")
        time.sleep(0.02)
