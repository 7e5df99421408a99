"""Platt scaling: what people decided about pairs turns match weights into the odds of this tenant.

Field weights are left alone: under about a thousand verdicts they cannot be learned better from people than
from the records themselves. J. Platt, "Probabilistic outputs for support vector machines" (1999), with its
smoothed targets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from unify.matching.errors import NotEnoughData
from unify.matching.model import Calibration

FEWEST_VERDICTS = 200
FEWEST_OF_EACH = 10
_STEPS = 100
_CLOSE = 1e-10
# Keeps the fit finite when verdicts are separated perfectly; worth about one verdict.
_RIDGE = (1e-3, 1e-3, 1e-1)
_BITS = math.log(2)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said about a pair the model gave this weight."""

    weight: float
    has_conflict: bool
    is_same: bool


def calibrate(verdicts: Sequence[Verdict]) -> Calibration:
    """The scaling that makes these verdicts likeliest; raises NotEnoughData below 200, or 10 of a kind."""
    same = sum(verdict.is_same for verdict in verdicts)
    if len(verdicts) < FEWEST_VERDICTS or min(same, len(verdicts) - same) < FEWEST_OF_EACH:
        raise NotEnoughData(
            f"{len(verdicts)} verdicts, {same} of them “the same”, are too few: "
            f"{FEWEST_VERDICTS} are needed, and {FEWEST_OF_EACH} of either kind."
        )
    yes, no = (same + 1) / (same + 2), 1 / (len(verdicts) - same + 2)
    rows = [
        ((verdict.weight, 1.0, float(verdict.has_conflict)), yes if verdict.is_same else no)
        for verdict in verdicts
    ]
    slope, offset, conflict = _fit(rows)
    if slope <= 0:
        raise NotEnoughData(
            "The verdicts contradict the weights: more weight would mean less likely the same."
        )
    return Calibration(slope=slope, offset=offset, conflict=min(conflict, 0.0), verdicts=len(verdicts))


def calibrated_weight(weight: float, *, has_conflict: bool, calibration: Calibration | None) -> float:
    """The weight in bits that verdicts would have given; the weight itself before there are enough."""
    if calibration is None:
        return weight
    linear = calibration.slope * weight + calibration.offset
    return (linear + calibration.conflict if has_conflict else linear) / _BITS


_Row = tuple[tuple[float, float, float], float]


def _fit(rows: Sequence[_Row]) -> tuple[float, float, float]:
    """Newton's method on the logistic likelihood of soft targets, from the uncalibrated weights on."""
    point = (_BITS, 0.0, 0.0)
    for _ in range(_STEPS):
        gradient, hessian = _derivatives(rows, point)
        step = _solve(hessian, gradient)
        longest = max(map(abs, step))
        scale = min(1.0, 1.0 / longest) if longest else 1.0
        point = (point[0] - scale * step[0], point[1] - scale * step[1], point[2] - scale * step[2])
        if longest < _CLOSE:
            break
    return point


def _derivatives(
    rows: Sequence[_Row], point: tuple[float, float, float]
) -> tuple[list[float], list[list[float]]]:
    gradient = [
        ridge * (value - start) for ridge, value, start in zip(_RIDGE, point, (_BITS, 0, 0), strict=True)
    ]
    hessian = [[_RIDGE[i] if i == j else 0.0 for j in range(3)] for i in range(3)]
    for features, target in rows:
        linear = sum(value * feature for value, feature in zip(point, features, strict=True))
        expected = 1 / (1 + math.exp(-max(-500.0, min(500.0, linear))))
        spread = max(expected * (1 - expected), 1e-12)
        for i in range(3):
            gradient[i] += (expected - target) * features[i]
            for j in range(3):
                hessian[i][j] += spread * features[i] * features[j]
    return gradient, hessian


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss elimination of three equations with partial pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(3):
        pivot = max(range(column, 3), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(3):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[i][3] / rows[i][i] for i in range(3)]
