import itertools

from hypothesis import given
from hypothesis import strategies as st

from unify.matching.clusters import joins, mergeable_clusters

Edge = tuple[str, str, float]


def scores(edges: list[Edge]) -> dict[frozenset[str], float]:
    return {frozenset(edge[:2]): edge[2] for edge in edges}


def merged(edges: list[Edge], *, everything: list[Edge] | None = None, largest: int = 20) -> list[set[str]]:
    known = scores(everything or edges)
    found = mergeable_clusters(
        edges, lambda one, other: known.get(frozenset({one, other}), 0), least_score=60, largest=largest
    )
    return sorted(map(set, found), key=sorted)


def test_a_cluster_is_merged_when_every_pair_in_it_holds() -> None:
    edges = [("a", "b", 95.0), ("b", "c", 92.0)]

    assert merged(edges, everything=[*edges, ("a", "c", 70.0)]) == [{"a", "b", "c"}]


def test_one_weak_pair_keeps_two_groups_apart() -> None:
    edges = [("a", "b", 95.0), ("b", "c", 92.0)]

    assert merged(edges, everything=[*edges, ("a", "c", 40.0)]) == [{"a", "b"}, {"c"}]


def test_a_pair_nobody_compared_is_weak() -> None:
    assert merged([("a", "b", 95.0), ("b", "c", 92.0)]) == [{"a", "b"}, {"c"}]


def test_a_cluster_does_not_outgrow_its_cap() -> None:
    edges = [(one, other, 95.0) for one, other in itertools.combinations("abcdef", 2)]

    assert max(map(len, merged(edges, largest=4))) == 4


def test_the_surest_pairs_join_first() -> None:
    found = list(joins([("a", "b", 5.0), ("c", "d", 9.0), ("b", "c", 1.0)]))

    assert [{*left, *right} for _, left, right in found[:2]] == [{"c", "d"}, {"a", "b"}]
    assert found[0][0] == 9.0


def test_one_link_does_not_weld_two_families() -> None:
    family = [("a", "b", 15.0), ("b", "c", 15.0), ("a", "c", 15.0)]
    other = [("d", "e", 15.0), ("e", "f", 15.0), ("d", "f", 15.0)]
    found = list(joins([*family, *other, ("c", "d", 14.0)]))

    assert [weight > 0 for weight, *_ in found] == [True, True, True, True, False]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.floats(-30, 60)), max_size=30
    ).map(lambda edges: {frozenset(e[:2]): e for e in edges if e[0] != e[1]})
)
def test_joining_never_repeats_or_loses_a_member(edges: dict[frozenset[str], Edge]) -> None:
    seen: dict[str, frozenset[str]] = {}
    for _, left, right in joins(edges.values()):
        for group in (frozenset(left), frozenset(right)):
            assert all(seen.get(member, frozenset({member})) == group for member in group)
        assert not set(left) & set(right)
        seen.update(dict.fromkeys((*left, *right), frozenset(left) | frozenset(right)))
