"""Many records at once: Splink on DuckDB, fed with the pairs that share a blocking key."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from unify.matching.batch_tables import DEFAULT_MEMORY, FOLDER, RECORDS, connect, load_table
from unify.matching.candidates import candidate_pairs
from unify.matching.errors import EngineUnavailable
from unify.matching.model import MatchModel
from unify.matching.scores_sql import are_levels_told_by_weight, scored_sql

logging.getLogger("splink").setLevel(logging.WARNING)
PAIRS = "pairs"
DUCKDB, SPARK = "duckdb", "spark"
Progress = Callable[[int, int], object]  # candidate pairs done, candidate pairs in all
_PAIRS_AT_ONCE = 1_500_000
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Which pairs are wanted: those touching a changed record, and those that weigh or score enough.

    `kinds` are the kinds of keys to block by: a run over a part of the records takes those of the last whole
    one (Predicted.kinds).
    """

    changed_ids: Sequence[str] | None = None
    kinds: Sequence[str] | None = None
    least_score: float = 0
    least_weight: float | None = None


ALL = Limits()


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a batch did: kinds of keys in use, pairs compared, and pairs kept."""

    kinds: tuple[str, ...]
    candidates: int
    pairs: int


def predict(
    model: MatchModel,
    records: pa.Table,
    *,
    engine: str = DUCKDB,
    changed_ids: Sequence[str] | None = None,
    least_score: float = 0,
    least_weight: float | None = None,
    memory_limit: str = DEFAULT_MEMORY,
    directory: str | None = None,
    prefix: str = FOLDER,
) -> pa.Table:
    """Score every pair that shares a usable blocking key; with `changed_ids` only pairs touching one of them.

    Columns: id_l, id_r (the lesser id first), weight, score, linkage, conflicts (rules by comma), and per
    comparison gamma_<name>, the number of the level reached as Splink counts them (else 0, null -1), and
    weight_<name>. What is written on the way lies in `directory`, in a folder named after `prefix`.
    """
    limits = Limits(changed_ids=changed_ids, least_score=least_score, least_weight=least_weight)
    if engine == SPARK:
        from unify.matching.spark import predict_on_spark  # noqa: PLC0415 - optional

        return predict_on_spark(model, records, limits, directory=directory, prefix=prefix)
    if engine != DUCKDB:
        raise EngineUnavailable(f"There is no matching engine called {engine!r}: duckdb or spark.")
    with connect(memory_limit, directory=directory, prefix=prefix) as connection:
        load_table(connection, records)
        predict_on(connection, model, limits)
        return connection.sql(f"FROM {PAIRS}").to_arrow_table()


def predict_on(
    connection: duckdb.DuckDBPyConnection,
    model: MatchModel,
    limits: Limits = ALL,
    *,
    progress: Progress | None = None,
) -> Predicted:
    """`predict` over the table `records` that batch_tables loads: fills the table `pairs`."""
    kinds = candidate_pairs(connection, model.blocking, changed_ids=limits.changed_ids, kinds=limits.kinds)
    candidates, pairs = score_candidates(connection, model, limits, progress=progress)
    return Predicted(kinds, candidates, pairs)


def score_candidates(
    connection: duckdb.DuckDBPyConnection,
    model: MatchModel,
    limits: Limits = ALL,
    *,
    progress: Progress | None = None,
) -> tuple[int, int]:
    """Fill the table `pairs` from `records` and `candidates`; returns how many were compared, and kept.

    Candidates are scored some million at a time, so that memory does not grow with them; `progress` is called
    after each part and may raise to stop the run.
    """
    ((total,),) = connection.execute("SELECT count(*) FROM candidates").fetchall()
    api = DuckDBAPI(connection)
    linker = linker_for(connection, model, api)
    connection.execute(f"DROP TABLE IF EXISTS {PAIRS}")
    for start in range(0, max(total, 1), _PAIRS_AT_ONCE):
        _score_part(connection, linker, api, model, limits, start)
        if progress:
            progress(min(start + _PAIRS_AT_ONCE, total), total)
    ((kept,),) = connection.execute("SELECT count(*) FROM pairs").fetchall()
    return int(total), int(kept)


def _score_part(
    connection: duckdb.DuckDBPyConnection,
    linker: Linker,
    api: DuckDBAPI,
    model: MatchModel,
    limits: Limits,
    start: int,
) -> None:
    part = f"candidates_{start}"
    connection.execute(
        f"CREATE OR REPLACE VIEW {part} AS FROM candidates"
        f" WHERE rowid >= {start} AND rowid < {start + _PAIRS_AT_ONCE}"
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register(part))
    predicted = linker.inference.predict(threshold_match_weight=limits.least_weight, warning_mode="never")
    named = (
        "SELECT a.record_id AS id_l, b.record_id AS id_r, scored.* EXCLUDE (id_l, id_r)"  # noqa: S608
        f" FROM ({scored_sql(model, predicted.physical_name, limits.least_score)}) AS scored"
        f" JOIN {RECORDS} AS a ON a.id = scored.id_l JOIN {RECORDS} AS b ON b.id = scored.id_r"
    )
    connection.execute(f"CREATE TABLE IF NOT EXISTS {PAIRS} AS {named} LIMIT 0")
    connection.execute(f"INSERT INTO {PAIRS} {named}")
    predicted.drop_table_from_database_and_remove_from_cache()


def pair_batches(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.RecordBatch]:
    """The rows of `pairs`, some ten thousand at a time, on a cursor of their own."""
    with connection.cursor() as cursor:
        yield from cursor.sql(f"FROM {PAIRS}").to_arrow_reader(_ROWS_AT_ONCE)


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
