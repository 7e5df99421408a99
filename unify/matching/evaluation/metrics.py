"""Precision, recall and F1 over pairs, of scored pairs and of the clusters made from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Quality:
    precision: float
    recall: float
    f1: float
    threshold: float | None = None  # the match weight it was reached at, where one was searched

    def as_dict(self) -> dict[str, float]:
        return {name: round(value, 6) for name, value in asdict(self).items() if value is not None}


def quality(true_found: int, found: int, true_pairs: int, threshold: float | None = None) -> Quality:
    """Nothing found is precise; nothing to find is complete."""
    precision = true_found / found if found else 1.0
    recall = true_found / true_pairs if true_pairs else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Quality(precision, recall, f1, threshold)


def count_true_pairs(labels: Iterable[str]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(labels).values())


def of_pairs(same: Iterable[bool], true_pairs: int) -> Quality:
    found = list(same)
    return quality(sum(found), len(found), true_pairs)


def best_of_pairs(weighted: Sequence[tuple[float, bool]], true_pairs: int) -> Quality:
    """The best F1 over all thresholds; pairs of one weight are taken together."""
    best = quality(0, 0, true_pairs)
    true_found = 0
    ordered = sorted(weighted, reverse=True)
    for number, (weight, same) in enumerate(ordered, 1):
        true_found += same
        if number == len(ordered) or ordered[number][0] != weight:
            best = max(best, quality(true_found, number, true_pairs, weight), key=lambda found: found.f1)
    return best


def of_clusters(clusters: Iterable[Sequence[str]], labels: Mapping[str, str], true_pairs: int) -> Quality:
    true_found = found = 0
    for members in clusters:
        found += len(members) * (len(members) - 1) // 2
        true_found += count_true_pairs(labels[member] for member in members)
    return quality(true_found, found, true_pairs)


def best_of_clusters(
    joins: Iterable[tuple[float, list[str], list[str]]], labels: Mapping[str, str], true_pairs: int
) -> Quality:
    """The best F1 over all weights at which joining may stop."""
    best = quality(0, 0, true_pairs)
    true_found = found = 0
    for weight, left, right in joins:
        ours, theirs = Counter(labels[member] for member in left), Counter(labels[member] for member in right)
        found += len(left) * len(right)
        true_found += sum(count * theirs[label] for label, count in ours.items())
        best = max(best, quality(true_found, found, true_pairs, weight), key=lambda quality_: quality_.f1)
    return best


def best_of_closure(
    edges: Iterable[tuple[str, str, float]], labels: Mapping[str, str], true_pairs: int
) -> Quality:
    """The best F1 over all thresholds when every chain of pairs above it is closed; heaviest edges first.

    Far down one group swallows nearly all: labels are counted once and the smaller group moves to the larger.
    """
    group: dict[str, list[str]] = {}
    counts: dict[int, Counter[str]] = {}
    best = quality(0, 0, true_pairs)
    true_found = found = 0
    for left, right, weight in edges:
        for member in (left, right):
            if member not in group:
                group[member] = [member]
                counts[id(group[member])] = Counter([labels[member]])
        larger, smaller = sorted((group[left], group[right]), key=len, reverse=True)
        if larger is smaller:
            continue
        found += len(larger) * len(smaller)
        known, moving = counts[id(larger)], counts.pop(id(smaller))
        true_found += sum(count * known[label] for label, count in moving.items())
        best = max(best, quality(true_found, found, true_pairs, weight), key=lambda quality_: quality_.f1)
        known.update(moving)
        larger.extend(smaller)
        group.update(dict.fromkeys(smaller, larger))
    return best
