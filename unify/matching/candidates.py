"""Candidate pairs from blocking keys, in DuckDB: each key's records against each other, up to a cap per key."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from unify.matching.blocking import KINDS, SURE_KINDS
from unify.matching.model import Blocking

# Below this many pairs in all, comparing everything with everything costs less than thinking about it.
ALL_PAIRS = 1_000_000
_PAIRS_PER_RECORD = 3
_PAIRS_IN_A_SMALL_SET = 2_000_000
_SQL_PAIRS = "sum(n * (n - 1) / 2)"


def affordable_kinds(connection: duckdb.DuckDBPyConnection, *, cap: int, n_records: int) -> tuple[str, ...]:
    """The sure kinds, and of the vaguer ones as many, surest first, as the budget of pairs allows."""
    cost = dict(
        connection.execute(
            "SELECT kind, sum(n * (n - 1) / 2) FROM (SELECT split_part(key, ':', 1) AS kind, count(*) AS n FROM"
            " (SELECT unnest(keys) AS key FROM records) GROUP BY key, kind HAVING n BETWEEN 2 AND ?) GROUP BY kind",
            [cap],
        ).fetchall()
    )
    left = max(_PAIRS_PER_RECORD * n_records, _PAIRS_IN_A_SMALL_SET)
    chosen = []
    for kind in KINDS:
        pairs = int(cost.get(kind, 0))
        if kind in SURE_KINDS or pairs <= left:
            chosen.append(kind)
            left -= pairs
    return tuple(chosen)


def candidate_pairs(
    connection: duckdb.DuckDBPyConnection,
    blocking: Blocking,
    *,
    changed_ids: Sequence[str] | None = None,
) -> None:
    """Fill the table `candidates` with the pairs of the table `records`, each once, in Splink's shape."""
    ((n_records,),) = connection.execute("SELECT count(*) FROM records").fetchall()
    source = _all_pairs() if n_records * (n_records - 1) // 2 <= ALL_PAIRS else _keyed_pairs(connection, blocking)
    where = ""
    if changed_ids is not None:
        connection.register("changed", pa.table({"id": pa.array(changed_ids, pa.string())}))
        where = "WHERE id_l IN (SELECT id FROM changed) OR id_r IN (SELECT id FROM changed)"
    connection.execute(
        "CREATE OR REPLACE TABLE candidates AS "
        f"SELECT '0' AS match_key, id_l AS join_key_l, id_r AS join_key_r FROM ({source}) {where}"
    )


def _all_pairs() -> str:
    return "SELECT a.id AS id_l, b.id AS id_r FROM records AS a JOIN records AS b ON a.id < b.id"


def _keyed_pairs(connection: duckdb.DuckDBPyConnection, blocking: Blocking) -> str:
    cap = blocking.most_records_per_key
    ((n_records,),) = connection.execute("SELECT count(*) FROM records").fetchall()
    kinds = affordable_kinds(connection, cap=cap, n_records=n_records)
    usable = ", ".join(f"'{kind}'" for kind in kinds if kind in blocking.kinds)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE keyed AS SELECT key, id FROM"
        " (SELECT unnest(keys) AS key, id FROM records) AS exploded"
        f" WHERE split_part(key, ':', 1) IN ({usable})"
        f" QUALIFY count(*) OVER (PARTITION BY key) BETWEEN 2 AND {cap}"
    )
    return (
        "SELECT DISTINCT a.id AS id_l, b.id AS id_r FROM keyed AS a JOIN keyed AS b"
        " ON a.key = b.key AND a.id < b.id"
    )
