"""How often a value occurs: the u of an exact agreement, frozen into each version of a model.

Frequencies are frozen so that stored scores do not drift while a tenant grows.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from unify.matching.model import MatchModel

# One person's own duplicates share these by right; what counts is how many different people use one value.
# People are told apart by their initials in either order, organisations by house number. Two holders may be
# one misspelt.
_OF_PEOPLE = frozenset({"email", "phone", "tax_id"})
_FIRST, _LAST = "substr(coalesce(first_name, ''), 1, 1)", "substr(coalesce(last_name, ''), 1, 1)"
_HOLDERS = (
    "count(DISTINCT CASE WHEN organisation IS NULL"
    f" THEN least({_FIRST}, {_LAST}) || greatest({_FIRST}, {_LAST}) ELSE coalesce(house, '') END)"
)


def frozen_frequencies(
    connection: duckdb.DuckDBPyConnection, model: MatchModel, table: str = "records"
) -> dict[str, dict[str, float]]:
    """Per column the frequency of each value that says less than the rarest one would, and of no other."""
    return {
        column: _frequencies(connection, table, column, floor) for column, floor in _floors(model).items()
    }


def with_frequencies(model: MatchModel, records: pa.Table) -> MatchModel:
    """The model with the frequencies of these records."""
    with duckdb.connect(":memory:") as connection:
        connection.register("records", records)
        return model.model_copy(update={"term_frequencies": frozen_frequencies(connection, model)})


def _frequencies(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, floor: float
) -> dict[str, float]:
    holders = f"({_HOLDERS} - 2)" if column in _OF_PEOPLE else "count(*)"
    rows = connection.execute(
        f"SELECT {column}, {holders} / (SELECT count({column}) FROM {table}) AS tf FROM {table}"  # noqa: S608
        f" WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1 AND tf > ?",
        [floor],
    ).fetchall()
    return dict(rows)


def _floors(model: MatchModel) -> dict[str, float]:
    return {
        level.tf_adjustment_column: level.tf_minimum_u_value
        for comparison in model.comparisons
        for level in comparison.comparison_levels
        if level.tf_adjustment_column
    }
