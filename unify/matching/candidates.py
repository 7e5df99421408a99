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
_SHARED = """
    CREATE OR REPLACE TEMP TABLE shared AS
    SELECT key, count(*) AS n FROM (SELECT unnest(keys) AS key FROM records)
    GROUP BY key HAVING n BETWEEN 2 AND ?
"""
_COST_OF_KINDS = f"SELECT key >> {HASH_BITS} AS kind, sum(n * (n - 1) // 2) FROM shared GROUP BY kind"  # noqa: S608
_KEYED = f"""
    CREATE OR REPLACE TEMP TABLE keyed AS
    SELECT key, id
    FROM (SELECT unnest(keys) AS key, id FROM records) AS exploded
    SEMI JOIN (SELECT key FROM shared WHERE list_contains(?, key >> {HASH_BITS})) AS wanted USING (key)
"""  # noqa: S608 - a number of ours
# The lesser id stands left, as everywhere: a text distance may depend on the order of its arguments.
_IN_ORDER = """
    SELECT '0' AS match_key,
        CASE WHEN l.record_id < r.record_id THEN id_l ELSE id_r END AS join_key_l,
        CASE WHEN l.record_id < r.record_id THEN id_r ELSE id_l END AS join_key_r
"""
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
    FROM changed AS a JOIN records AS b ON a.id <> b.id
"""


def affordable_kinds(
    connection: duckdb.DuckDBPyConnection, blocking: Blocking, *, n_records: int
) -> tuple[str, ...]:
    """The sure kinds, and of the vaguer ones as many, surest first, as the budget of pairs allows.

    So a name alone is a key for a hundred thousand records, and none for a million.
    """
    _find_shared(connection, blocking)
    costs = dict(connection.execute(_COST_OF_KINDS).fetchall())
    left = max(_PAIRS_PER_RECORD * n_records, _PAIRS_IN_A_SMALL_SET)
    chosen = []
    for kind in KINDS:
        pairs = int(costs.get(KIND_NUMBERS[kind], 0))
        if kind in blocking.kinds and (kind in SURE_KINDS or pairs <= left):
            chosen.append(kind)
            left -= pairs
    return tuple(chosen)


def _find_shared(connection: duckdb.DuckDBPyConnection, blocking: Blocking) -> None:
    connection.execute(_SHARED, [blocking.most_records_per_key])


def candidate_pairs(
    connection: duckdb.DuckDBPyConnection,
    blocking: Blocking,
    *,
    changed_ids: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Fill the table `candidates` with pairs of rows of `records`, each once, in Splink's shape.

    Returns the kinds of keys that were used: the affordable ones where `kinds` does not tell. A run over a
    part of the records must be told, for it cannot see what a kind costs.
    """
    ((n_records,),) = connection.execute("SELECT count(*) FROM records").fetchall()
    is_small = n_records * (n_records - 1) // 2 <= ALL_PAIRS
    if not is_small:
        kinds = _key(connection, blocking, kinds, n_records)
    if changed_ids is None:
        source = _ALL if is_small else _BY_KEY
    else:
        _find_changed(connection, changed_ids)
        source = _ALL_OF_CHANGED if is_small else _BY_KEY_OF_CHANGED
    connection.execute(
        f"CREATE OR REPLACE TABLE candidates AS {_IN_ORDER} FROM ({source}) AS found"
        " JOIN records AS l ON l.id = id_l JOIN records AS r ON r.id = id_r"
    )
    return tuple(kinds or blocking.kinds)


def _key(
    connection: duckdb.DuckDBPyConnection, blocking: Blocking, kinds: Sequence[str] | None, n_records: int
) -> Sequence[str]:
    """Fill the table `keyed` with who holds which of the keys in use."""
    if kinds is None:
        kinds = affordable_kinds(connection, blocking, n_records=n_records)
    else:
        _find_shared(connection, blocking)
    connection.execute(_KEYED, [[KIND_NUMBERS[kind] for kind in kinds]])
    return kinds


def _find_changed(connection: duckdb.DuckDBPyConnection, changed_ids: Sequence[str]) -> None:
    connection.register("changed_ids", pa.table({"record_id": pa.array(changed_ids, pa.string())}))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed AS"
        " SELECT DISTINCT id FROM records SEMI JOIN changed_ids USING (record_id)"
    )
    connection.unregister("changed_ids")
