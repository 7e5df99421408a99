"""A real worker process on the test's database and queue."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.cdp.programs import ROOT, on_test_database, production
from tests.cdp.queue import MINE, own_queue

PATIENCE = 20


@contextmanager
def working(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker, and stop it by its pid; needs committed data (``transaction=True``)."""
    environment = production(
        LOCAL="1",
        DATABASE_OWNER_URL=on_test_database(os.environ["DATABASE_OWNER_URL"]),
        MEDIA_ROOT=str(settings.MEDIA_ROOT),
        CELERY_QUEUE=f"test-{MINE}",
    )
    command = [sys.executable, "-m", "celery", "-A", "cdp", "worker", "--pool", "solo", "--without-mingle"]
    with own_queue(), log.open("wb") as output:
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
