"""Matching a whole tenant: PostgreSQL to clusters, beside Splink's predict and cluster alone.

Splink alone gets the same records, already in DuckDB, the same model and the candidate pairs ready made:
the ratio counts all that stands around it, reading, blocking, scores, conflicts, clusters. Growth shows that
the cap on blocks keeps the pairs, and so the time, from growing with the square of the records.

    python -m benchmarks bench_matching [--sizes 10000 100000 1000000] [--largest]
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import Any

from benchmarks import setting

SIZES = (10_000, 100_000, 1_000_000)
LARGEST = 3_000_000
MIB = 1024


def main() -> None:
    """Measure every size, smallest first: the peak of memory is that of the process so far."""
    setting.prepare()
    from benchmarks.measure import report  # noqa: PLC0415 (Django comes first)

    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument(
        "--largest", action="store_true", help=f"{LARGEST:,} records too: an hour, 8 GB of disk"
    )
    options = parser.parse_args()
    sizes = sorted({*options.sizes, *([LARGEST] if options.largest else [])})
    figures: dict[str, Any] = {}
    for size in sizes:
        figures |= {f"{size:,}: {name}": value for name, value in _measured(size).items()}
    report("matching", figures)


def _measured(size: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415

    from benchmarks import matching_records  # noqa: PLC0415
    from unify.matching.batch_tables import connect  # noqa: PLC0415

    with connection.cursor() as cursor:
        matching_records.fill(cursor, size)
        with connect() as batch:
            model, learning = _model(batch, cursor, size)
        with connect() as batch:
            steps = _whole_way(batch, cursor, model)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB
            alone = _splink_alone(batch, model)
    whole = sum(steps["seconds"].values())
    return {
        "candidate pairs": steps["candidates"],
        "pairs to look at": steps["pairs"],
        "clusters": steps["clusters"],
        **{f"seconds, {name}": round(taken, 2) for name, taken in steps["seconds"].items()},
        "seconds, whole way": round(whole, 2),
        "seconds, Splink alone": round(alone, 2),
        "ratio": round(whole / alone, 2),
        "peak MiB": peak,
        "seconds, frequencies of a new model": round(learning, 2),
    }


def _model(batch: Any, cursor: Any, size: int) -> tuple[Any, float]:
    """The shipped model with the frequencies of these records, made once per version."""
    from unify.matching.frequencies import frozen_frequencies  # noqa: PLC0415
    from unify.matching.model import MatchModel  # noqa: PLC0415

    model = MatchModel.shipped(size)
    _load(batch, cursor)
    started = time.perf_counter()
    model = model.model_copy(update={"term_frequencies": frozen_frequencies(batch, model)})
    return model, time.perf_counter() - started


def _load(batch: Any, cursor: Any) -> int:
    from benchmarks.matching_records import TABLE  # noqa: PLC0415
    from unify.matching.batch_tables import load_stored, stored_copy_sql  # noqa: PLC0415

    with cursor.copy(stored_copy_sql("profile_id", "prepared", "keys", TABLE)) as rows:
        return load_stored(batch, rows)


def _whole_way(batch: Any, cursor: Any, model: Any) -> dict[str, Any]:
    from unify.matching.batch import Limits, pair_batches, predict_on  # noqa: PLC0415
    from unify.matching.components import clusters_of  # noqa: PLC0415

    seconds: dict[str, float] = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = call()
        seconds[name] = time.perf_counter() - started
        return result

    timed("read", lambda: _load(batch, cursor))
    found = timed("block and score", lambda: predict_on(batch, model, Limits(least_score=model.review_score)))
    pairs = timed("hand over", lambda: sum(rows.num_rows for rows in pair_batches(batch)))
    clusters = timed("cluster", lambda: sum(1 for _ in clusters_of(batch)))
    return {"seconds": seconds, "candidates": found.candidates, "pairs": pairs, "clusters": clusters}


def _splink_alone(batch: Any, model: Any) -> float:
    from splink import DuckDBAPI  # noqa: PLC0415

    from unify.matching.batch import linker_for  # noqa: PLC0415

    api = DuckDBAPI(batch)
    linker = linker_for(batch, model, api)
    started = time.perf_counter()
    linker.table_management.register_blocked_pairs_for_predict(api.register("candidates"))
    predicted = linker.inference.predict(warning_mode="never")
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=0)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
