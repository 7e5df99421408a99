"""The Spark backend: its words everywhere, its scores where Java and PySpark are installed."""

from __future__ import annotations

import warnings

import pytest

from tests.unify.matching.conftest import DATA, TODAY
from unify.matching import candidates, spark
from unify.matching.batch import predict
from unify.matching.batch_tables import record_table
from unify.matching.errors import EngineUnavailable
from unify.matching.evaluation.columns import map_columns
from unify.matching.evaluation.reading import read_rows
from unify.matching.evaluation.records import records_of
from unify.matching.frequencies import with_frequencies
from unify.matching.model import MatchModel
from unify.matching.spark import spark_condition, spark_settings


def test_conditions_are_told_in_the_words_of_spark() -> None:
    assert spark_condition("jaro_winkler_similarity(city_l, city_r) >= 0.9") == (
        "IF(city_l IS NULL OR city_r IS NULL, NULL, JARO_WINKLER(city_l, city_r)) >= 0.9"
    )
    assert spark_condition("list_has_any(phones_l, phones_r)") == "ARRAYS_OVERLAP(phones_l, phones_r)"
    assert spark_condition("len(list_intersect(first_words_l, first_words_r)) >= len(first_words_l)") == (
        "SIZE(ARRAY_INTERSECT(first_words_l, first_words_r)) >= SIZE(first_words_l)"
    )
    assert spark_condition("length(city_l) > 3") == "LENGTH(city_l) > 3"


def test_no_word_of_duckdb_alone_is_left_in_the_settings() -> None:
    text = str(spark_settings(MatchModel.shipped(10))).lower()

    assert not any(word in text for word in ("list_", "&&", "jaro_winkler_similarity", "len("))


def test_without_spark_the_engine_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "why_unavailable", lambda: "PySpark is not installed (pip install pyspark).")

    with pytest.raises(EngineUnavailable, match="PySpark"):
        predict(MatchModel.shipped(10), record_table([]), engine="spark")


def test_an_engine_nobody_knows_is_refused() -> None:
    with pytest.raises(EngineUnavailable, match="abacus"):
        predict(MatchModel.shipped(10), record_table([]), engine="abacus")


@pytest.mark.slow
def test_spark_gives_the_scores_of_duckdb(spark_engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "ALL_PAIRS", 0)
    header, rows = read_rows(DATA / "er/febrl3_200.csv")
    mapping = map_columns(header, rows, label="cluster_id", given={})
    table = record_table(records_of(rows, mapping, {}, region="AU", today=TODAY))
    model = with_frequencies(MatchModel.shipped(200), table)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PySpark's own, of interpreters and pandas
        there = {
            (row["id_l"], row["id_r"]): row for row in predict(model, table, engine=spark_engine).to_pylist()
        }
    here = {(row["id_l"], row["id_r"]): row for row in predict(model, table).to_pylist()}

    assert there.keys() == here.keys()
    assert len(here) > 100
    for pair, row in here.items():
        assert abs(there[pair]["weight"] - row["weight"]) < 1e-6, pair
        assert abs(there[pair]["score"] - row["score"]) < 1e-6, pair
        assert there[pair]["conflicts"] == row["conflicts"]
