"""Learning from records without labels: no level without m or u, floors, frozen frequencies."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.unify.matching.conftest import DATA, TODAY
from unify.matching.batch_tables import record_table
from unify.matching.errors import UntrainedLevel
from unify.matching.evaluation.columns import map_columns
from unify.matching.evaluation.reading import read_rows
from unify.matching.evaluation.records import records_of
from unify.matching.evaluation.run import evaluate_file
from unify.matching.model import M_FLOOR, U_FLOOR, MatchModel
from unify.matching.training import _learn_m, train


@pytest.fixture(scope="module")
def learned() -> MatchModel:
    header, rows = read_rows(DATA / "er/fake_1000.csv")
    mapping = map_columns(header, rows, label="cluster_id", given={})
    return train(record_table(records_of(rows, mapping, {}, region="GB", today=TODAY)))


def test_training_learns_from_what_the_records_hold(learned: MatchModel) -> None:
    shipped = {c.output_column_name: c for c in MatchModel.shipped(1_000).comparisons}
    trained = {c.output_column_name: c for c in learned.comparisons}

    assert learned.source == "trained"
    assert learned.version == 2
    assert trained["last_name"] != shipped["last_name"]
    assert trained["phone"] == shipped["phone"], "there are no phones to learn from"
    assert learned.term_frequencies["first_name"]


def test_a_level_the_records_never_reach_is_refused_by_name(learned: MatchModel) -> None:
    with pytest.raises(UntrainedLevel) as refusal:
        learned.validate_trained()

    assert refusal.value.levels == ["email: the same mailbox, or one in common"]
    learned.completed_from(MatchModel.shipped(1_000)).validate_trained()


def test_no_probability_falls_below_its_floor(learned: MatchModel) -> None:
    levels = [level for comparison in learned.comparisons for level in comparison.comparison_levels]

    assert all(level.m_probability is None or level.m_probability >= M_FLOOR for level in levels)
    assert all(level.u_probability is None or level.u_probability >= U_FLOOR for level in levels)


def test_the_u_of_an_exact_agreement_stays_the_frequency_of_the_value(learned: MatchModel) -> None:
    exact = next(c for c in learned.comparisons if c.output_column_name == "last_name").comparison_levels[1]

    assert exact.tf_adjustment_column == "last_name"
    assert exact.u_probability == pytest.approx(1e-3)


def test_training_is_no_worse_than_what_is_shipped() -> None:
    report = evaluate_file(DATA / "er/fake_1000.csv", label="cluster_id", given={}, train=True, today=TODAY)

    assert report["trained"]
    assert report["best"]["clusters"]["f1"] >= 0.97
    assert report["auto"]["clusters"]["precision"] >= 0.99


def test_a_rule_whose_pairs_reach_a_level_too_seldom_teaches_nothing_and_stops_nothing() -> None:
    tried = []

    def refuse(rule: str, **_how: Any) -> None:
        tried.append(rule)
        raise ValueError("m_probability value 1e-320 is below the minimum allowed value")

    training = SimpleNamespace(estimate_parameters_using_expectation_maximisation=refuse)
    linker: Any = SimpleNamespace(training=training)
    _learn_m(linker, "l.email = r.email")
    assert tried == ["l.email = r.email"]
