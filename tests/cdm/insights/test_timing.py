"""When to call: honest about how little is known."""

from __future__ import annotations

import numpy as np
import pytest

from cdm.insights.orders.book import Ints
from cdm.insights.timing import BUCKETS, UNKNOWN, Attempts, Hours, best_time, bucket_of, learn_hours

TEN, SIX = bucket_of(0, 10), bucket_of(0, 18)


def nothing() -> Ints:
    return np.zeros(BUCKETS, dtype=np.int64)


def at(**counts: int) -> Ints:
    found = nothing()
    for name, count in counts.items():
        found[{"ten": TEN, "six": SIX}[name]] = count
    return found


def tenant_of_mornings() -> Hours:
    """Everybody answers at ten six times of ten, at six in the evening three times of ten."""
    rows = [
        (c, bucket, int(n < good))
        for c in range(50)
        for bucket, good in ((TEN, 6), (SIX, 3))
        for n in range(10)
    ]
    customer, bucket, answered = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return learn_hours(Attempts(customer, bucket, answered))


def test_without_own_attempts_the_window_is_the_tenants_with_its_n() -> None:
    found = best_time(tenant_of_mornings(), tried=nothing(), answered=nothing())
    assert (found.window, found.source, found.n) == ("10:00-12:00", "tenant", 1_000)
    assert found.wording == "59% of 500 calls to all customers answered"


def test_four_own_attempts_are_not_enough_for_a_window_of_ones_own() -> None:
    hours = tenant_of_mornings()
    assert best_time(hours, tried=at(six=4), answered=at(six=4)).source == "tenant"


@pytest.mark.conforms("R109")
def test_many_own_answers_at_another_hour_win() -> None:
    hours = tenant_of_mornings()
    found = best_time(hours, tried=at(ten=100, six=300), answered=at(ten=0, six=300))
    assert (found.window, found.source, found.n) == ("18:00-20:00", "personal", 400)
    assert found.wording == "answers more often then (300 of 300 calls)"


def test_attempts_count_and_not_answers_alone() -> None:
    hours = tenant_of_mornings()
    found = best_time(hours, tried=at(six=300), answered=at(six=30))
    assert found.source == "tenant"


def test_a_stated_time_always_wins_and_closed_hours_never_do() -> None:
    hours = tenant_of_mornings()
    assert (
        best_time(hours, tried=nothing(), answered=nothing(), stated=" 16:00-18:00 ").window == "16:00-18:00"
    )
    assert best_time(hours, tried=nothing(), answered=nothing(), closed=[TEN]).window == "18:00-20:00"
    assert (
        best_time(hours, tried=nothing(), answered=nothing(), closed=range(BUCKETS)).wording == "do not call"
    )


def test_a_tenant_without_calls_knows_no_best_time() -> None:
    empty = np.zeros(0, dtype=np.int64)
    found = best_time(learn_hours(Attempts(empty, empty, empty)), tried=nothing(), answered=nothing())
    assert (found.window, found.source, found.wording) == ("", "unknown", UNKNOWN)


def test_alike_customers_make_a_strong_prior_and_unlike_ones_a_weak_one() -> None:
    customer = np.repeat(np.arange(60), 20)
    bucket = np.full(1_200, TEN)
    alike = learn_hours(Attempts(customer, bucket, np.tile([0, 1], 600)))
    unlike = learn_hours(Attempts(customer, bucket, (customer % 2).astype(np.int64)))
    assert alike.strength == 128
    assert unlike.strength == 1


def test_weekends_are_buckets_of_their_own() -> None:
    assert bucket_of(5, 10) == bucket_of(6, 11) == TEN + BUCKETS // 2
    with pytest.raises(ValueError, match="weekday"):
        bucket_of(7, 10)
