"""Scores and conflict rules of a batch, in SQL over what Splink predicted: the twin of scoring, conflicts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from unify.matching.conflicts import RULES, SHARED_RULES, Asked, Rule, State, levels_in
from unify.matching.model import Comparison, MatchModel

_APART = 1e-9


def scored_sql(model: MatchModel, predicted: str, least_score: float) -> str:
    """id_l, id_r, weight, score, conflicts, and per comparison the level reached and its weight."""
    names = [comparison.output_column_name for comparison in model.comparisons]
    rules = _rules(model)
    capped = "".join(f", CASE WHEN {condition} THEN {cap} ELSE 100 END" for _, condition, cap in rules)
    conflicts = ", ".join(f"CASE WHEN {condition} THEN '{rule}' END" for rule, condition, _ in rules)
    weights = ", ".join(
        f"{_weight(comparison)} AS weight_{comparison.output_column_name}" for comparison in model.comparisons
    )
    levels = ", ".join(f"gamma_{name}, weight_{name}" for name in names)
    any_rule = " OR ".join(f"({condition})" for _, condition, _ in rules)
    shared = " OR ".join(f"({condition})" for rule, condition, _ in rules if rule in SHARED_RULES)
    differing = " + ".join(f"least(0, weight_{name})" for name in names)
    linkage = f"CASE WHEN {shared} THEN least(weight, {differing}) ELSE weight END"
    scored = f"least({_score_sql(model.score_map)}{capped})"
    return (
        f"SELECT id_l, id_r, weight, {scored} AS score, {linkage} AS linkage,"  # noqa: S608
        f" concat_ws(',', {conflicts}) AS conflicts, {levels}"
        f" FROM (SELECT id_l, id_r, auth_id_l, auth_id_r, match_weight AS weight, {_gammas(model)}, {weights}"
        f" FROM {predicted}) AS levels,"
        f" LATERAL (SELECT {_calibrated_sql(model, any_rule)} AS calibrated) AS scale"
        f" WHERE {scored} >= {least_score}"
    )


def are_levels_told_by_weight(model: MatchModel) -> bool:
    """Whether no two levels of a comparison weigh the same; else Splink has to carry the values along."""
    return all(_are_apart(list(_level_weights(comparison).values())) for comparison in model.comparisons)


def _are_apart(weights: list[float]) -> bool:
    ordered = sorted(weights)
    return all(high - low > 2 * _APART for low, high in zip(ordered, ordered[1:], strict=False))


def _level_weights(comparison: Comparison) -> dict[int, float]:
    """Splink's number of each level (null -1, ELSE 0, the first one highest), and its weight."""
    weights = {-1: 0.0}
    levels = [level for level in comparison.comparison_levels if not level.is_null_level]
    for number, level in enumerate(reversed(levels)):
        if level.m_probability is not None and level.u_probability is not None:
            weights[number] = math.log2(level.m_probability / level.u_probability)
    return weights


def _gammas(model: MatchModel) -> str:
    if not are_levels_told_by_weight(model):
        return ", ".join(f"gamma_{comparison.output_column_name}" for comparison in model.comparisons)
    return ", ".join(map(_gamma, model.comparisons))


def _gamma(comparison: Comparison) -> str:
    name = comparison.output_column_name
    branches = " ".join(
        f"WHEN abs(mw_{name} - ({weight!r})) < {_APART} THEN {number}"
        for number, weight in _level_weights(comparison).items()
    )
    return f"CASE {branches} END AS gamma_{name}"


def _weight(comparison: Comparison) -> str:
    name = comparison.output_column_name
    adjusted = any(level.tf_adjustment_column for level in comparison.comparison_levels)
    return f"mw_{name} + mw_tf_adj_{name}" if adjusted else f"mw_{name}"


def _calibrated_sql(model: MatchModel, any_rule: str) -> str:
    """The twin of calibration.calibrated_weight."""
    fitted = model.calibration
    if fitted is None:
        return "weight"
    return (
        f"({fitted.slope!r} * weight + {fitted.offset!r}"
        f" + CASE WHEN {any_rule} THEN {fitted.conflict!r} ELSE 0 END) / {math.log(2)!r}"
    )


def _score_sql(score_map: Sequence[tuple[float, int]]) -> str:
    branches = [f"WHEN calibrated <= {score_map[0][0]} THEN {float(score_map[0][1])}"]
    for (low, low_score), (high, high_score) in zip(score_map, score_map[1:], strict=False):
        line = f"{low_score} + (calibrated - {low}) * {high_score - low_score} / ({high} - {low})"
        branches.append(f"WHEN calibrated < {high} THEN {line}")
    return f"CASE {' '.join(branches)} ELSE {float(score_map[-1][1])} END"


def _rules(model: MatchModel) -> list[tuple[str, str, int]]:
    """Name, condition and cap of each rule of `conflicts`, over the levels reached."""
    comparisons = {comparison.output_column_name: comparison for comparison in model.comparisons}

    def condition(asked: Asked) -> str:
        name, state = asked
        if name not in comparisons:
            return "true" if state is State.MISSING else "false"
        numbers = levels_in(state, comparisons[name])
        return f"gamma_{name} IN ({', '.join(map(str, numbers))})" if numbers else "false"

    def whole(rule: Rule) -> str:
        groups = (f"({' AND '.join(map(condition, group))})" for group in rule.unless)
        unless = " OR ".join(groups) or "false"
        return f"{' AND '.join(map(condition, rule.when))} AND NOT ({unless})"

    own = [(rule.name, whole(rule), int(getattr(model.caps, rule.cap))) for rule in RULES]
    return [("auth_id", "coalesce(auth_id_l <> auth_id_r, false)", model.caps.auth_id), *own]
