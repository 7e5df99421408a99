"""The numbers on the list."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from profiles.models import Profile
from profiles.operations.deactivate_profiles import deactivate_profiles
from profiles.views.customers import counts
from profiles.views.customers import list as customer_list
from tests.profiles.views.conftest import LIST, Make
from tests.world import World


def numbers_on(html: str) -> dict[str, str]:
    """Return the cards' numbers by label."""
    found = re.findall(
        r'<a class="number" href="([^"]*)".*?</span>([^<]+)</span>\s*<span class="number__value">([^<]+)',
        html,
        re.S,
    )
    return {label.strip(): number for _, label, number in found}


def test_the_cards_count_and_open_the_list_behind_them(alice: Client, world: World, make: Make) -> None:
    make(type="COMPANY", companyName="Siam Retail")
    person, old = make(name="Somchai"), make(name="Ayesha")
    deactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[person.pk])
    Profile.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=45))
    html = alice.get(LIST).content.decode()
    found = numbers_on(html)
    assert (found["All customers"], found["Added in 30 days"]) == ("3", "2")
    assert f'href="{LIST}?created=30d"' in html
    for query in ("type=INDIVIDUAL", "type=COMPANY", "status=INACTIVE", "created=30d"):
        listed = alice.get(f"{LIST}?{query}").content.decode()
        shown = listed.count("data-open")
        assert f"{shown} customer" in listed, query


def test_new_in_30_days_agrees_with_the_list_at_the_edge(alice: Client, make: Make) -> None:
    first = datetime.now(UTC).date() - timedelta(days=29)
    edge = datetime(first.year, first.month, first.day, tzinfo=UTC)
    for moment in (edge, edge - timedelta(seconds=1)):
        person = make(name=f"Born {moment.isoformat()}")
        Profile.objects.filter(pk=person.pk).update(created_at=moment)
    html = alice.get(f"{LIST}?created=30d").content.decode()
    assert html.count("data-open") == 1
    assert numbers_on(html)["Added in 30 days"] == "1"


def test_a_long_search_result_is_counted_no_further_than_the_cap(
    alice: Client, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "MOST_COUNTED", 2)
    monkeypatch.setattr(customer_list, "PAGE_SIZE", 2)
    for number in range(3):
        make(name=f"Somchai Number{number}")
    assert "More than 2 customers" in alice.get(f"{LIST}?q=somchai").content.decode()
    assert "More than" not in alice.get(f"{LIST}?q=somchai+number1").content.decode()
    assert "More than" not in alice.get(LIST).content.decode()
