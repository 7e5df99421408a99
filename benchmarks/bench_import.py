"""Import of a file against a floor: COPY, as superuser, of the very rows it made, into the same tables."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.import_databases import Cluster
from benchmarks.import_file import write_file
from benchmarks.import_worker import backend, cpu_of
from benchmarks.measure import ratio, report
from benchmarks.setting import BASE_DIR

_OUTCOMES = ("created", "updated", "unchanged", "skipped", "failed")
# Rows of one import, told by what it writes into created_by.
_OURS = {
    "profiles": "created_by = '{reference}'",
    "contact_points": "profile_id IN (SELECT id FROM profiles WHERE created_by = '{reference}')",
    "profile_identifiers": "created_by = '{reference}'",
}


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="bench_import")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument(
        "--base", type=int, default=None, help="customers there before; 0 and 1,000,000 unless given"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-trigram", action="store_true", help="drop the search index first")
    options, _ = parser.parse_known_args()
    bases = [0, 1_000_000] if options.base is None else [options.base]
    cluster = Cluster()
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "customers.csv"
        size = write_file(file, options.rows)
        for base in bases:
            figures = _measure(cluster, base, file, options, Path(directory))
            name = f"import_{options.rows}_into_{base}" + (
                "_without_trigram" if options.without_trigram else ""
            )
            report(name, {"file_mb": round(size / 1e6, 1), **figures})
    cluster.drop_copy()


def _measure(
    cluster: Cluster, base: int, file: Path, options: argparse.Namespace, directory: Path
) -> dict[str, Any]:
    template = cluster.template(base)
    imports, floors, again = [], [], []
    for turn in range(options.rounds):
        copy = cluster.copy_of(template)
        _without_trigram(cluster, copy, options)
        imports.append(_import(cluster, copy, file))
        again.append(_import(cluster, copy, file))
        if turn == 0:
            _dump(cluster, copy, imports[0]["reference"], directory)
        copy = cluster.copy_of(template)
        _without_trigram(cluster, copy, options)
        floors.append(_floor(cluster, copy, directory))
    seconds = statistics.median(one["seconds"] for one in imports)
    again_seconds = statistics.median(one["seconds"] for one in again)
    return {
        **_ratios(imports, floors, "seconds"),
        **_ratios(imports, floors, "cpu"),
        "rows_per_s": round(options.rows / seconds),
        "same_file_again_rows_per_s": round(options.rows / again_seconds),
        "same_file_again_changed": sum(one["created"] + one["updated"] for one in again),
        "memory_mb": max(one["memory_mb"] for one in [*imports, *again]),
        "outcomes": {name: imports[0][name] for name in _OUTCOMES},
    }


def _ratios(imports: list[dict[str, Any]], floors: list[dict[str, float]], measure: str) -> dict[str, Any]:
    """Compare by the clock, or by what the two processes have computed, which other work does not change."""
    pairs = [(one[measure], floor[measure]) for one, floor in zip(imports, floors, strict=True)]
    ratios = [ratio(value, floor) for value, floor in pairs]
    return {
        f"import_and_floor_{measure}": [[round(value, 2) for value in pair] for pair in pairs],
        f"ratios_{measure}": ratios,
        f"ratio_{measure}": statistics.median(ratios),
    }


def _import(cluster: Cluster, name: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.import_worker", str(file)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=cluster.variables(name), cwd=BASE_DIR
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _without_trigram(cluster: Cluster, name: str, options: argparse.Namespace) -> None:
    if options.without_trigram:
        with psycopg.connect(cluster.superuser_url(name), autocommit=True) as connection:
            connection.execute("DROP INDEX profiles_search")


def _dump(cluster: Cluster, name: str, reference: str, directory: Path) -> None:
    with psycopg.connect(cluster.superuser_url(name)) as connection:
        for table, condition in _OURS.items():
            columns = _columns(connection, table)
            query = f"SELECT {columns} FROM {table} WHERE {condition.format(reference=reference)}"  # noqa: S608
            with (
                (directory / table).open("wb") as file,
                connection.cursor().copy(f"COPY ({query}) TO STDOUT") as copy,
            ):  # type: ignore[arg-type]
                for block in copy:
                    file.write(block)


def _floor(cluster: Cluster, name: str, directory: Path) -> dict[str, float]:
    """Copy the same rows into the same tables, in one transaction."""
    with psycopg.connect(cluster.superuser_url(name)) as connection:
        columns = {table: _columns(connection, table) for table in _OURS}
        connection.commit()
        server = backend(connection)
        started, spent = time.perf_counter(), time.process_time() + cpu_of(server)
        for table in _OURS:
            statement = f"COPY {table} ({columns[table]}) FROM STDIN"
            with (directory / table).open("rb") as file, connection.cursor().copy(statement) as copy:  # type: ignore[arg-type]
                while block := file.read(1 << 20):
                    copy.write(block)
        connection.commit()
        cpu = time.process_time() + cpu_of(server) - spent
        return {"seconds": time.perf_counter() - started, "cpu": cpu}


def _columns(connection: psycopg.Connection[Any], table: str) -> str:
    rows = connection.execute(
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        [table],
    ).fetchall()
    return ", ".join(name for (name,) in rows)


if __name__ == "__main__":
    main()
