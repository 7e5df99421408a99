"""From scored pairs to precision, recall and F1, as the product would merge, queue and drop them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from unify.matching.clusters import joins, mergeable_clusters
from unify.matching.evaluation.metrics import (
    Quality,
    best_of_closure,
    best_of_clusters,
    best_of_pairs,
    count_true_pairs,
    of_clusters,
    of_pairs,
)
from unify.matching.evaluator import evaluator_of
from unify.matching.model import MatchModel
from unify.matching.record import PersonRecord


class ScoredPair(NamedTuple):
    """One pair worth looking at, and the truth about it."""

    left: str
    right: str
    linkage: float
    score: float
    has_conflict: bool
    is_same: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """All such pairs, the heaviest first, and how many true ones were looked at."""

    pairs: list[ScoredPair]
    blocking_recall: float
    candidates: int


def report_of(
    scored: Scored, model: MatchModel, records: Mapping[str, PersonRecord], labels: Mapping[str, str]
) -> dict[str, Any]:
    """`auto`: what merges by itself. `review`: what would be merged if people said yes to all they are shown.

    `best`: the best threshold found with the labels at hand, its `clusters` built as the product builds them;
    `best_closure`: the same for what hangs together by any chain of pairs.
    """
    true_pairs = count_true_pairs(labels.values())
    judge = _Judge(scored, model, records)
    weighted = [(pair.linkage, pair.is_same) for pair in scored.pairs]
    edges = [(pair.left, pair.right, pair.linkage) for pair in scored.pairs]
    found = {
        name: {
            "pairs": of_pairs((pair.is_same for pair in scored.pairs if pair.score >= least), true_pairs),
            "clusters": of_clusters(judge.clusters(least, is_sure=is_sure), labels, true_pairs),
        }
        for name, least, is_sure in (
            ("auto", model.merge_score, True),
            ("review", model.review_score, False),
        )
    }
    found["best"] = {
        "pairs": best_of_pairs(weighted, true_pairs),
        "clusters": best_of_clusters(joins(edges), labels, true_pairs),
    }
    closed = best_of_closure(edges, labels, true_pairs)
    return {**{name: _plain(measures) for name, measures in found.items()}, "best_closure": closed.as_dict()}


class _Judge:
    """The clusters that the product would make."""

    def __init__(self, scored: Scored, model: MatchModel, records: Mapping[str, PersonRecord]) -> None:
        self._pairs = scored.pairs
        self._model = model
        self._records = records
        self._known = {(pair.left, pair.right): pair for pair in scored.pairs}

    def clusters(self, least_score: float, *, is_sure: bool) -> list[list[str]]:
        """Groups linked at `least_score`; where nobody is asked, nothing in them may speak against it."""

        def score_of(left: str, right: str) -> float:
            score, has_conflict = self._score(*sorted((left, right)))
            return 0.0 if is_sure and has_conflict else score

        edges = [(pair.left, pair.right, pair.score) for pair in self._pairs if pair.score >= least_score]
        return mergeable_clusters(
            edges, score_of, least_score=self._model.review_score, largest=self._model.largest_cluster
        )

    def _score(self, left: str, right: str) -> tuple[float, bool]:
        if pair := self._known.get((left, right)):
            return pair.score, pair.has_conflict
        found = evaluator_of(self._model).evaluate(self._records[left], self._records[right])
        return found.score, bool(found.conflicts)


def _plain(measures: Mapping[str, Quality]) -> dict[str, dict[str, float]]:
    return {name: measure.as_dict() for name, measure in measures.items()}
