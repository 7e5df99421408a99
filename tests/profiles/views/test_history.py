"""The history: what people and imports changed, in one order."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client

from cdm.operations.assign_owner import assign_owner
from cdp.models import Membership
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.profiles.imports.steps import import_file, undo
from tests.profiles.views.conftest import Make, part
from tests.world import World
from unify.operations.merge import merge


def history(client: Client, person: Profile, query: str = "") -> str:
    """Fetch the panel."""
    html: str = part(client, f"/admin/customers/{person.pk}/panels/history{query}").content.decode()
    return html


def test_what_an_import_changed_stands_beside_what_people_changed(
    alice: Client, world: World, make: Make
) -> None:
    person = make(name="Somchai", email="s@example.com", primarySource="ERP")
    done = import_file(world, "email,industry\ns@example.com,Retail\n", source="ERP")
    html = history(alice, person)
    assert f'href="/admin/imports/{done.pk}"' in html
    assert "Retail</ins>" in html
    assert html.index("Changed by row") < html.index("Created the customer")
    undo(world, done)
    assert "Taken back" in history(alice, person)


def test_every_change_is_reached_once_by_older(alice: Client, world: World, make: Make) -> None:
    person = make(name="Somchai")
    for number in range(45):
        record = ProfileRecord.parse({"industry": f"Trade{number}!"}, tenant=world.acme)
        update_profile(tenant=world.acme, by=world.by, profile_id=person.pk, record=record)
    seen: list[str] = []
    query = ""
    for _page in range(4):
        html = history(alice, person, query)
        seen += re.findall(r"(Trade\d+)!</ins>", html)
        link = re.search(r'rel="next" href="[^?]+(\?[^"]+)"', html)
        if link is None:
            break
        query = unescape(link[1])
    assert seen == [f"Trade{number}" for number in reversed(range(45))]


def test_a_hostile_position_shows_the_newest(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    for query in ("?before=%00", "?before=AAAA", "?before=" + "x" * 4000):
        assert "Created the customer" in history(alice, person, query)


def test_colleagues_and_other_customers_are_told_by_name(alice: Client, world: World, make: Make) -> None:
    person, other = make(name="Somchai"), make(name="Malee Rakdee")
    bob = Membership.objects.get(user=world.bob)
    assign_owner(tenant=world.acme, by=world.by, profile_ids=[person.pk], owner_id=bob.pk)
    merge(tenant=world.acme, by=world.by, winner_id=person.pk, loser_ids=[other.pk])
    html = history(alice, person)
    assert "Gave the customer to an agent" in html
    assert f"{world.bob.name}</ins>" in html
    assert "Malee Rakdee</ins>" in html
    assert str(bob.pk) not in html
    assert str(other.pk) not in html
