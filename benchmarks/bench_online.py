"""Customers created through the API while an import runs, against the same with nothing beside it.

``python -m benchmarks.bench_online [--rows 100000] [--base 1000000]``
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.import_databases import TENANT, Cluster
from benchmarks.import_file import write_file
from benchmarks.measure import ratio, report, timing
from benchmarks.setting import BASE_DIR, prepare

ALONE = 100  # calls with nothing beside them
PAUSE = 0.05  # somebody who types is no flood


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="bench_online")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--base", type=int, default=1_000_000)
    options, _ = parser.parse_known_args()
    cluster = Cluster()
    copy = cluster.copy_of(cluster.template(options.base))
    os.environ.update(cluster.variables(copy))
    prepare()
    create = _creator()
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "customers.csv"
        write_file(file, options.rows)
        alone = [_timed(create) for _ in range(ALONE)]
        during, imported = _beside(cluster, copy, file, create)
    timings = {"alone": timing(alone), "while an import runs": timing(during)}
    figures = {
        "p95 (goal 300 ms)": timings["while an import runs"].p95,
        "longest": round(max(during), 1),
        "p50: beside an import / alone": ratio(timings["while an import runs"].p50, timings["alone"].p50),
        "import, seconds": round(imported["seconds"], 1),
    }
    report(f"online_creates_during_import_into_{options.base}", figures, timings)
    from django.db import connection  # noqa: PLC0415 (Django must be set up)

    connection.close_pool()
    cluster.drop_copy()


def _creator() -> Callable[[], None]:
    """Return a call that creates one more customer nobody knows."""
    from benchmarks import tenants  # noqa: PLC0415
    from cdp.models import Tenant  # noqa: PLC0415

    client = tenants.api_client(Tenant.objects.get(slug=TENANT))
    numbers = itertools.count(1)

    def create() -> None:
        number = next(numbers)
        body = {"name": f"Online {number}", "email": f"online{number}@example.com"}
        response: Any = client.post("/profiles", body, format="json")
        if response.status_code != 201:
            raise RuntimeError(f"/profiles answered {response.status_code}: {response.content!r}")

    return create


def _beside(
    cluster: Cluster, copy: str, file: Path, create: Callable[[], None]
) -> tuple[list[float], dict[str, Any]]:
    """Create customers until an import, in a process of its own, has ended."""
    command = [sys.executable, "-m", "benchmarks.import_worker", str(file)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=cluster.variables(copy), cwd=BASE_DIR
    )
    times = []
    while process.poll() is None:
        times.append(_timed(create))
        time.sleep(PAUSE)
    said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"the import failed: {said}")
    figures: dict[str, Any] = json.loads(said.splitlines()[-1])
    return times, figures


def _timed(call: Callable[[], None]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
