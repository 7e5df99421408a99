"""Finding duplicates: from PostgreSQL to stored candidates beside Splink alone, what changed, and one record.

``python -m benchmarks.bench_unify [--sizes 10000,100000,1000000] [--rounds 300]``
Each figure is taken in a process of its own, so that memory is that figure's; the two that are compared
alternate.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
from typing import Any

from benchmarks.setting import prepare
from benchmarks.unify_parts import PARTS

GOAL, CHANGED_GOAL, MEMORY_GOAL = 1.5, 0.1, 3072


def main() -> None:
    """Measure every size, or carry out one part and print what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--part", choices=PARTS)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    if options.part:
        prepare()
        from benchmarks import tenants  # noqa: PLC0415 (Django must be set up)

        figures = PARTS[options.part](tenants.filled(sizes[0]), options)
        figures["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(figures))
        return
    prepare()
    for size in sizes:
        measure(size, options)


def measure(size: int, options: argparse.Namespace) -> None:
    """Take all figures of one size, and write them down."""
    from benchmarks.measure import ratio, report  # noqa: PLC0415

    made = _part("fill", size, options)
    alone, whole = [], []
    for _ in range(options.repeat):
        alone.append(_part("alone", size, options))
        whole.append(_part("whole", size, options))
    again = _median([_part("again", size, options) for _ in range(options.repeat)])
    changed = [_part("changed", size, options) for _ in range(options.repeat)]
    online = _part("online", size, options)
    floor, ours, part = (_median(runs) for runs in (alone, whole, changed))
    figures = {
        "records": made["records"],
        "keeping records: made per second": made["per_second"],
        "Splink predict and cluster alone, s": floor,
        "PostgreSQL to stored cases, s": ours,
        f"ratio (goal {GOAL})": ratio(ours, floor),
        "ratio by processor time": ratio(_median(whole, "cpu"), _median(alone, "cpu")),
        "every pair there already, s": again,
        "every pair there already, ratio": ratio(again, floor),
        f"peak memory, MiB (goal {MEMORY_GOAL})": max(run["peak_mib"] for run in whole),
        "1 % changed, s": part,
        f"1 % changed, ratio to the whole (goal {CHANGED_GOAL})": ratio(part, ours),
        "1 % changed, ratio by processor time": ratio(_median(changed, "cpu"), _median(whole, "cpu")),
    }
    report(f"unify_{size}", figures | _details(whole[0], changed[0], online))


def _details(whole: dict[str, Any], changed: dict[str, Any], online: dict[str, Any]) -> dict[str, Any]:
    return {
        "candidate pairs": whole["pairs"],
        "pairs kept": whole["candidates"],
        "cases": whole["cases"],
        "1 % changed, records looked at": changed["changed"],
        "steps of the whole, s": whole["steps"],
        "steps of what changed, s": changed["steps"],
        "one record, p50 ms": online["p50"],
        "one record, p99 ms": online["p99"],
        "one record, queries": online["queries"],
    }


def _part(name: str, size: int, options: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.bench_unify", "--part", name, "--sizes", str(size)]
    done = subprocess.run(
        [*command, "--rounds", str(options.rounds)], check=True, stdout=subprocess.PIPE, text=True
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _median(runs: list[dict[str, Any]], of: str = "seconds") -> float:
    seconds: float = statistics.median(run[of] for run in runs)
    return round(seconds, 2)


if __name__ == "__main__":
    main()
