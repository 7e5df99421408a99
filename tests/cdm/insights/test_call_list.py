"""Two lists, deciles, temperatures by chance, and a hold-out nobody can steer."""

from __future__ import annotations

import numpy as np
import pytest

from cdm.insights.call_list import (
    MOST_VALUABLE,
    NOTICE,
    ROOM_TO_WIN,
    call_list,
    is_held_out,
    priorities,
    room_to_win,
    temperatures,
)
from cdm.insights.uplift import measured_uplift
from tests.cdm.insights.conftest import retail_scores


@pytest.mark.conforms("R108")
def test_the_most_valuable_come_by_total_and_room_to_win_by_room() -> None:
    scores = retail_scores("2011-07-01")
    everybody = np.ones(len(scores.features), dtype=np.bool_)
    best = call_list(scores, name=MOST_VALUABLE, contactable=everybody, size=50)
    open_ = call_list(scores, name=ROOM_TO_WIN, contactable=everybody, size=50)
    assert [call.explanation.score for call in best] == sorted((scores.total.tolist()), reverse=True)[:50]
    assert [call.room for call in open_] == sorted(room_to_win(scores).tolist(), reverse=True)[:50]
    assert {call.priority for call in best} == {10}
    assert {call.notice for call in best} == {NOTICE}
    assert {call.customers for call in best} == {2_956}
    assert {call.customer for call in best} != {call.customer for call in open_}


def test_who_may_not_be_contacted_is_on_no_list_and_in_no_decile() -> None:
    scores = retail_scores("2011-07-01")
    may = np.arange(len(scores.features)) % 2 == 0
    calls = call_list(scores, name=MOST_VALUABLE, contactable=may, size=5_000)
    assert {call.customer for call in calls} == set(scores.features.customer[may].tolist())
    assert all(
        rank is None for rank, mine in zip(priorities(scores.total, may), may, strict=True) if not mine
    )


def test_deciles_are_even_and_equal_points_share_one() -> None:
    ranks = priorities(np.arange(1_000), np.ones(1_000, dtype=np.bool_))
    assert np.bincount(np.array(ranks, dtype=int)).tolist() == [0] + [100] * 10
    assert len(set(priorities(np.zeros(80, dtype=np.int64), np.ones(80, dtype=np.bool_)))) == 1


def test_few_customers_get_points_but_no_decile() -> None:
    assert priorities(np.arange(49), np.ones(49, dtype=np.bool_)) == [None] * 49


def test_temperature_goes_by_the_chance_of_buying() -> None:
    assert temperatures(np.array([0.6, 0.599, 0.3, 0.299])) == ["hot", "warm", "warm", "cold"]


def test_the_hold_out_is_a_fifth_sticky_and_another_for_another_salt() -> None:
    ids = [f"customer-{number}" for number in range(20_000)]
    first = [is_held_out(each, salt="acme") for each in ids]
    assert first == [is_held_out(each, salt="acme") for each in ids]
    assert 0.19 < np.mean(first) < 0.21
    both = np.mean([mine and is_held_out(each, salt="zenith") for each, mine in zip(ids, first, strict=True)])
    assert 0.03 < both < 0.05


def test_a_difference_is_reported_with_its_interval_or_not_at_all() -> None:
    few = measured_uplift(called=40, called_bought=20, held_out=10, held_out_bought=3)
    assert few.wording == "Too few to tell: 40 called, 10 held out."
    many = measured_uplift(called=56, called_bought=48, held_out=60, held_out_bought=40)
    assert not many.is_enough
    big = measured_uplift(called=4_000, called_bought=2_000, held_out=1_000, held_out_bought=450)
    assert big.is_enough
    assert big.low < big.difference < big.high
    assert big.low == pytest.approx(0.0154, abs=0.0001)
    assert big.wording.startswith("+5.0% bought (+1.5% to +8.4%)")


def test_more_buyers_than_customers_are_refused() -> None:
    with pytest.raises(ValueError, match="more than"):
        measured_uplift(called=1, called_bought=2, held_out=1, held_out_bought=0)
