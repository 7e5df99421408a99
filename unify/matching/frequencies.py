"""How often a value occurs: the u of an exact agreement, frozen into each version of a model.

Frequencies are frozen so that stored scores do not drift while a tenant grows.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from unify.matching.model import MatchModel
from unify.matching.record import is_extra

# A holder may repeat its own value; what counts is how many different ones use it. People are
# told apart by their initials in either order, organisations by their house number, or else by how their name
# begins. Two holders of a contact or an id may be one, misspelt.
_FREE_HOLDERS = {"email": 2, "phone": 2, "tax_id": 2, "organisation": 1}
_FIRST, _LAST = "substr(coalesce(first_name, ''), 1, 1)", "substr(coalesce(last_name, ''), 1, 1)"
_HOLDERS = (
    "count(DISTINCT CASE WHEN organisation IS NULL"
    f" THEN least({_FIRST}, {_LAST}) || greatest({_FIRST}, {_LAST})"
    " ELSE coalesce(house, substr(organisation, 1, 3)) END)"
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
    holders = f"{_HOLDERS} - {_FREE_HOLDERS[column]}" if column in _FREE_HOLDERS else "count(*)"
    if is_extra(
        column
    ):  # of people these are kinds (a state, a profession), of organisations often their own
        holders = f"CASE WHEN count(organisation) > 0 THEN {_HOLDERS} - 1 ELSE count(*) END"
    rows = connection.execute(
        f"SELECT {column}, ({holders}) / (SELECT count({column}) FROM {table}) AS tf FROM {table}"  # noqa: S608
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
