"""The gate: how well the shipped model does untrained. The figures stand in benchmarks/README.md."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unify.matching.conftest import DATA, TODAY
from unify.matching.evaluation.run import evaluate_file


def report_on(file: str, **options: Any) -> dict[str, Any]:
    return evaluate_file(DATA / "er" / file, label="cluster_id", given={}, today=TODAY, **options)


@pytest.mark.conforms("B50")
@pytest.mark.parametrize(
    ("file", "best_f1", "closure_f1", "auto_recall"),
    [
        ("fake_1000.csv", 0.97, 0.95, 0.30),
        ("early_childhood.csv.gz", 0.87, 0.80, 0.70),
        ("febrl3.csv.gz", 0.999, 0.999, 0.85),
        ("febrl20k.csv.gz", 0.999, 0.999, 0.85),
    ],
)
def test_matching_is_as_good_as_it_was(
    file: str, best_f1: float, closure_f1: float, auto_recall: float
) -> None:
    report = report_on(file)

    assert report["best"]["clusters"]["f1"] >= best_f1
    assert report["best_closure"]["f1"] >= closure_f1
    assert report["auto"]["clusters"]["precision"] >= 0.99
    assert report["auto"]["pairs"]["precision"] >= 0.99
    assert report["auto"]["clusters"]["recall"] >= auto_recall
    assert report["blocking_recall"] >= 0.98
