"""Charts as coordinates, and amounts as words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdm.charts import HEIGHT, WIDTH, Point, columns, rows, waterfall
from cdm.wording import length, money, partial_day

values = st.floats(0, 1e12, allow_nan=False)


@given(st.lists(values, max_size=12))
def test_columns_stay_inside_their_box_and_keep_their_proportions(given_values: list[float]) -> None:
    drawn = columns("x", [Point(str(n), value, str(value)) for n, value in enumerate(given_values)])
    for column in drawn.columns:
        assert 0 <= column.x <= column.x + column.width <= WIDTH + 0.2
        assert column.y >= 0
        assert column.y + column.height == pytest.approx(HEIGHT, abs=0.2)
    if any(value > 0 for value in given_values):
        assert max(column.height for column in drawn.columns) == HEIGHT


@given(st.lists(st.integers(-60, 60), max_size=12))
def test_the_steps_of_a_waterfall_end_where_the_total_does(points: list[int]) -> None:
    drawn = waterfall("x", [Point("", p, "") for p in points], Point("", sum(points), ""))
    for row in drawn.rows:
        assert row.x >= 0
        assert row.x + row.width <= WIDTH + 3
    total = drawn.rows[-1]
    assert total.tone == "total"
    assert (total.x == drawn.zero) == (sum(points) >= 0) or sum(points) == 0


def test_bars_of_nothing_are_flat() -> None:
    assert [row.width for row in rows("x", [Point("a", 0, "0"), Point("b", 0, "0")]).rows] == [0, 0]
    assert columns("x", []).columns == ()
    flat = columns("x", [Point("a", 0, "0 THB"), Point("b", -5, "-5 THB")])
    assert ([column.height for column in flat.columns], flat.highest) == ([0, 0], "")
    assert columns("x", [Point("a", 1, "1"), Point("b", 3, "3")]).highest == "3"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0 THB"),
        (12.5, "12.50 THB"),
        (999, "999 THB"),
        (1234.56, "1,235 THB"),
        (-250, "-250 THB"),
        (None, "0 THB"),
    ],
)
def test_amounts_are_short_where_hundredths_say_nothing(amount: float | None, shown: str) -> None:
    assert money(amount, "THB") == shown


def test_lengths_and_days_are_written_as_far_as_they_are_known() -> None:
    assert [length(seconds) for seconds in (None, 0, 59, 60, 200, 3600, 3900)] == [
        *("", "0 s", "59 s", "1 min", "3 min 20 s", "1 h", "1 h 5 min"),
    ]
    assert partial_day(None, "--05-15") == "15 May"
    assert partial_day(None, "--05") == "May"
    assert partial_day(None, "--02-29") == "29 Feb"
    assert partial_day(date(1990, 5, 15), "") == "15 May 1990"
    assert partial_day(None, "") == ""
