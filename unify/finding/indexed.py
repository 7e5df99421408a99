"""The pairs that touch a changed record, from the index of keys: what a run over everybody would compare."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection

from cdp.tenancy.context import require_tenant_id
from unify.finding.loading import load_some
from unify.finding.waiting import WAITING_PAIRS
from unify.matching.key_hashes import HASH_BITS, KIND_NUMBERS

# One more than the cap tells a block that a run over everybody would leave out. Keys come in their order:
# those that are not in memory are read one after the other, not back and forth.
_PAIRS = f"""
SELECT DISTINCT least(own.profile_id, held.profile_id), greatest(own.profile_id, held.profile_id)
  FROM (SELECT key, array_agg(profile_id) AS changed
          FROM (SELECT unnest(keys) AS key, profile_id FROM match_records
                 WHERE tenant_id = %(tenant)s AND profile_id = ANY(%(ids)s::uuid[])) AS of_changed
         WHERE key >> {HASH_BITS} = ANY(%(kinds)s::int[])
         GROUP BY key ORDER BY key) AS wanted
 CROSS JOIN LATERAL (
       SELECT array_agg(found.profile_id) AS holders, count(*) AS n
         FROM (SELECT k.profile_id FROM match_keys AS k
                WHERE k.tenant_id = %(tenant)s AND k.key = wanted.key LIMIT %(cap)s + 1) AS found
 ) AS block
 CROSS JOIN LATERAL unnest(wanted.changed) AS own (profile_id)
 CROSS JOIN LATERAL unnest(block.holders) AS held (profile_id)
 WHERE block.n BETWEEN 2 AND %(cap)s AND own.profile_id <> held.profile_id
 UNION {WAITING_PAIRS}
"""  # noqa: S608 - a number of ours


def load_touched(
    batch: duckdb.DuckDBPyConnection, changed: Collection[uuid.UUID], *, kinds: Sequence[str], cap: int
) -> int:
    """Fill the batch's tables of records and candidates with the pairs touching these; return how many.

    Pairs that wait already are among them, whoever else holds their keys by now.
    """
    values: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "ids": list(changed),
        "kinds": [KIND_NUMBERS[kind] for kind in kinds],
        "cap": cap,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, values)
        pairs = cursor.fetchall()
    load_some(batch, {one for pair in pairs for one in pair})
    lows, highs = [str(low) for low, _ in pairs], [str(high) for _, high in pairs]
    batch.register(
        "touched", pa.table({"low": pa.array(lows, pa.string()), "high": pa.array(highs, pa.string())})
    )
    batch.execute(
        "CREATE OR REPLACE TABLE candidates AS SELECT '0' AS match_key, least(l.id, h.id) AS join_key_l,"
        " greatest(l.id, h.id) AS join_key_r FROM touched"
        " JOIN records AS l ON l.record_id = touched.low JOIN records AS h ON h.record_id = touched.high"
    )
    batch.unregister("touched")
    return len(pairs)
