"""A real worker, in processes of its own: what it writes, and how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from cdp.celery import app
from tests.cdp.programs import ROOT, production

SECRET = "somchai@example.com"
PATIENCE = 90


class Worker:
    """A worker on a queue of its own, and the lines it has written."""

    def __init__(self, queue: str, log: Path) -> None:
        self.queue, self.log = queue, log

    def send(self, task: str, *arguments: Any) -> None:
        app.send_task(task, arguments, queue=self.queue)

    def tasks(self, number: int) -> list[dict[str, Any]]:
        """Wait for the lines of so many tasks; return them."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
            tasks = [line for line in lines if line["event"] == "task"]
            if len(tasks) >= number:
                return tasks
            time.sleep(0.2)
        raise AssertionError(f"fewer than {number} tasks in: {self.log.read_text()}")


@pytest.fixture
def worker(db: None, tmp_path: Path) -> Iterator[Worker]:
    queue, log = f"test-{uuid.uuid4().hex}", tmp_path / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "cdp", "worker", "--concurrency", "1", "-Q", queue]
    with log.open("w") as output:
        process = _start(command, queue, output)
        try:
            yield Worker(queue, log)
        finally:
            process.terminate()
            assert process.wait(PATIENCE) == 0


def _start(command: list[str], queue: str, output: IO[str]) -> subprocess.Popen[str]:
    environment = production(CELERY_QUEUE=queue)
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, text=True)


def test_tasks_are_lines_with_outcome_and_duration_and_without_arguments(worker: Worker) -> None:
    tenant_id = str(uuid.uuid4())
    worker.send("profiles.tasks.fold_tallies_of_tenant", SECRET)
    worker.send("profiles.tasks.fold_tallies_of_tenant", tenant_id)
    failed, done = worker.tasks(2)
    assert (failed["outcome"], failed["level"], failed["tenant_id"]) == ("failed", "error", None)
    assert "builtins.TypeError: profiles.tasks.fold_tallies_of_tenant needs the id" in failed["exception"]
    assert (done["outcome"], done["tenant_id"]) == ("succeeded", tenant_id)
    assert done["ms"] > 0
    assert len({failed["request_id"], done["request_id"]}) == 2
    assert SECRET not in worker.log.read_text()
