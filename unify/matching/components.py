"""The pairs of a batch, taken apart into components and clusters without holding them all.

Two million pairs as Python objects are a gigabyte. The pairs stay in DuckDB; Python keeps one number per
record and the pairs of one component, which is what a decision needs to see.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import duckdb
import pyarrow as pa

from unify.matching.batch_tables import connect
from unify.matching.clusters import joins

_ROWS_AT_ONCE = 50_000
_NUMBERED = """
    CREATE OR REPLACE TEMP TABLE members AS
    SELECT row_number() OVER () - 1 AS number, id
    FROM (SELECT id_l AS id FROM pairs UNION SELECT id_r FROM pairs)
"""
_EDGES = """
    SELECT l.number, r.number FROM pairs
    JOIN members AS l ON l.id = id_l JOIN members AS r ON r.id = id_r
    WHERE linkage >= ? AND score >= ?
"""
_ROOTS = pa.schema([("number", pa.int64()), ("component", pa.int64())])
# A pair between two components links nothing; inside one it counts, however little it weighs.
_BY_COMPONENT = """
    SELECT l.component, id_l, id_r, score, linkage FROM pairs
    JOIN components AS l ON l.id = id_l JOIN components AS r ON r.id = id_r AND r.component = l.component
    ORDER BY l.component, linkage DESC, id_l, id_r
"""


class Link(NamedTuple):
    """What is known of one pair."""

    id_l: str
    id_r: str
    score: float
    linkage: float


def components(
    connection: duckdb.DuckDBPyConnection, *, least_linkage: float = 0.0, least_score: float = 0.0
) -> Iterator[list[Link]]:
    """The pairs of the table `pairs` (id_l, id_r, score, linkage), component by component.

    A component is what pairs of at least `least_linkage` and `least_score` hang together; it comes with every
    pair inside it, the lighter ones too, the heaviest first.
    """
    _number(connection, least_linkage, least_score)
    with connection.cursor() as cursor:
        batches = cursor.sql("FROM linked").to_arrow_reader(_ROWS_AT_ONCE)
        rows = (row for batch in batches for row in zip(*batch.to_pydict().values(), strict=True))
        for _, group in groupby(rows, key=itemgetter(0)):
            yield [Link(*row[1:]) for row in group]


def clusters_of(
    pairs: duckdb.DuckDBPyConnection | pa.Table,
    *,
    least_linkage: float = 0.0,
    is_allowed: Callable[[list[str], list[str]], bool] | None = None,
) -> Iterator[list[str]]:
    """Groups of two and more that belong together, by average linkage within each component.

    `pairs` is the table `predict` gave, or the connection that `predict_on` filled. A pair that is not in it
    counts as never compared.
    """
    if isinstance(pairs, pa.Table):
        with connect() as connection:
            connection.register("pairs", pairs)
            yield from clusters_of(connection, least_linkage=least_linkage, is_allowed=is_allowed)
        return
    for links in components(pairs, least_linkage=least_linkage):
        yield from _groups(links, least_linkage, is_allowed)


def _groups(
    links: list[Link], least_linkage: float, is_allowed: Callable[[list[str], list[str]], bool] | None
) -> Iterator[list[str]]:
    groups: dict[str, list[str]] = {}
    edges = ((link.id_l, link.id_r, link.linkage) for link in links)
    for weight, left, right in joins(edges, is_allowed=is_allowed):
        if weight < least_linkage:
            break
        members = [*left, *right]
        groups.update(dict.fromkeys(members, members))
    yield from (members for name, members in groups.items() if members[0] == name)


def _number(connection: duckdb.DuckDBPyConnection, least_linkage: float, least_score: float) -> None:
    """Fill the table `linked` with the pairs inside components, in their order."""
    connection.execute(_NUMBERED)
    ((count,),) = connection.execute("SELECT count(*) FROM members").fetchall()
    roots = _Roots(count)
    connection.execute(_EDGES, [least_linkage, least_score])
    while rows := connection.fetchmany(_ROWS_AT_ONCE):
        for one, other in rows:
            roots.join(one, other)
    found = {"number": range(count), "component": [roots.of(number) for number in range(count)]}
    connection.register("roots", pa.table(found, schema=_ROOTS))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE components AS"
        " SELECT id, component FROM members JOIN roots USING (number)"
    )
    connection.unregister("roots")
    connection.execute(f"CREATE OR REPLACE TABLE linked AS {_BY_COMPONENT}")


class _Roots:
    """Disjoint sets of numbers, eight bytes each."""

    def __init__(self, count: int) -> None:
        self._above = array("q", range(count))

    def of(self, number: int) -> int:
        """The number that stands for the set, whose path is halved on the way."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        root, lower = self.of(one), self.of(other)
        self._above[max(root, lower)] = min(root, lower)
