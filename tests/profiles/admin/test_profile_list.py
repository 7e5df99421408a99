"""The list of customers in the admin, the palette, and customers who are not active any more."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.operations.deactivate_profiles import deactivate_profiles
from tests.profiles.admin.records import record
from tests.world import World

LIST = "/admin/profiles/profile/"


def test_deactivating_asks_first_and_keeps_the_row(browser: Client, somchai: Profile, world: World) -> None:
    address = f"{LIST}{somchai.pk}/delete/"
    assert "Deactivate" in browser.get(address).content.decode()
    assert browser.post(address, {"post": "yes"})["Location"] == LIST
    with tenant_context(world.acme):
        profile = Profile.objects.get()
    assert profile.status == "INACTIVE"
    assert "[INACTIVE] Somchai Jaidee" in browser.get(LIST).content.decode()


def test_a_merged_customer_leads_to_the_survivor(browser: Client, somchai: Profile, world: World) -> None:
    with tenant_context(world.acme):
        loser = create_profile(
            tenant=world.acme, by=world.by, record=record(world.acme, {"firstName": "Loser"})
        )
        Profile.objects.filter(pk=loser.pk).update(status="MERGED", merged_into=somchai)
    answer = browser.get(f"{LIST}{loser.pk}/change/")
    assert answer["Location"] == f"{LIST}{somchai.pk}/change/"
    assert "Loser" not in browser.get(LIST).content.decode()


def test_the_palette_finds_customers_of_the_active_company(
    browser: Client, somchai: Profile, world: World
) -> None:
    with tenant_context(world.zenith):
        create_profile(
            tenant=world.zenith, by=world.charlie.actor, record=record(world.zenith, {"name": "Somchai Z"})
        )
    answer = browser.get(reverse("admin:search"), {"s": "somchai", "extended": "1"})
    found = [(row.title, str(row.link)) for row in answer.context["results"]]
    assert found == [("Somchai Jaidee", f"/admin/customers/{somchai.pk}")]


def test_the_palette_remembers_nothing_across_companies(
    browser: Client, somchai: Profile, world: World
) -> None:
    search = {"s": "somchai", "extended": "1"}
    assert list(browser.get(reverse("admin:search"), search).context["results"])
    with tenant_context(world.acme):
        Profile.objects.filter(pk=somchai.pk).update(first_name="Gone", name="Gone", email="")
    assert not list(browser.get(reverse("admin:search"), search).context["results"])


def test_a_search_finds_part_of_a_name(browser: Client, somchai: Profile) -> None:
    assert "Somchai Jaidee" in browser.get(LIST, {"q": "omch jai"}).content.decode()
    assert "Somchai Jaidee" not in browser.get(LIST, {"q": "nobody"}).content.decode()


def test_reactivating_is_an_action_of_the_list(browser: Client, somchai: Profile, world: World) -> None:
    with tenant_context(world.acme):
        deactivate_profiles(tenant=world.acme, by=world.by, profile_ids=[somchai.pk])
    browser.post(LIST, {"action": "reactivate", "_selected_action": [str(somchai.pk)]})
    with tenant_context(world.acme):
        assert Profile.objects.get().status == "ACTIVE"
