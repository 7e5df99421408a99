"""The insights of a customer explain themselves where two of their numbers seem to contradict each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cdm.insights.chances import orders_at_this_pace
from tests.factories.cdm_insights import RecommendationFactory
from tests.factories.profiles import ProfileFactory

EXPLAINED = "This is less than the chance above suggests"


def insights(client: Client, available_time: str = "", **said: Any) -> str:
    """Return the tab of a new customer about whom this is said."""
    worth = {"value_low": Decimal(900), "value_high": Decimal(2100), "chance_active": None} | said
    person = ProfileFactory(available_time=available_time)
    RecommendationFactory(profile=person, **worth)
    return str(client.get(f"/admin/customers/{person.pk}?tab=insights").content.decode())


def test_the_pace_behind_a_chance_grows_with_it() -> None:
    paces = [orders_at_this_pace(chance) for chance in (0, 0.3, 0.9, 1)]
    assert paces == sorted(paces)
    assert paces[0] == 0
    assert paces[2] == pytest.approx(14.0, abs=0.1)


@pytest.mark.parametrize(
    ("said", "is_explained"),
    [
        ({"chance": 0.9, "expected_orders": 1.9, "chance_active": 0.35}, True),
        ({"chance": 0.9, "expected_orders": 16.0, "chance_active": 0.35}, True),
        ({"chance": 0.9, "expected_orders": 1.9}, True),
        ({"chance": 0.9, "expected_orders": 16.0, "chance_active": 0.97}, False),
        ({"chance": 0.2, "expected_orders": 1.9}, False),
        ({"chance": 0.0, "expected_orders": 0.0}, False),
    ],
)
def test_a_year_that_looks_worse_than_the_chance_is_explained(
    alice: Client, acme: object, said: dict[str, float], is_explained: bool
) -> None:
    html = insights(alice, **said)
    assert (EXPLAINED in html) == is_explained
    assert ("some customers stop for good" in html) == (is_explained and "chance_active" in said)
