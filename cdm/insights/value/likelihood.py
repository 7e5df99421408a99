"""Maximum likelihood over positive parameters, by their logarithms and from several starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize

from cdm.insights.errors import NoConvergence
from cdm.insights.orders.book import Floats

Gradient = Callable[[Floats], tuple[float, Floats]]
BOUNDS = (-9.0, 9.0)
_NEAR = 0.05


def maximise(likelihood: Gradient, starts: Sequence[Sequence[float]]) -> tuple[Floats, float, bool]:
    """Parameters, log likelihood, and whether any lies on a bound; `likelihood` gives value and gradient.

    The gradient is by the parameters themselves; the chain to their logarithms is applied here.
    """

    def loss(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        value, gradient = likelihood(parameters)
        return -value, -gradient * parameters

    tries = [
        minimize(loss, np.log(start), jac=True, method="L-BFGS-B", bounds=[BOUNDS] * len(start))
        for start in starts
    ]
    usable = [found for found in tries if np.isfinite(found.fun)]
    if not usable:
        raise NoConvergence("No start led to a finite likelihood.")
    best = min(usable, key=lambda found: float(found.fun))
    is_on_bound = bool(np.any(np.abs(best.x) > BOUNDS[1] - _NEAR))
    return np.exp(best.x), -float(best.fun), is_on_bound
