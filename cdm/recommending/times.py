"""When to call each customer: what they said, what their answers show, or what the tenant's do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cdm.insights.timing import (
    BUCKETS,
    HOURS,
    LEAST_ATTEMPTS,
    Attempts,
    BestTime,
    Hours,
    best_time,
    learn_hours,
)

_NONE = np.zeros(BUCKETS, dtype=np.int64)


class Times:
    """The best time of every customer of one night."""

    def __init__(self, attempts: Attempts, stated: dict[int, str], closed_hours: Sequence[int]) -> None:
        self.hours: Hours = learn_hours(attempts)
        self._stated = stated
        self._closed = closed_buckets(closed_hours)
        self._usual = best_time(self.hours, tried=_NONE, answered=_NONE, closed=self._closed)
        self._own = self._personal(attempts)

    def of(self, customer: int) -> BestTime:
        """Return the window of a customer, how it is known, and from how many calls."""
        stated = self._stated.get(customer)
        if stated:
            return best_time(self.hours, tried=_NONE, answered=_NONE, stated=stated)
        return self._own.get(customer, self._usual)

    def _personal(self, attempts: Attempts) -> dict[int, BestTime]:
        """Windows of those with attempts enough of their own."""
        order = np.argsort(attempts.customer, kind="stable")
        customers, starts, sizes = np.unique(attempts.customer[order], return_index=True, return_counts=True)
        found: dict[int, BestTime] = {}
        for place in np.flatnonzero(sizes >= LEAST_ATTEMPTS).tolist():
            own = order[starts[place] : starts[place] + sizes[place]]
            bucket, answered = attempts.bucket[own], attempts.answered[own]
            found[int(customers[place])] = best_time(
                self.hours,
                tried=np.bincount(bucket, minlength=BUCKETS),
                answered=np.bincount(bucket[answered > 0], minlength=BUCKETS),
                closed=self._closed,
            )
        return found


def closed_buckets(closed_hours: Sequence[int]) -> list[int]:
    """Return the windows that touch an hour (0 to 23) without calls, on weekdays and weekends."""
    closed = {hour // HOURS for hour in closed_hours}
    return sorted([*closed, *(each + BUCKETS // 2 for each in closed)])
