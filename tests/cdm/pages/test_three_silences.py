"""Three things that programs call inactive have three names on pages, each saying what it counts."""

from __future__ import annotations

import pytest
from django.utils import translation

from cdm.choices import CustomerType
from cdm.listing import cards
from cdp.tenancy.context import tenant_context
from profiles.choices import LifecycleStage, ProfileStatus
from profiles.panels.sentences import sentence
from tests.world import World


@pytest.mark.parametrize("language", ["en", "th", "bn"])
def test_no_two_of_them_share_a_name(language: str) -> None:
    with translation.override(language):
        words = {
            str(ProfileStatus.INACTIVE.label),
            str(LifecycleStage.INACTIVE.label),
            str(CustomerType.INACTIVE.label),
        }

    assert len(words) == 3


def test_the_tile_is_called_after_the_buyers_it_counts(world: World) -> None:
    with tenant_context(world.acme):
        labels = {card.key: str(card.label) for card in cards("THB")}

    assert labels["inactive"] == "Lapsed buyers"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("type_changed", "Customer type is now Lapsed: last order more than 365 days ago"),
        ("lifecycle_changed", "Stage is now Dormant: last order more than 365 days ago"),
    ],
)
def test_the_timeline_calls_them_what_the_list_does(event: str, words: str) -> None:
    payload = {"to": "inactive", "reason": "last order more than 365 days ago"}

    assert str(sentence(event, payload, currency="THB").text) == words
