"""Pairs that wait already: compared again by every search, whatever keys their records share by now."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from itertools import islice

import duckdb
import pyarrow as pa
from django.db import connection

from cdp.tenancy.context import require_tenant_id

_AT_ONCE = 100_000
# What people or contradicting ids have opened stays without being found again.
WAITING_PAIRS = """
SELECT c.low_id, c.high_id FROM match_candidates AS c
 WHERE c.tenant_id = %(tenant)s AND c.state = 'pending' AND c.origin = 'job'
   AND (%(ids)s::uuid[] IS NULL
     OR c.low_id = ANY(%(ids)s::uuid[]) OR c.high_id = ANY(%(ids)s::uuid[]))
"""
_KEEP = "CREATE OR REPLACE TEMP TABLE waiting (low VARCHAR, high VARCHAR)"
_ADD = """
INSERT INTO candidates
SELECT '0', l.id, r.id FROM waiting
  JOIN records AS l ON l.record_id = waiting.low
  JOIN records AS r ON r.record_id = waiting.high
  ANTI JOIN candidates AS c ON c.join_key_l = l.id AND c.join_key_r = r.id
"""


def add_waiting(batch: duckdb.DuckDBPyConnection, touched: Sequence[uuid.UUID] | None) -> None:
    """Add the waiting pairs, with ``touched`` those of these customers, to the batch's table of candidates.

    A key that too many hold by now, or a kind that has become too dear, says nothing about a pair that was
    found by it: only its score may end its waiting.
    """
    batch.execute(_KEEP)
    rows = _rows(None if touched is None else list(touched))
    while part := list(islice(rows, _AT_ONCE)):
        lows, highs = zip(*part, strict=True)
        table = pa.table({"low": pa.array(lows, pa.string()), "high": pa.array(highs, pa.string())})
        batch.register("part", table)
        batch.execute("INSERT INTO waiting FROM part")
        batch.unregister("part")
    batch.execute(_ADD)


def _rows(ids: list[uuid.UUID] | None) -> Iterator[tuple[str, str]]:
    values = {"tenant": require_tenant_id(), "ids": ids}
    statement = f"COPY ({WAITING_PAIRS}) TO STDOUT"
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement, values) as rows,
    ):
        yield from rows.rows()
