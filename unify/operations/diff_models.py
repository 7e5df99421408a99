"""What changed from one version of the model to another."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cdp.models import Tenant
from unify.finding.current import load, version_numbered
from unify.matching import Level, MatchModel


@dataclass(frozen=True, slots=True)
class LevelChange:
    """The weight in bits of one level in both versions; None where a version has none."""

    comparison: str
    description: str
    level: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """Two versions side by side: every level whose weight differs, and the odds before comparing."""

    before: int
    after: int
    prior_before: float  # bits
    prior_after: float
    levels: tuple[LevelChange, ...]
    is_calibration_changed: bool


def diff_models(*, tenant: Tenant, before: int, after: int) -> ModelDifference:
    """Compare two versions by their numbers; raises ModelNotFound."""
    old, new = load(version_numbered(before)), load(version_numbered(after))
    old_levels, new_levels = _weights(old), _weights(new)
    changes = [
        LevelChange(*key, old_levels.get(key), new_levels.get(key))
        for key in dict.fromkeys((*old_levels, *new_levels))
        if old_levels.get(key) != new_levels.get(key)
    ]
    return ModelDifference(
        before=before,
        after=after,
        prior_before=_prior(old),
        prior_after=_prior(new),
        levels=tuple(changes),
        is_calibration_changed=old.calibration != new.calibration,
    )


def _weights(model: MatchModel) -> dict[tuple[str, str, str], float | None]:
    return {
        (comparison.output_column_name, comparison.comparison_description, level.label_for_charts): _weight(
            level
        )
        for comparison in model.comparisons
        for level in comparison.comparison_levels
        if not level.is_null_level
    }


def _weight(level: Level) -> float | None:
    if level.m_probability is None or level.u_probability is None:
        return None
    return math.log2(level.m_probability / level.u_probability)


def _prior(model: MatchModel) -> float:
    share = model.probability_two_random_records_match
    return math.log2(share / (1 - share))
