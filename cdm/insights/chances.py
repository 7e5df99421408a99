"""The words for a chance of buying, and how far ahead the numbers look."""

from math import log1p

HOT, WARM, COLD = "hot", "warm", "cold"
WINDOW_DAYS = 60  # of the chance
WORTH_DAYS = 365  # of the worth
_SURE = 0.999


def orders_at_this_pace(chance: float) -> float:
    """Return the orders of WORTH_DAYS at the pace (Poisson) that gives this chance of one in WINDOW_DAYS."""
    return -log1p(-min(chance, _SURE)) * WORTH_DAYS / WINDOW_DAYS
