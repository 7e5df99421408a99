"""What calling changed: those called against those held out at random before anyone was called."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z95 = 1.959964
# Both sides need as many buyers and as many who did not buy before a normal interval may be shown.
LEAST_OF_EACH = 10


@dataclass(frozen=True, slots=True)
class Uplift:
    """Share buying among those meant to be called minus share among the held out, with a 95 % interval."""

    called: int
    held_out: int
    called_share: float
    held_out_share: float
    difference: float
    low: float
    high: float
    is_enough: bool

    @property
    def wording(self) -> str:
        if not self.is_enough:
            return f"Too few to tell: {self.called} called, {self.held_out} held out."
        return (
            f"{self.difference:+.1%} bought ({self.low:+.1%} to {self.high:+.1%}), "
            f"{self.called} called against {self.held_out} held out."
        )


def measured_uplift(*, called: int, called_bought: int, held_out: int, held_out_bought: int) -> Uplift:
    """By intention: everybody on the list who was not held out counts as called, reached or not.

    Newcombe's interval for a difference of shares, from Wilson's for each (Statistics in Medicine 17, 1998).
    """
    if min(called, held_out) < 0 or not 0 <= called_bought <= called or not 0 <= held_out_bought <= held_out:
        raise ValueError("Buyers cannot be more than customers.")
    first, first_low, first_high = _wilson(called_bought, called)
    second, second_low, second_high = _wilson(held_out_bought, held_out)
    difference = first - second
    least = min(called_bought, called - called_bought, held_out_bought, held_out - held_out_bought)
    return Uplift(
        called,
        held_out,
        first,
        second,
        difference,
        difference - sqrt((first - first_low) ** 2 + (second_high - second) ** 2),
        difference + sqrt((first_high - first) ** 2 + (second - second_low) ** 2),
        least >= LEAST_OF_EACH,
    )


def _wilson(hits: int, size: int) -> tuple[float, float, float]:
    if size == 0:
        return 0.0, 0.0, 1.0
    share, spread = hits / size, _Z95**2 / size
    middle = (share + spread / 2) / (1 + spread)
    half = _Z95 / (1 + spread) * sqrt(share * (1 - share) / size + spread / (4 * size))
    return share, middle - half, middle + half
