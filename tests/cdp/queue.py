"""A queue of the test's own, and a worker that works it off when told to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app

# The workers of xdist share one server: each has a queue and cache keys of its own.
MINE = os.environ.get("PYTEST_XDIST_WORKER", "alone")


@contextmanager
def own_queue() -> Iterator[None]:
    """Send tasks to a queue nobody else reads."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    usual = app.conf.task_default_queue
    app.conf.task_default_queue = f"test-{MINE}"
    app.__dict__.pop("amqp", None)
    try:
        yield
    finally:
        work_off(run=False)
        app.conf.task_default_queue = usual
        app.__dict__.pop("amqp", None)


def work_off(*, run: bool = True) -> int:
    """Run every waiting task; return how many there were."""
    current_app.loader.import_default_modules()
    done = 0
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue(f"test-{MINE}")
        while True:
            try:
                message = queue.get_nowait()
            except queue.Empty:
                break
            arguments, named, _embedded = message.payload
            message.ack()
            done += 1
            if run:
                current_app.tasks[message.headers["task"]](*arguments, **named)
        queue.close()
    return done
