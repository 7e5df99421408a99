"""Candidate pairs from blocking keys, in DuckDB: the records of each key against each other, up to a cap."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from unify.matching.blocking import KINDS, SURE_KINDS
from unify.matching.key_hashes import HASH_BITS, KIND_NUMBERS
from unify.matching.model import Blocking

# Below this many pairs in all, comparing everything with everything costs less than thinking about it.
ALL_PAIRS = 1_000_000
_PAIRS_PER_RECORD = 3
_PAIRS_IN_A_SMALL_SET = 2_000_000
_COST_OF_KINDS = f"""
    SELECT kind, sum(n * (n - 1) / 2)
    FROM (
        SELECT key >> {HASH_BITS} AS kind, count(*) AS n
        FROM (SELECT unnest(keys) AS key FROM records)
        GROUP BY key, kind HAVING n BETWEEN 2 AND ?
    )
    GROUP BY kind
"""  # noqa: S608 - a number of ours
_KEYED = f"""
    CREATE OR REPLACE TEMP TABLE keyed AS
    SELECT key, id
    FROM (SELECT unnest(keys) AS key, id FROM records) AS exploded
    WHERE list_contains(?, key >> {HASH_BITS})
    QUALIFY count(*) OVER (PARTITION BY key) BETWEEN 2 AND ?
"""  # noqa: S608
_ALL = "SELECT a.id AS id_l, b.id AS id_r FROM records AS a JOIN records AS b ON a.id < b.id"
_BY_KEY = """
    SELECT DISTINCT a.id AS id_l, b.id AS id_r
    FROM keyed AS a JOIN keyed AS b ON a.key = b.key AND a.id < b.id
"""
_BY_KEY_OF_CHANGED = """
    SELECT DISTINCT least(a.id, b.id) AS id_l, greatest(a.id, b.id) AS id_r
    FROM keyed AS a
    JOIN changed ON changed.id = a.id
    JOIN keyed AS b ON a.key = b.key AND a.id <> b.id
"""
_ALL_OF_CHANGED = """
    SELECT DISTINCT least(a.id, b.id) AS id_l, greatest(a.id, b.id) AS id_r
    FROM changed AS a JOIN records AS own ON own.id = a.id JOIN records AS b ON a.id <> b.id
"""


def affordable_kinds(
    connection: duckdb.DuckDBPyConnection, blocking: Blocking, *, n_records: int
) -> tuple[str, ...]:
    """The sure kinds, and of the vaguer ones as many, surest first, as the budget of pairs allows.

    So a name alone is a key for a hundred thousand records, and none for a million.
    """
    costs = dict(connection.execute(_COST_OF_KINDS, [blocking.most_records_per_key]).fetchall())
    left = max(_PAIRS_PER_RECORD * n_records, _PAIRS_IN_A_SMALL_SET)
    chosen = []
    for kind in KINDS:
        pairs = int(costs.get(KIND_NUMBERS[kind], 0))
        if kind in blocking.kinds and (kind in SURE_KINDS or pairs <= left):
            chosen.append(kind)
            left -= pairs
    return tuple(chosen)


def candidate_pairs(
    connection: duckdb.DuckDBPyConnection, blocking: Blocking, *, changed_ids: Sequence[str] | None = None
) -> None:
    """Fill the table `candidates` with the pairs of the table `records`, each once, in Splink's shape."""
    ((n_records,),) = connection.execute("SELECT count(*) FROM records").fetchall()
    is_small = n_records * (n_records - 1) // 2 <= ALL_PAIRS
    if not is_small:
        kinds = affordable_kinds(connection, blocking, n_records=n_records)
        connection.execute(_KEYED, [[KIND_NUMBERS[kind] for kind in kinds], blocking.most_records_per_key])
    if changed_ids is None:
        source = _ALL if is_small else _BY_KEY
    else:
        connection.register("changed", pa.table({"id": pa.array(changed_ids, pa.string())}))
        source = _ALL_OF_CHANGED if is_small else _BY_KEY_OF_CHANGED
    connection.execute(
        "CREATE OR REPLACE TABLE candidates AS SELECT '0' AS match_key,"  # noqa: S608 - one of the above
        f" id_l AS join_key_l, id_r AS join_key_r FROM ({source})"
    )
