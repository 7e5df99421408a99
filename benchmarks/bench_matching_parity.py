"""Every candidate pair of every labelled set, and names of four scripts: both engines say the same.

CI compares a part (tests/unify/matching/test_engines_agree.py); this compares all of it: weight, score,
linkage and conflicts, without a threshold.

    python -m benchmarks bench_matching_parity [--locales DIRECTORY]    with th_TH_*.csv and its like
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import setting

DATA = setting.BASE_DIR / "tests" / "data"
SETS = ("fake_1000.csv", "early_childhood.csv.gz", "febrl3.csv.gz", "febrl20k.csv.gz")
REGIONS = {"th_TH": "TH", "bn_BD": "BD", "ja_JP": "JP", "en_US": "US"}
TODAY = date(2026, 6, 1)
CLOSE = 1e-6
RANDOM_PAIRS = 100_000


def main() -> int:
    """Compare them all and report the largest differences; fails when one is too large."""
    setting.prepare()
    from benchmarks.measure import report  # noqa: PLC0415 (Django comes first)

    parser = argparse.ArgumentParser()
    parser.add_argument("--locales", type=Path, default=DATA / "locales")
    options = parser.parse_args()
    files: list[tuple[Path, str, str | None]] = [(DATA / "er" / name, "cluster_id", None) for name in SETS]
    for locale, country in REGIONS.items():
        files += [(file, "", country) for file in sorted(options.locales.glob(f"{locale}_*.csv*"))]
    figures: dict[str, Any] = {}
    worst = 0.0
    for file, label, region in files:
        pairs, apart = _compared(file, label, region)
        figures[f"{file.name}: pairs"], figures[f"{file.name}: largest difference"] = pairs, apart
        print(file.name, pairs, apart, flush=True)
        worst = max(worst, apart)
    report("matching_parity", figures)
    return int(worst >= CLOSE)


def _compared(file: Path, label: str, region: str | None) -> tuple[int, float]:
    from unify.matching.batch import pair_batches, score_candidates  # noqa: PLC0415
    from unify.matching.batch_tables import connect, load_table, record_table  # noqa: PLC0415
    from unify.matching.candidates import candidate_pairs  # noqa: PLC0415
    from unify.matching.evaluator import Evaluator  # noqa: PLC0415
    from unify.matching.frequencies import frozen_frequencies  # noqa: PLC0415
    from unify.matching.model import MatchModel  # noqa: PLC0415

    records, extras = _records(file, label, region)
    columns = {record.id: record.columns() for record in records}
    model = MatchModel.shipped(len(records), extras=extras)
    with connect() as batch:
        load_table(batch, record_table(records, extras=list(extras)))
        model = model.model_copy(update={"term_frequencies": frozen_frequencies(batch, model)})
        candidate_pairs(batch, model.blocking)
        if not label:
            _add_random_pairs(batch, len(records))
        score_candidates(batch, model)
        evaluator = Evaluator(model)
        apart = [
            _difference(evaluator.evaluate_columns(columns[row["id_l"]], columns[row["id_r"]]), row)
            for rows in pair_batches(batch)
            for row in rows.select(["id_l", "id_r", "weight", "score", "linkage", "conflicts"]).to_pylist()
        ]
    return len(apart), max(apart, default=0.0)


def _difference(found: Any, row: dict[str, Any]) -> float:
    if ",".join(conflict.rule for conflict in found.conflicts) != row["conflicts"]:
        return float("inf")
    return float(
        max(
            abs(found.weight - row["weight"]),
            abs(found.score - row["score"]),
            abs(found.linkage - row["linkage"]),
        )
    )


def _records(file: Path, label: str, region: str | None) -> tuple[Sequence[Any], dict[str, str]]:
    from unify.matching.evaluation.columns import map_columns  # noqa: PLC0415
    from unify.matching.evaluation.reading import read_rows  # noqa: PLC0415
    from unify.matching.evaluation.records import guess_region, records_of  # noqa: PLC0415
    from unify.matching.record import extra_column  # noqa: PLC0415

    header, rows = read_rows(file)
    mapping = map_columns(header, rows, label=label or header[0], given={})
    extras = {extra_column(number): column for number, column in enumerate(mapping.extras, 1)}
    found = records_of(rows, mapping, extras, region=region or guess_region(rows), today=TODAY)
    return list(found), extras


def _add_random_pairs(batch: Any, count: int) -> None:
    chance = random.Random(count)
    pairs = {
        (one, other)
        for one, other in ((chance.randrange(count), chance.randrange(count)) for _ in range(RANDOM_PAIRS))
        if str(one) < str(other)
    }
    values = ", ".join(f"({one}, {other})" for one, other in sorted(pairs))
    batch.execute(
        "INSERT INTO candidates SELECT '0', l, r FROM (VALUES "  # noqa: S608 (numbers of ours)
        f"{values}) AS random (l, r) ANTI JOIN candidates ON join_key_l = l AND join_key_r = r"
    )


if __name__ == "__main__":
    sys.exit(main())
