"""``make bench``: every benchmark, one after the other, each in a process of its own."""

from __future__ import annotations

import argparse
import subprocess
import sys

BENCHMARKS = (
    "bench_requests",
    "bench_import",
    "bench_online",
    "bench_merge",
    "bench_unify",
    "bench_matching",
    "bench_matching_parity",
    "bench_campaigns",
    "bench_insights",
    "bench_recommendations",
)


def main() -> int:
    """Run what was asked for; extra arguments go to the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", default=list(BENCHMARKS))
    names, rest = parser.parse_known_args()
    codes = [
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *rest], check=False).returncode
        for name in names.names
    ]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main())
