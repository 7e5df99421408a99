"""The insights of a customer explain themselves where two of their numbers seem to contradict each other."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cdm.insights.chances import orders_at_this_pace
from profiles.models import Profile
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
    alice: Client, acme: object, said: dict[str, Any], is_explained: bool
) -> None:
    html = insights(alice, **said)
    assert (EXPLAINED in html) == is_explained
    assert ("some customers stop for good" in html) == (is_explained and "chance_active" in said)


@pytest.mark.parametrize("learned", ["", "18:00-20:00"])
def test_the_time_the_customer_named_wins_over_what_calls_taught(
    alice: Client, acme: object, learned: str
) -> None:
    html = insights(alice, available_time="mornings", best_time=learned, best_time_n=40)
    part = html.split("Best time to call", 1)[1].split("</section>", 1)[0]
    assert "mornings" in part
    assert "as they said" in part
    assert "18:00" not in part
    person = Profile.objects.get(available_time="mornings")
    assert "Best time mornings" in alice.get(f"/admin/customers/{person.pk}").content.decode()
    assert "No best time known yet" in insights(alice)


@pytest.mark.parametrize(("kept", "word"), [("hot", "High"), ("warm", "Medium"), ("cold", "Low")])
def test_the_chance_is_told_in_other_words_than_the_temperature(
    alice: Client, acme: object, kept: str, word: str
) -> None:
    part = (
        insights(alice, temperature=kept, chance=0.4).split("Call priority", 1)[1].split("</section>", 1)[0]
    )
    assert re.search(rf">{word}</span> 40 % chance of an order in the next 60 days\.<", part)
    assert not re.search(r"\b(Hot|Warm|Cold)\b", part)


def test_a_time_that_no_call_has_taught_is_not_said_to_come_from_answers(alice: Client, acme: object) -> None:
    person = ProfileFactory(available_time="17:00-19:00", contact_preferences={"language": "bn"})
    asked = {"best_time": "17:00-19:00", "best_time_n": 0, "best_time_reason": "asked for 17:00-19:00"}
    RecommendationFactory(profile=person, **asked)
    html = alice.get(f"/admin/customers/{person.pk}?tab=profile").content.decode()
    assert "from 0 calls" not in html
    assert "No best time known yet" in html
    assert "Bengali" in html
