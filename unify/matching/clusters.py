"""Pairs to clusters: who belongs together when everything known about a group is looked at.

Linking every pair above a threshold lets one wrong link weld two families together. Clusters are therefore
built by average linkage: two groups join when the mean weight over all pairs between them is high enough, and
a pair nobody compared counts as evidence against. One pair's weight is limited on both sides, so that no
single one decides.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

Pair = tuple[str, str]
MOST_WEIGHT = 20.0
NOT_COMPARED = -12.0


@dataclass(slots=True)
class _Group:
    members: list[str]
    links: dict[int, tuple[float, int]] = field(default_factory=dict)  # neighbour -> (sum of weights, pairs)
    alive: bool = True


def joins(
    pairs: Iterable[tuple[str, str, float]],
    *,
    most_weight: float = MOST_WEIGHT,
    not_compared: float = NOT_COMPARED,
    is_allowed: Callable[[list[str], list[str]], bool] | None = None,
) -> Iterator[tuple[float, list[str], list[str]]]:
    """Groups joining in order of their mean weight, surest first: (weight, members, members).

    `is_allowed` may refuse a join for good, by size or by a conflict between members.
    """
    groups, heap = _singles(pairs, most_weight)
    while heap:
        negative, one, other = heapq.heappop(heap)
        left, right = groups[one], groups[other]
        if not (left.alive and right.alive):
            continue
        if is_allowed and not is_allowed(left.members, right.members):
            del left.links[other], right.links[one]
            continue
        yield -negative, left.members, right.members
        _absorb(groups, one, other, heap, not_compared)


def _singles(
    pairs: Iterable[tuple[str, str, float]], most_weight: float
) -> tuple[list[_Group], list[tuple[float, int, int]]]:
    numbers: dict[str, int] = {}
    groups: list[_Group] = []
    heap = []
    for left, right, weight in pairs:
        for member in (left, right):
            if member not in numbers:
                numbers[member] = len(groups)
                groups.append(_Group([member]))
        one, other = numbers[left], numbers[right]
        limited = max(-most_weight, min(most_weight, weight))
        groups[one].links[other] = groups[other].links[one] = (limited, 1)
        heap.append((-limited, one, other))
    heapq.heapify(heap)
    return groups, heap


def _absorb(
    groups: list[_Group], one: int, other: int, heap: list[tuple[float, int, int]], not_compared: float
) -> None:
    """A new group of both, with its links to everybody either was linked to."""
    left, right = groups[one], groups[other]
    left.alive = right.alive = False
    number = len(groups)
    merged = _Group([*left.members, *right.members])
    groups.append(merged)
    for neighbour in left.links.keys() | right.links.keys():
        near = groups[neighbour]
        if not near.alive:
            continue
        total, count = _sum(left.links.get(neighbour), right.links.get(neighbour))
        merged.links[neighbour] = near.links[number] = (total, count)
        near.links.pop(one, None)
        near.links.pop(other, None)
        possible = len(merged.members) * len(near.members)
        mean = (total + (possible - count) * not_compared) / possible
        heapq.heappush(heap, (-mean, number, neighbour))


def _sum(one: tuple[float, int] | None, other: tuple[float, int] | None) -> tuple[float, int]:
    if one is None or other is None:
        return one or other or (0.0, 0)
    return one[0] + other[0], one[1] + other[1]


def mergeable_clusters(
    edges: Iterable[tuple[str, str, float]],
    score_of: Callable[[str, str], float],
    *,
    least_score: float,
    largest: int,
    size_of: Callable[[str], int] = lambda _: 1,
) -> list[list[str]]:
    """Clusters safe to merge at once: linked by the edges, surest first, every pair inside at `least_score`.

    A group that would grow past `largest` records stays in parts; people look at the rest. `size_of` says how
    many records stand behind a member.
    """
    group: dict[str, list[str]] = {}
    for left, right, _ in sorted(edges, key=lambda edge: (-edge[2], edge[0], edge[1])):
        ours, theirs = group.setdefault(left, [left]), group.setdefault(right, [right])
        if ours is theirs or sum(map(size_of, (*ours, *theirs))) > largest:
            continue
        if all(score_of(one, other) >= least_score for one in ours for other in theirs):
            ours.extend(theirs)
            group.update(dict.fromkeys(theirs, ours))
    return [members for name, members in group.items() if members[0] == name]
