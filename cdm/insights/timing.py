"""When to call: the tenant's hours, and the customer's own only where their answers bear it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, ndtr

from cdm.insights.orders.book import Flags, Floats, Ints

HOURS = 2
BUCKETS = 2 * 24 // HOURS  # two-hour windows, of weekdays and then of weekends, in the customer's local time
STRENGTHS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
LEAST_ATTEMPTS = 5
LEAST_CERTAINTY = 0.8
LEAST_TENANT_ATTEMPTS = 50
UNKNOWN = "no best time known yet"
_SMOOTHING = 20.0
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Attempts:
    """One row per attempt to reach somebody: who, in which bucket, and whether they answered."""

    customer: Ints
    bucket: Ints
    answered: Ints


@dataclass(frozen=True, slots=True)
class Hours:
    """The tenant's answer rate per bucket, its n, and how many attempts of one's own weigh as much."""

    rates: Floats
    attempts: Ints
    overall: float
    strength: float

    @property
    def n(self) -> int:
        return int(self.attempts.sum())


@dataclass(frozen=True, slots=True)
class BestTime:
    """A window such as 10:00-12:00; `source` is stated, personal, tenant or unknown."""

    window: str
    source: str
    n: int
    wording: str


def bucket_of(weekday: int, hour: int) -> int:
    """Monday is 0; the hour is the customer's local hour."""
    if not (0 <= weekday <= 6 and 0 <= hour <= 23):  # noqa: PLR2004 - days of a week, hours of a day
        raise ValueError("A weekday is 0-6 and an hour 0-23.")
    return (24 // HOURS if weekday > _FRIDAY else 0) + hour // HOURS


def learn_hours(attempts: Attempts) -> Hours:
    """Rates smoothed towards the overall rate, and the strength of the prior by beta-binomial likelihood."""
    tried = np.bincount(attempts.bucket, minlength=BUCKETS).astype(np.float64)
    reached = np.bincount(attempts.bucket, weights=attempts.answered, minlength=BUCKETS)
    overall = float((reached.sum() + 1) / (tried.sum() + 2))
    rates = (reached + _SMOOTHING * overall) / (tried + _SMOOTHING)
    cells, inverse = np.unique(attempts.customer * BUCKETS + attempts.bucket, return_inverse=True)
    own = np.bincount(inverse).astype(np.float64)
    hits = np.bincount(inverse, weights=attempts.answered).astype(np.float64)
    fits = [_likelihood(rates[cells % BUCKETS], own, hits, strength) for strength in STRENGTHS]
    strength = STRENGTHS[int(np.argmax(fits))] if len(cells) else STRENGTHS[-1]
    return Hours(np.asarray(rates, dtype=np.float64), tried.astype(np.int64), overall, strength)


def best_time(
    hours: Hours, *, tried: Ints, answered: Ints, stated: str = "", closed: Sequence[int] = ()
) -> BestTime:
    """For one customer: attempts and answers per bucket. A stated time always wins."""
    if stated.strip():
        return BestTime(stated.strip(), "stated", 0, f"asked for {stated.strip()}")
    is_open = np.ones(BUCKETS, dtype=np.bool_)
    is_open[list(closed)] = False
    if not is_open.any():
        return BestTime("", "unknown", 0, "do not call")
    own = int(tried.sum())
    ratio = (answered.sum() + hours.strength * hours.overall) / (own + hours.strength) / hours.overall
    prior = np.clip(hours.rates * ratio, 0.01, 0.99)
    tenant = int(np.argmax(np.where(is_open & (hours.attempts > 0), prior, -1)))
    personal = _personal(hours, tried, answered, prior, tenant, is_open) if own >= LEAST_ATTEMPTS else None
    if personal is not None:
        return personal
    if hours.n < LEAST_TENANT_ATTEMPTS or not hours.attempts[tenant] or not is_open[tenant]:
        return BestTime("", "unknown", hours.n, UNKNOWN)
    reached = f"{hours.rates[tenant]:.0%} of {int(hours.attempts[tenant])} calls to all customers answered"
    return BestTime(window_name(tenant), "tenant", hours.n, reached)


def _personal(
    hours: Hours, tried: Ints, answered: Ints, prior: Floats, tenant: int, is_open: Flags
) -> BestTime | None:
    """The customer's own best bucket, if it is better than the tenant's with enough certainty."""
    hits, misses = answered + hours.strength * prior, tried - answered + hours.strength * (1 - prior)
    mine = int(np.argmax(np.where(is_open, hits / (hits + misses), -1)))
    certainty = _certainty(hits[[mine, tenant]], misses[[mine, tenant]])
    if mine == tenant or certainty <= LEAST_CERTAINTY:
        return None
    said = f"answers more often then ({int(answered[mine])} of {int(tried[mine])} calls)"
    return BestTime(window_name(mine), "personal", int(tried.sum()), said)


def _certainty(hits: Floats, misses: Floats) -> float:
    """P(the first rate is higher), of two beta distributions taken as normal."""
    size = hits + misses
    mean, variance = hits / size, hits * misses / (size**2 * (size + 1))
    return float(ndtr((mean[0] - mean[1]) / np.sqrt(variance.sum())))


def window_name(bucket: int) -> str:
    """10:00-12:00 on weekdays, with the day said for weekends."""
    start = bucket % (24 // HOURS) * HOURS
    weekend = " Sat-Sun" if bucket >= 24 // HOURS else ""
    return f"{start:02d}:00-{start + HOURS:02d}:00{weekend}"


def _likelihood(rates: Floats, tried: Floats, hits: Floats, strength: float) -> float:
    a, b = strength * rates, strength * (1 - rates)
    misses = tried - hits
    parts = gammaln(a + hits) + gammaln(b + misses) - gammaln(a + b + tried)
    return float((parts - gammaln(a) - gammaln(b) + gammaln(a + b)).sum())
