"""A model's weights as bars left and right of zero, with words beside every number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from unify.level_words import level_words
from unify.matching import Comparison, Level, MatchModel
from unify.words import signed, times_words, weight_words

WIDTH = 1000
# A change of weight below this many bits is not worth a line.
WORTH_TELLING = 0.3


@dataclass(frozen=True, slots=True)
class LevelBar:
    """One level of a comparison: what it adds, drawn from the middle of the axis."""

    label: str
    weight: float
    x: float
    width: float
    same: str
    others: str
    common: str = ""

    @property
    def amount(self) -> str:
        """Return the weight with its sign."""
        return signed(self.weight)

    @property
    def tone(self) -> str:
        """Return how the bar is painted."""
        return "for" if self.weight >= 0 else "against"

    @property
    def words(self) -> str:
        """Return what the weight says."""
        return weight_words(self.weight)

    @property
    def times(self) -> str:
        """Return the weight as odds."""
        return times_words(self.weight)


@dataclass(frozen=True, slots=True)
class Chart:
    """One comparison and the weights of its levels."""

    name: str
    title: str
    bars: Sequence[LevelBar]


@dataclass(frozen=True, slots=True)
class Change:
    """A level that weighs something else than in the version before."""

    title: str
    label: str
    before: str
    after: str
    words: str


def weight_of(level: Level) -> float | None:
    """Return a level's weight in bits, for a rare value where that makes a difference; None says nothing."""
    if level.is_null_level or level.m_probability is None or level.u_probability is None:
        return None
    return math.log2(level.m_probability / level.u_probability)


def charts(model: MatchModel) -> list[Chart]:
    """Return a chart per comparison, all on one axis."""
    weights = [weight_of(level) for one in model.comparisons for level in one.comparison_levels]
    reach = max((abs(weight) for weight in weights if weight is not None), default=1.0)
    return [_chart(model, comparison, reach) for comparison in model.comparisons]


def _chart(model: MatchModel, comparison: Comparison, reach: float) -> Chart:
    bars = [
        _bar(model, level, weight, reach)
        for level in comparison.comparison_levels
        if (weight := weight_of(level)) is not None
    ]
    return Chart(comparison.output_column_name, level_words(comparison.comparison_description), bars)


def _bar(model: MatchModel, level: Level, weight: float, reach: float) -> LevelBar:
    length = round(max(abs(weight) / reach * WIDTH / 2, 3.0), 1)
    return LevelBar(
        label=level_words(level.label_for_charts),
        weight=weight,
        x=WIDTH / 2 if weight >= 0 else round(WIDTH / 2 - length, 1),
        width=length,
        same=share(level.m_probability or 0.0),
        others=share(level.u_probability or 0.0),
        common=_common(model, level),
    )


def _common(model: MatchModel, level: Level) -> str:
    """Return what the tenant's most frequent value of this field adds, where values differ in it."""
    seen = model.term_frequencies.get(level.tf_adjustment_column or "", {})
    if not seen or level.m_probability is None:
        return ""
    most = max(seen.values())
    weight = math.log2(level.m_probability / max(most, level.tf_minimum_u_value))
    return _("%(weight)s for the most frequent value") % {"weight": signed(weight)}


def share(probability: float) -> str:
    """Return a probability as a share people can picture."""
    percent = probability * 100
    if percent >= 10:  # noqa: PLR2004
        return _("%(percent)s of 100") % {"percent": f"{percent:.0f}"}
    if percent >= 0.1:  # noqa: PLR2004
        return _("%(number)s of 1,000") % {"number": f"{probability * 1000:.0f}"}
    return _("1 of %(number)s") % {"number": f"{_rounded(1 / probability):,}"} if probability else _("never")


def _rounded(number: float) -> int:
    step = 10 ** (math.floor(math.log10(number)) - 1)
    return int(round(number / step) * step)


def changes(before: MatchModel, after: MatchModel) -> list[Change]:
    """Return the levels that weigh something else in ``after``, the largest change first."""
    old = {
        (one.output_column_name, level.label_for_charts): weight_of(level)
        for one in before.comparisons
        for level in one.comparison_levels
    }
    found: list[tuple[float, Change]] = []
    for one in after.comparisons:
        for level in one.comparison_levels:
            now, was = weight_of(level), old.get((one.output_column_name, level.label_for_charts))
            if now is None or (was is not None and abs(now - was) < WORTH_TELLING):
                continue
            said = Change(
                level_words(one.comparison_description),
                level_words(level.label_for_charts),
                _("new") if was is None else signed(was),
                signed(now),
                _direction(was or 0.0, now),
            )
            found.append((abs(now - (was or 0.0)), said))
    return [change for _size, change in sorted(found, key=lambda pair: -pair[0])]


def _direction(was: float, now: float) -> str:
    if now * was < 0:
        return _("speaks for the other side now")
    if abs(now) > abs(was):
        return _("counts more now")
    return _("counts less now")
