"""Learning m and u from a tenant's own records, without labels, by Splink's expectation maximisation.

u comes from random pairs, the share of duplicates from rules that are nearly always right, and m from pairs
blocked in three different ways, each of which leaves other comparisons free to be learned. The u of exact
agreements is not learned: it is the frequency of the value itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException, SplinkException

from unify.matching.batch import linker_for
from unify.matching.batch_tables import RECORDS, connect, load_table
from unify.matching.errors import NotEnoughData
from unify.matching.frequencies import frozen_frequencies
from unify.matching.model import M_FLOOR, U_FLOOR, Comparison, Level, MatchModel
from unify.matching.record import is_extra

FEWEST_RECORDS = 500
RANDOM_PAIRS = 1e6
_SEED = 20_260_101
_EM_PAIRS = 3e6
# Blocking for EM: each is strict enough that a good part of its pairs are duplicates.
_RULES = (
    ("l.email = r.email", ("email",)),
    ("l.first_name = r.first_name AND l.last_name = r.last_name", ("first_name", "last_name")),
    ("l.birth_date = r.birth_date", ("birth_date",)),
    ("l.phone = r.phone", ("phone",)),
    ("l.tax_id = r.tax_id", ("tax_id",)),
    ("l.street = r.street AND l.house = r.house", ("street", "house")),
    ("l.organisation = r.organisation", ("organisation",)),
)
_DETERMINISTIC = (
    ("l.email = r.email AND l.last_name = r.last_name", ("email", "last_name")),
    ("l.tax_id = r.tax_id AND l.birth_date = r.birth_date", ("tax_id", "birth_date")),
    ("l.first_name = r.first_name AND l.last_name = r.last_name AND l.birth_date = r.birth_date",
     ("first_name", "last_name", "birth_date")),
    ("l.phone = r.phone AND l.first_name = r.first_name", ("phone", "first_name")),
    ("l.organisation = r.organisation AND l.street = r.street", ("organisation", "street")),
)  # fmt: skip
_RECALL = 0.7
# An m learned from few duplicates is mixed with the shipped one, as if that rested on so many.
_MATCHES_TO_BE_HALF_TRUSTED = 1_000
_FEWEST_BLOCKED_PAIRS = 50
_MOST_PER_RECORD = 20  # beyond that a column tells kinds apart, not customers


def train(records: pa.Table, *, base: MatchModel | None = None) -> MatchModel:
    """A model of these records, in a database of their own: see `train_on`."""
    _refuse_too_few(records.num_rows)
    with connect() as connection:
        load_table(connection, records)
        return train_on(connection, base=base)


def train_on(connection: duckdb.DuckDBPyConnection, *, base: MatchModel | None = None) -> MatchModel:
    """A model of the table `records` that batch_tables loads, within the memory its database may have.

    A level nothing was learned for has no m or u (MatchModel.validate_trained). Raises NotEnoughData under
    500 records.
    """
    n_records = _number(connection, f"SELECT count(*) FROM {RECORDS}")  # noqa: S608
    _refuse_too_few(n_records)
    base = base or MatchModel.shipped(n_records)
    with _quiet_splink():
        base = base.model_copy(update={"term_frequencies": frozen_frequencies(connection, base)})
        linker = linker_for(connection, _untrained(base, connection), DuckDBAPI(connection))
        linker.training.estimate_u_using_random_sampling(
            max_pairs=RANDOM_PAIRS, seed=_SEED, min_count_per_level=None, num_chunks=1
        )
        for rule, _ in _usable(connection, (*_RULES, *_rules_of_extras(base)), n_records=n_records):
            _learn_m(linker, rule)
        prior = _prior(connection, base)
        matches = prior * n_records * (n_records - 1) / 2
        return _model_of(linker, base, prior, trust=matches / (matches + _MATCHES_TO_BE_HALF_TRUSTED))


def _refuse_too_few(n_records: int) -> None:
    if n_records < FEWEST_RECORDS:
        raise NotEnoughData(f"{n_records} records are too few to learn from; {FEWEST_RECORDS} are needed.")


def _rules_of_extras(base: MatchModel) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = (comparison.output_column_name for comparison in base.comparisons)
    return tuple((f"l.{name} = r.{name}", (name,)) for name in names if is_extra(name))


def _learn_m(linker: Linker, rule: str) -> None:
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, fix_u_probabilities=True, max_pairs=_EM_PAIRS, estimate_without_term_frequencies=True
        )
    # Where no pair of a rule reaches a level, its m shrinks until Splink refuses it as no probability.
    except (EMTrainingException, SplinkException, ValueError) as error:
        logging.getLogger(__name__).info("nothing learned by %s: %s", rule, type(error).__name__)


def _untrained(base: MatchModel, connection: duckdb.DuckDBPyConnection) -> MatchModel:
    """The base without m and u, and without the comparisons these records have nothing for."""
    comparisons = tuple(
        comparison.model_copy(
            update={
                "comparison_levels": tuple(
                    level.model_copy(update={"m_probability": None, "u_probability": None})
                    for level in comparison.comparison_levels
                )
            }
        )
        for comparison in base.comparisons
        if _is_filled(connection, comparison.output_column_name)
    )
    return base.model_copy(update={"comparisons": comparisons})


def _is_filled(connection: duckdb.DuckDBPyConnection, column: str) -> bool:
    return _number(connection, f"SELECT count({column}) FROM {RECORDS}") > 0  # noqa: S608


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    ((number,),) = connection.execute(sql).fetchall()
    return int(number)


def _usable(
    connection: duckdb.DuckDBPyConnection,
    rules: tuple[tuple[str, tuple[str, ...]], ...],
    *,
    n_records: int | None = None,
) -> Iterator[tuple[str, int]]:
    """The rules that find some pairs, but not a flood of them, each with how many."""
    for rule, columns in rules:
        keys = ", ".join(columns)
        filled = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        pairs = _number(
            connection,
            f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*) AS n FROM {RECORDS}"  # noqa: S608
            f" WHERE {filled} GROUP BY {keys})",
        )
        if pairs >= _FEWEST_BLOCKED_PAIRS and pairs <= _MOST_PER_RECORD * (n_records or pairs):
            yield rule, pairs


def _prior(connection: duckdb.DuckDBPyConnection, base: MatchModel) -> float:
    """The share of pairs that deterministic rules find, as if they found 70 % of all duplicates."""
    unions = " UNION ".join(
        f"SELECT l.id AS one, r.id AS other FROM {RECORDS} AS l JOIN {RECORDS} AS r ON {rule} AND l.id < r.id"  # noqa: S608
        for rule, _ in _usable(connection, _DETERMINISTIC)
    )
    if not unions:
        return base.probability_two_random_records_match
    found = _number(connection, f"SELECT count(*) FROM ({unions})")  # noqa: S608
    n = _number(connection, f"SELECT count(*) FROM {RECORDS}")  # noqa: S608
    return min(0.5, max(found / _RECALL, 1) / (n * (n - 1) / 2))


def _model_of(linker: Linker, base: MatchModel, prior: float, *, trust: float) -> MatchModel:
    learned = {
        comparison.output_column_name: comparison.comparison_levels
        for comparison in linker._settings_obj.comparisons
    }
    comparisons = tuple(
        _learned(comparison, learned[comparison.output_column_name], trust)
        if comparison.output_column_name in learned
        else comparison
        for comparison in base.comparisons
    )
    return base.model_copy(
        update={
            "comparisons": comparisons,
            "probability_two_random_records_match": prior,
            "source": "trained",
            "version": base.version + 1,
            "calibration": None,
        }
    )


def _learned(comparison: Comparison, splink_levels: list[Any], trust: float) -> Comparison:
    pairs = zip(comparison.comparison_levels, splink_levels, strict=True)
    levels = tuple(_level(*pair, trust=trust) for pair in pairs)
    return comparison.model_copy(update={"comparison_levels": levels})


def _level(level: Level, learned: Any, *, trust: float) -> Level:
    if level.is_null_level:
        return level
    m = None
    if learned._has_estimated_m_values:
        shipped = level.m_probability or learned.m_probability
        m = max(M_FLOOR, trust * learned.m_probability + (1 - trust) * shipped)
    u = max(U_FLOOR, learned.u_probability) if learned._has_estimated_u_values else None
    if level.tf_adjustment_column:
        u = level.u_probability
    return level.model_copy(update={"m_probability": m, "u_probability": u})


@contextmanager
def _quiet_splink() -> Iterator[None]:
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
