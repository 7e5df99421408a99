"""What the night keeps in English is read in the reader's language."""

from __future__ import annotations

import numpy as np
import pytest
from django.test import Client
from django.utils.translation import override

from cdm.automation.effects import SAID
from cdm.insights.next_action import Situation, next_action
from cdm.insights.products.offers import offer_kind
from cdm.insights.timing import BUCKETS, Attempts, best_time, learn_hours
from cdm.recommending.phrases import told
from tests.factories.cdm_orders import CustomerSummaryFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

OFFERS = [(5, 1.0, True), (5, 5.0, True), (5, 2.0, True), (5, 0.2, True), (1, 0.5, True), (0, 0.0, False)]


def calls() -> list[str]:
    """Return why to call then: by the customer's word, by everybody's answers, and by their own."""
    none = np.zeros(BUCKETS, dtype=np.int64)
    tried, answered = none.copy(), none.copy()
    tried[[5, 7]], answered[7] = 3000, 3000
    buckets = np.repeat(np.array([5, 7], dtype=np.int64), 200)
    hours = learn_hours(Attempts(np.arange(400, dtype=np.int64), buckets, (buckets == 5).astype(np.int64)))
    return [
        best_time(hours, tried=none, answered=none, stated="mornings").wording,
        best_time(hours, tried=none, answered=none).wording,
        best_time(hours, tried=tried, answered=answered).wording,
    ]


def kept() -> list[str]:
    """Return sentences as they are kept."""
    offers = [offer_kind(orders=n, overdue=x, has_usual=usual).reason for n, x, usual in OFFERS]
    situations = [
        Situation("warm", 5, "cross-sell"),
        Situation("hot", 5, "cross-sell"),
        Situation("hot", 5, "upsell", contacted_days_ago=2),
        Situation("hot", 5, "upsell", days_to_event=3),
        Situation("hot", 5, "upsell", follow_up_overdue_days=4),
    ]
    actions = [next_action(situation).reason for situation in situations]
    return [*offers, *calls(), *actions, f"{SAID}Silent VIPs"]


@pytest.mark.parametrize("language", ["th", "bn"])
def test_no_sentence_stays_english(language: str) -> None:
    with override(language):
        for text in kept():
            assert told(text) != text, text
        assert "Silent VIPs" in told(f"{SAID}Silent VIPs")
        assert "1.0" in told(offer_kind(orders=5, overdue=1.0, has_usual=True).reason)


def test_in_english_they_stand_as_they_are_kept() -> None:
    assert [told(text) for text in kept()] == kept()
    assert told("what a person wrote: 5") == "what a person wrote: 5"
    assert told("") == ""


def test_the_reasons_of_where_a_customer_stands_are_in_the_readers_language(
    world: World, acme: object
) -> None:
    person = ProfileFactory()
    CustomerSummaryFactory(
        profile=person, temperature_reason="last contact within 30 days", type_reason="18 orders"
    )
    client: Client = world.browser(world.alice)
    for address in (f"/admin/customers/{person.pk}", "/admin/customers/cdm"):
        html = client.get(address, headers={"accept-language": "th"}).content.decode()
        assert "last contact within" not in html, address
        assert "18 orders" not in html, address
