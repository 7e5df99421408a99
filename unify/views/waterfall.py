"""The way from "two customers at random" to a score, one step per field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from unify.words import prior_words, signed, times_words, weight_words

WIDTH = 1000
# The axis never shrinks below this many bits either side of zero.
LEAST_REACH = 8.0


@dataclass(frozen=True, slots=True)
class Said:
    """What one comparison said: its name, the level in words, its weight in bits."""

    field: str
    level: str
    weight: float
    is_missing: bool = False
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: where it starts and how wide it is, in thousandths of the axis."""

    field: str
    level: str
    weight: float
    x: float
    width: float
    is_total: bool = False
    is_conflict: bool = False
    hint: str = ""

    @property
    def amount(self) -> str:
        """Return the weight with its sign."""
        return signed(self.weight)

    @property
    def tone(self) -> str:
        """Return how the bar is painted."""
        if self.is_total:
            return "total"
        return "for" if self.weight >= 0 else "against"

    @property
    def words(self) -> str:
        """Return what the weight says."""
        return self.hint or weight_words(self.weight)

    @property
    def times(self) -> str:
        """Return the weight as odds."""
        return self.hint or times_words(self.weight)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The steps in order, what could not be compared, where zero is, and what the score is held at."""

    steps: Sequence[Step]
    missing: Sequence[str]
    zero: float
    total: float
    held_at: int | None = None


def waterfall(prior: float, said: Iterable[Said], *, held_at: int | None = None) -> Waterfall:
    """Return the bars from the prior through every field to the sum; what speaks most comes first."""
    known = list(said)
    spoken = sorted(
        (one for one in known if not one.is_missing), key=lambda one: (one.weight < 0, -abs(one.weight))
    )
    total = prior + sum(one.weight for one in spoken)
    edges = _edges(prior, spoken)
    low, high = min(-LEAST_REACH, *edges), max(LEAST_REACH, *edges)
    scale = WIDTH / (high - low)

    def bar(start: float, end: float) -> tuple[float, float]:
        return round((min(start, end) - low) * scale, 1), round(max(abs(end - start) * scale, 3.0), 1)

    steps = [Step(_("Before comparing"), "", prior, *bar(0, prior), hint=prior_words(prior))]
    reached = prior
    for one in spoken:
        place = bar(reached, reached + one.weight)
        steps.append(Step(one.field, one.level, one.weight, *place, is_conflict=one.is_conflict))
        reached += one.weight
    steps.append(Step(_("Sum"), "", total, *bar(0, total), is_total=True, hint=_sum_words(total)))
    missing = [one.field for one in known if one.is_missing]
    return Waterfall(steps, missing, round(-low * scale, 1), total, held_at)


def _edges(prior: float, spoken: Sequence[Said]) -> list[float]:
    edges = [prior]
    for one in spoken:
        edges.append(edges[-1] + one.weight)
    return edges


def _sum_words(total: float) -> str:
    if total >= 0:
        return _("The higher above zero, the surer it is one customer.")
    return _("Below zero: more likely two customers than one.")
