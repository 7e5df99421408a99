"""Many records at once: Splink on DuckDB, fed with the pairs that share a blocking key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from unify.matching.candidates import candidate_pairs
from unify.matching.errors import EngineUnavailable
from unify.matching.model import MatchModel
from unify.matching.scores_sql import are_levels_told_by_weight, scored_sql

RECORDS = "records"
DEFAULT_MEMORY = "2GB"
DUCKDB, SPARK = "duckdb", "spark"


@dataclass(frozen=True, slots=True)
class Limits:
    """Which pairs are wanted: those touching a changed record, and those that weigh or score enough."""

    changed_ids: Sequence[str] | None = None
    least_score: float = 0
    least_weight: float | None = None


ALL = Limits()


@contextmanager
def connect(
    memory_limit: str = DEFAULT_MEMORY, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own in memory, which may spill to a temporary directory of the system."""
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": memory_limit}
    if threads:
        settings["threads"] = threads
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    finally:
        connection.close()


def predict(
    model: MatchModel,
    records: pa.Table,
    *,
    engine: str = DUCKDB,
    changed_ids: Sequence[str] | None = None,
    least_score: float = 0,
    least_weight: float | None = None,
    memory_limit: str = DEFAULT_MEMORY,
) -> pa.Table:
    """Score every pair that shares a usable blocking key; with `changed_ids` only pairs touching one of them.

    Columns: id_l, id_r, weight, score, conflicts (rules by comma), and per comparison gamma_<name>, the
    number of the level reached as Splink counts them (else 0, null -1), and weight_<name>.
    """
    limits = Limits(changed_ids=changed_ids, least_score=least_score, least_weight=least_weight)
    if engine == SPARK:
        from unify.matching.spark import predict_on_spark  # noqa: PLC0415 - optional

        return predict_on_spark(model, records, limits)
    if engine != DUCKDB:
        raise EngineUnavailable(f"There is no matching engine called {engine!r}: duckdb or spark.")
    with connect(memory_limit) as connection:
        return predict_on(connection, model, records, limits)


def predict_on(
    connection: duckdb.DuckDBPyConnection, model: MatchModel, records: pa.Table, limits: Limits = ALL
) -> pa.Table:
    """`predict` on a connection the caller keeps; leaves the tables `records` and `candidates` there."""
    connection.register(f"{RECORDS}_arrow", records)
    connection.execute(f"CREATE OR REPLACE TABLE {RECORDS} AS FROM {RECORDS}_arrow")
    candidate_pairs(connection, model.blocking, changed_ids=limits.changed_ids)
    api = DuckDBAPI(connection)
    linker = linker_for(connection, model, api)
    linker.table_management.register_blocked_pairs_for_predict(api.register("candidates"))
    predicted = linker.inference.predict(threshold_match_weight=limits.least_weight, warning_mode="never")
    sql = scored_sql(model, predicted.physical_name, limits.least_score)
    return connection.sql(sql).to_arrow_table()


def linker_for(connection: duckdb.DuckDBPyConnection, model: MatchModel, api: DuckDBAPI) -> Linker:
    """Splink's linker over the table of records, with the model's frozen term frequencies."""
    settings = model.splink_settings()
    settings["retain_matching_columns"] = not are_levels_told_by_weight(model)
    linker = Linker(api.register(RECORDS), settings, log_level=None, validate_settings=False)
    for column in model.term_frequency_columns():
        lookup = model.term_frequencies.get(column, {})
        table = pa.table(
            {
                column: pa.array(list(lookup), pa.string()),
                f"tf_{column}": pa.array(list(lookup.values()), pa.float64()),
            }
        )
        connection.register(f"frequencies_{column}", table)
        linker.table_management.register_term_frequency_lookup(api.register(f"frequencies_{column}"), column)
    return linker
