"""From a match weight to the score people see, and the evidence that keeps a score down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LARGEST_EXPONENT = 500.0


def probability(weight: float) -> float:
    """The match probability of a weight in bits, prior included."""
    return 1 / (1 + 2 ** min(-weight, _LARGEST_EXPONENT))


def score(weight: float, score_map: Sequence[tuple[float, int]]) -> float:
    """0 to 100, by straight lines between the points of the map."""
    first, last = score_map[0], score_map[-1]
    if weight <= first[0]:
        return float(first[1])
    for (low, low_score), (high, high_score) in zip(score_map, score_map[1:], strict=False):
        if weight < high:
            return low_score + (weight - low) * (high_score - low_score) / (high - low)
    return float(last[1])


def linkage(weight: float, level_weights: Iterable[float], *, is_shared: bool) -> float:
    """What a pair contributes to a cluster: its weight, but only what differs where what agrees is shared."""
    return min(weight, sum(min(0.0, level) for level in level_weights)) if is_shared else weight


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a pair may not score higher than `cap`, whatever agrees."""

    rule: str
    cap: int
    is_shared: bool = False  # what agrees is shared by a household or a building
