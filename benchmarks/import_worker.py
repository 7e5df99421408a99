"""Imports a file in a process of its own, and says how long it took and how much memory it needed."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import psutil


def main(path: Path) -> None:
    """Import the file into the tenant of the benchmarks; print the figures as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from cdp.actors import Actor  # noqa: PLC0415
    from cdp.models import Tenant  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415
    from profiles.imports.operations.confirm import confirm_import  # noqa: PLC0415
    from profiles.imports.operations.run import run_import  # noqa: PLC0415
    from profiles.imports.operations.start import start_import  # noqa: PLC0415

    by = Actor.system("benchmark")
    tenant = Tenant.objects.get(slug="bench")
    with tenant_context(tenant), path.open("rb") as file:
        server = backend(connection)
        started, spent = time.perf_counter(), time.process_time() + cpu_of(server)
        run = start_import(tenant=tenant, by=by, file=file, file_name=path.name, source="ERP")
        confirm_import(tenant=tenant, by=by, run_id=run.pk, is_queued=False)
        run = run_import(tenant=tenant, run_id=run.pk)
        seconds = time.perf_counter() - started
        cpu = time.process_time() + cpu_of(server) - spent
        run.file.delete(save=False)
    if run.state != "done":
        raise RuntimeError(f"the import ended as {run.state}: {run.error}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = {"seconds": seconds, "cpu": cpu, "rows": run.rows_done, "memory_mb": memory}
    print(json.dumps({**figures, "reference": run.reference, **run.counts}))


def backend(connection: Any) -> psutil.Process:
    """Return the server's process behind a connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


def cpu_of(process: psutil.Process) -> float:
    """Return the seconds of computing a process has used: what other work on the machine does not change."""
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
