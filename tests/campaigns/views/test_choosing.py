"""Choosing the parts of containers and campaigns: the bin, and lists that are long."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from campaigns.forms import parts
from campaigns.models import CampaignProfileUsage, ProfileContainer
from campaigns.operations.lifecycle import delete_asset, restore_asset
from cdp.models import Tenant
from tests.campaigns.making import BUDGET, CAMPAIGN, CONTAINER, TARGET, fresh, make, use
from tests.factories.campaigns import TargetProfileFactory
from tests.world import World

PLACE = "/admin/marketing"


@pytest.fixture
def alice(world: World) -> Client:
    return world.browser(world.alice)


def values_of(page: str) -> dict[str, str]:
    """Return what the selects of a page would send."""
    selects = re.findall(r'<select name="(\w+)".*?</select>', page, re.DOTALL)
    found = {}
    for name in selects:
        body = page.split(f'<select name="{name}"')[1].split("</select>", maxsplit=1)[0]
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_part_in_the_bin_stays_when_the_container_is_saved(
    world: World, acme: Tenant, alice: Client
) -> None:
    target = make(world, TARGET, name="Golfers")
    container = make(world, CONTAINER, customerProfileId=str(target.pk))
    named = {"tenant": acme, "by": world.by, "kind": TARGET, "asset_id": target.pk}
    delete_asset(**named)
    path = f"{PLACE}/containers/{container.pk}/edit"
    page = alice.get(path).content.decode()
    assert "Golfers (in the bin)" in page
    answer = alice.post(path, {**values_of(page), "name": "Renamed", "version": container.version})
    assert answer.status_code == 302, answer.content.decode()
    restore_asset(**named)
    stored = ProfileContainer.objects.get()
    assert (stored.name, stored.customer_profile_id) == ("Renamed", target.pk)
    assert "customer_profile" not in stored.missing_profiles


def test_a_part_in_the_bin_stays_when_the_use_is_saved(world: World, acme: Tenant, alice: Client) -> None:
    target, budget = make(world, TARGET, name="Golfers"), make(world, BUDGET)
    campaign = make(world, CAMPAIGN)
    use(world, campaign, customerProfileId=target.pk)
    delete_asset(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk)
    page = alice.get(f"{PLACE}/plans/{campaign.pk}").content.decode()
    assert "Golfers (in the bin)" in page
    alice.post(f"{PLACE}/plans/{campaign.pk}/use", {**values_of(page), "budget": str(budget.pk)})
    usage = fresh(CampaignProfileUsage.objects.get())
    assert (usage.customer_profile_id, usage.budget_id) == (target.pk, budget.pk)


def test_what_lies_in_the_bin_cannot_be_chosen_anew(world: World, acme: Tenant, alice: Client) -> None:
    target, container = make(world, TARGET), make(world, CONTAINER)
    delete_asset(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk)
    said = {"name": "C", "status": "ACTIVE", "customer_profile_id": str(target.pk)}
    assert alice.post(f"{PLACE}/containers/{container.pk}/edit", said).status_code == 400
    assert fresh(container).customer_profile_id is None


def test_a_long_list_shows_the_newest_what_is_chosen_and_what_is_searched(
    world: World, acme: Tenant, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = make(world, TARGET, name="Oldest of all")
    container = make(world, CONTAINER, customerProfileId=str(chosen.pk))
    path = f"{PLACE}/containers/{container.pk}/edit"
    assert 'name="part"' not in alice.get(path).content.decode()
    monkeypatch.setattr(parts, "MOST_CHOICES", 3)
    older, *_newer = [TargetProfileFactory(name=f"Golfers {number}") for number in range(6)]
    page = alice.get(path).content.decode()
    assert [n for n in range(6) if f"Golfers {n}<" in page] == [3, 4, 5]
    assert "Oldest of all" in page
    assert 'name="part"' in page
    found = alice.get(path, {"part": "golfers 1"}).content.decode()
    assert [n for n in range(6) if f"Golfers {n}<" in found] == [1]
    said = {"name": "C", "status": "ACTIVE", "customer_profile_id": str(older.pk)}
    assert alice.post(path, said).status_code == 302
    assert fresh(container).customer_profile_id == older.pk
