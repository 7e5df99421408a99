"""A real worker process, on the database and the queue of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from cdp.celery import app

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def own_queue() -> Iterator[str]:
    """Send imports to a queue of this test's own: another test process may have a worker, too."""
    name = f"imports-{uuid.uuid4().hex}"
    before = app.conf.task_routes
    app.conf.task_routes = {"profiles.imports.*": {"queue": name}}
    app.__dict__.pop("amqp", None)  # it has read the routes when it was made
    try:
        yield name
    finally:
        app.conf.task_routes = before
        app.__dict__.pop("amqp", None)


@contextmanager
def worker(queue: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker; it is gone at the end, whatever it does."""
    command = [sys.executable, "-m", "celery", "-A", "cdp", "worker", "--pool", "solo", "-Q", queue]
    with log.open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def wait_for(condition: Callable[[], bool], log: Path, *, seconds: float = 120) -> None:
    """Wait until the condition holds; fail with the worker's log when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"this never happened; the worker said:\n{log.read_text()[-4000:]}")
        time.sleep(0.02)


def _environment() -> dict[str, str]:
    name = str(connection.settings_dict["NAME"])
    places = {
        variable: urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{name}"))
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL")
    }
    return {**os.environ, **places, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
