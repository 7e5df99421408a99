"""Timing calls against a floor, interleaved, so that noise hits both alike."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one call."""

    p50: float
    p95: float
    least: float
    calls: int


@dataclass(slots=True)
class Cost:
    """What one call took: by the clock, and of the processors, in this process and in PostgreSQL's for it."""

    seconds: float = 0.0
    cpu: float = 0.0


def cost_of(call: Callable[[], object]) -> Cost:
    """Call it once; where PostgreSQL runs elsewhere, its processor time is not known and counts as none."""
    from django.db import connection  # noqa: PLC0415 (Django comes first)

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    before = time.perf_counter(), time.process_time() + _cpu_of(backend)
    call()
    after = time.perf_counter(), time.process_time() + _cpu_of(backend)
    return Cost(after[0] - before[0], after[1] - before[1])


def _cpu_of(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists() or not os.environ.get("LOCAL"):
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def interleaved(
    calls: Mapping[str, Callable[[], object]], *, rounds: int, warm_up: int = 20
) -> dict[str, Timing]:
    """Call each in turn, ``rounds`` times, and return the timings of each."""
    for _ in range(warm_up):
        for call in calls.values():
            call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: timing(values) for name, values in taken.items()}


def report(name: str, figures: Mapping[str, Any], timings: Mapping[str, Timing] | None = None) -> None:
    """Print the figures and write them with the machine to ``benchmarks/results/<name>.json``."""
    RESULTS.mkdir(exist_ok=True)
    body = {
        "benchmark": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "figures": dict(figures),
        "timings_ms": {key: asdict(timing) for key, timing in (timings or {}).items()},
    }
    (RESULTS / f"{name}.json").write_text(json.dumps(body, indent=2) + "\n")
    print(f"\n{name}")
    for key, value in figures.items():
        print(f"  {key:<48} {value}")
    for key, timing in (timings or {}).items():
        print(f"  {key:<48} p50 {timing.p50:8.2f} ms   p95 {timing.p95:8.2f} ms")


def machine() -> dict[str, Any]:
    """Return what the figures were taken on."""
    load = os.getloadavg()
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load of the last minute, five, fifteen": [round(one, 1) for one in load],
    }


def ratio(value: float, floor: float) -> float:
    """Return how many times the floor a value is."""
    return round(value / floor, 2)


def timing(values: list[float]) -> Timing:
    """Return the milliseconds of many calls in short."""
    ordered = sorted(values)
    return Timing(
        p50=round(statistics.median(ordered), 3),
        p95=round(ordered[int(len(ordered) * 0.95) - 1], 3),
        least=round(ordered[0], 3),
        calls=len(ordered),
    )
