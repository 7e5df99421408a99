"""One pair scored in Python by the model file, the same as Splink scores it in a batch."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from unify.matching.calibration import calibrated_weight
from unify.matching.conditions import Closure, Columns, compile_condition
from unify.matching.conflicts import conflicts_of
from unify.matching.model import Comparison, Level, MatchModel
from unify.matching.record import PersonRecord
from unify.matching.scoring import Conflict, linkage, probability, score

_KEPT = 16


@dataclass(frozen=True, slots=True)
class LevelReached:
    """What one comparison says about a pair, and what it adds, in bits."""

    comparison: str
    description: str
    label: str
    weight: float
    is_null: bool
    is_conflict: bool


@dataclass(frozen=True, slots=True)
class PairScore:
    weight: float  # log2 of the odds, prior included, before calibration
    probability: float  # after it
    score: float  # 0 to 100
    linkage: float  # the weight that counts when clusters are built
    prior: float
    levels: tuple[LevelReached, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    level: Level
    holds: Closure
    weigh: Callable[[Columns, Columns], float]


class Evaluator:
    """A model compiled once; `weight` is the quick way, `evaluate` also explains."""

    def __init__(self, model: MatchModel) -> None:
        self.model = model.validate_trained()
        prior = model.probability_two_random_records_match
        self.prior = math.log2(prior / (1 - prior))
        self._compiled = [
            (comparison, [_compile(level, model) for level in comparison.comparison_levels])
            for comparison in model.comparisons
        ]

    def weight(self, left: Columns, right: Columns) -> float:
        """The match weight of two records given by PersonRecord.columns."""
        total = self.prior
        for _, levels in self._compiled:
            for level in levels:
                if level.holds(left, right):
                    total += level.weigh(left, right)
                    break
        return total

    def evaluate(self, a: PersonRecord, b: PersonRecord) -> PairScore:
        """Score and explain a pair, in whichever order it comes."""
        one, other = (a, b) if a.id <= b.id else (b, a)
        return self.evaluate_columns(one.columns(), other.columns())

    def evaluate_columns(self, left: Columns, right: Columns) -> PairScore:
        reached = tuple(_reached(comparison, levels, left, right) for comparison, levels in self._compiled)
        weight = self.prior + sum(level.weight for level in reached)
        auth_ids = {left["auth_id"], right["auth_id"]} - {None}
        labels = {level.comparison: level.label for level in reached}
        conflicts = conflicts_of(labels, auth_ids_differ=len(auth_ids) > 1, caps=self.model.caps)
        caps = (conflict.cap for conflict in conflicts)
        calibrated = calibrated_weight(
            weight, has_conflict=bool(conflicts), calibration=self.model.calibration
        )
        return PairScore(
            weight=weight,
            probability=probability(calibrated),
            score=min([score(calibrated, self.model.score_map), *map(float, caps)]),
            linkage=linkage(
                weight,
                (level.weight for level in reached),
                is_shared=any(conflict.is_shared for conflict in conflicts),
            ),
            prior=self.prior,
            levels=reached,
            conflicts=conflicts,
        )


_evaluators: dict[int, Evaluator] = {}  # by the model's id; each evaluator keeps its model alive


def evaluator_of(model: MatchModel) -> Evaluator:
    """The compiled model, kept for the next call."""
    found = _evaluators.get(id(model))
    if found is None:
        while len(_evaluators) >= _KEPT:
            _evaluators.pop(next(iter(_evaluators)))
        found = _evaluators[id(model)] = Evaluator(model)
    return found


def evaluate(model: MatchModel, a: PersonRecord, b: PersonRecord) -> PairScore:
    """Score and explain one pair."""
    return evaluator_of(model).evaluate(a, b)


def _reached(comparison: Comparison, levels: list[_Compiled], left: Columns, right: Columns) -> LevelReached:
    compiled = next(level for level in levels if level.holds(left, right))
    return LevelReached(
        comparison=comparison.output_column_name,
        description=comparison.comparison_description,
        label=compiled.level.label_for_charts,
        weight=compiled.weigh(left, right),
        is_null=compiled.level.is_null_level,
        is_conflict=compiled.level.is_conflict,
    )


def _always(left: Columns, right: Columns) -> bool:
    return True


def _compile(level: Level, model: MatchModel) -> _Compiled:
    holds = _always if level.is_else else compile_condition(level.sql_condition)
    return _Compiled(level, holds, _weigher(level, model))


def _weigher(level: Level, model: MatchModel) -> Callable[[Columns, Columns], float]:
    m, u, column = level.m_probability, level.u_probability, level.tf_adjustment_column
    if level.is_null_level or m is None or u is None:
        return lambda left, right: 0.0
    plain = math.log2(m / u)
    if column is None:
        return lambda left, right: plain
    frequencies = model.term_frequencies.get(column, {})
    weights = {value: math.log2(m / max(tf, level.tf_minimum_u_value)) for value, tf in frequencies.items()}

    def weigh(left: Columns, right: Columns) -> float:
        return weights.get(left[column], plain)

    return weigh
