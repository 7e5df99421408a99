"""Components and clusters straight from the table of pairs."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from unify.matching.batch_tables import connect
from unify.matching.clusters import joins
from unify.matching.components import Link, clusters_of, components

Row = tuple[str, str, float, float]
EVERY_PAIR = pa.schema(
    [("id_l", pa.string()), ("id_r", pa.string()), ("score", pa.float64()), ("linkage", pa.float64())]
)


def table_of(rows: list[Row]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(EVERY_PAIR.names, row, strict=True)) for row in rows], schema=EVERY_PAIR
    )


def found(rows: list[Row], *, least_linkage: float = 0, least_score: float = 0) -> list[list[Link]]:
    with connect() as connection:
        connection.register("pairs", table_of(rows))
        return list(components(connection, least_linkage=least_linkage, least_score=least_score))


def test_a_component_comes_with_every_pair_inside_it() -> None:
    rows = [("a", "b", 95.0, 15.0), ("b", "c", 92.0, 14.0), ("a", "c", 61.0, -3.0), ("c", "d", 60.0, -1.0)]

    assert found(rows) == [[Link(*row) for row in rows[:3]]]


def test_a_component_hangs_together_by_score_where_that_is_asked() -> None:
    rows = [("a", "b", 95.0, 15.0), ("b", "c", 75.0, 14.0)]

    assert found(rows, least_score=90) == [[Link(*rows[0])]]


def test_nothing_comes_of_no_pairs() -> None:
    assert found([]) == []
    assert list(clusters_of(table_of([]))) == []


def test_one_link_welds_no_two_families_of_a_table_either() -> None:
    families = [
        (one, other, 90.0, 15.0)
        for family in ("abc", "def")
        for one, other in zip(family, family[1:] + family[0], strict=True)
    ]

    clusters = clusters_of(table_of([*families, ("c", "d", 90.0, 14.0)]))

    assert sorted(sorted(cluster) for cluster in clusters) == [["a", "b", "c"], ["d", "e", "f"]]


def test_a_join_can_be_refused() -> None:
    rows = [("a", "b", 95.0, 15.0), ("b", "c", 92.0, 14.0), ("a", "c", 92.0, 14.0)]
    clusters = clusters_of(table_of(rows), is_allowed=lambda left, right: len(left) + len(right) <= 2)

    assert [sorted(cluster) for cluster in clusters] == [["a", "b"]]


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")).filter(lambda e: e[0] < e[1]),
        st.integers(-30, 40).map(lambda linkage: linkage + 0.5),
        max_size=30,
    )
)
def test_taken_apart_the_clusters_are_those_of_the_whole(weights: dict[tuple[str, str], float]) -> None:
    rows = [(one, other, 80.0, weight) for (one, other), weight in weights.items()]
    rows.sort(key=lambda row: (-row[3], row[:2]))
    whole: dict[str, frozenset[str]] = {}
    for weight, left, right in joins((one, other, linkage) for one, other, _, linkage in rows):
        if weight >= 0:
            members = frozenset(left) | frozenset(right)
            whole.update(dict.fromkeys(members, members))

    clusters = [frozenset(cluster) for cluster in clusters_of(table_of(rows))]

    assert len(clusters) == len(set(clusters))
    assert set(clusters) == set(whole.values())
