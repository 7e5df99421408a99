"""Who said a value, when, and which rule chose it: value by value, not customer by customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.models import Profile
from profiles.operations.contact_points import add_contact_point, make_primary
from profiles.operations.update_profile import update_profile
from profiles.operations.writing import insert_profile
from profiles.records import ProfileRecord
from tests.profiles.imports.steps import import_file, undo
from tests.unify.merging.conftest import MergeOne
from tests.world import World
from unify.merging.provenance import Said, provenance_of
from unify.merging.rules import SurvivorshipRules
from unify.operations.merge import merge
from unify.operations.preview_merge import preview_merge
from unify.operations.unmerge import unmerge

pytestmark = pytest.mark.conforms("B29")
LONG_AGO = datetime(2020, 3, 1, 9, tzinfo=UTC)
LAST_WEEK = datetime(2026, 1, 5, 9, tzinfo=UTC)
YESTERDAY = datetime(2026, 1, 11, 9, tzinfo=UTC)
TODAY = datetime(2026, 1, 12, 9, tzinfo=UTC)


def came(world: World, at: datetime, **said: Any) -> Profile:
    with time_machine.travel(at):
        record = ProfileRecord.parse(said, tenant=world.acme)
        return insert_profile(tenant=world.acme, by=world.by, record=record, verb="profile.create")


def edited(world: World, at: datetime, profile: Profile, *, by: Actor | None = None, **said: Any) -> None:
    with time_machine.travel(at):
        record = ProfileRecord.parse(said, tenant=world.acme)
        update_profile(tenant=world.acme, by=by or world.by, profile_id=profile.pk, record=record)


def said_of(profile: Profile) -> dict[str, Said]:
    profile.refresh_from_db()
    return {one.field: one for one in provenance_of(profile)}


@pytest.fixture
def two(world: World, acme: Tenant) -> tuple[Profile, Profile]:
    """A customer whose industry was edited yesterday, and one whose phone was corrected last week."""
    first = came(world, LONG_AGO, firstName="Mali", phone="0811111111", primarySource="Website")
    second = came(world, LONG_AGO, firstName="Mali", phone="0822222222", primarySource="Website")
    edited(world, YESTERDAY, first, industry="Golf")
    edited(world, LAST_WEEK, second, phone="0833333333")
    return first, second


def test_the_latest_value_wins_not_the_customer_edited_last(
    two: tuple[Profile, Profile], world: World, acme: Tenant, merge_one: MergeOne
) -> None:
    first, second = two
    preview = preview_merge(tenant=acme, winner_id=first.pk, loser_ids=[second.pk], strategy="MOST_RECENT")
    merged = merge_one(first, second, strategy="MOST_RECENT")
    assert (first.phone, first.industry) == ("+66833333333", "Golf")
    assert next(one for one in preview.fields if one.name == "phone").chosen == first.phone

    said = said_of(first)
    assert (said["phone"].source, said["phone"].at.date()) == ("MANUAL", LAST_WEEK.date())
    assert (said["phone"].by, said["phone"].rule) == ("Alice", "most_recent")
    assert (said["phone"].profile_id, said["phone"].group_id) == (second.pk, merged.group_id)
    assert (said["industry"].at.date(), said["industry"].rule) == (YESTERDAY.date(), "only")
    assert (said["firstName"].source, said["firstName"].at.date()) == ("Website", LONG_AGO.date())


def test_the_preview_says_of_each_value_what_the_merge_writes_down(
    two: tuple[Profile, Profile], acme: Tenant, merge_one: MergeOne
) -> None:
    first, second = two
    preview = preview_merge(tenant=acme, winner_id=first.pk, loser_ids=[second.pk], strategy="MOST_RECENT")
    merge_one(first, second, strategy="MOST_RECENT")
    for field in preview.fields:
        if field.name in {"firstName", "phone", "industry"}:
            assert field.chosen_from is not None
            kept = first.provenance[{"firstName": "first_name"}.get(field.name, field.name)]
            assert field.said[field.chosen_from] == {
                name: kept[name] for name in ("from", "source", "at", "by")
            }


def test_what_an_import_wrote_counts_as_said_by_its_source(
    world: World, acme: Tenant, merge_one: MergeOne
) -> None:
    first = came(world, LONG_AGO, firstName="Mali", email="m@example.com", primarySource="Website")
    second = came(world, LONG_AGO, firstName="Malee", phone="0822222222", primarySource="CRM")
    import_file(world, "email,phone\nm@example.com,0811111111\n")
    merge_one(first, second, rules=SurvivorshipRules({}, ("ERP", "CRM", "Website")))
    assert (first.phone, first.first_name) == ("+66811111111", "Malee")
    said = said_of(first)
    assert (said["phone"].source, said["phone"].rule, said["phone"].by) == ("ERP", "source_rank", "Alice")
    assert (said["firstName"].source, said["email"].source) == ("CRM", "Website")


def test_what_an_import_wrote_and_took_back_was_never_said(world: World, acme: Tenant) -> None:
    first = came(world, LONG_AGO, email="m@example.com", phone="0822222222", primarySource="Website")
    undo(world, import_file(world, "email,industry\nm@example.com,Golf\n"))
    edited(world, TODAY, first, industry="Golf")
    assert (said_of(first)["industry"].source, said_of(first)["phone"].rule) == ("MANUAL", "first")


def test_keys_of_a_tree_are_told_apart(world: World, acme: Tenant, merge_one: MergeOne) -> None:
    first = came(world, LONG_AGO, attributes={"size": "L", "car": "red"}, primarySource="LINE")
    second = came(world, LAST_WEEK, attributes={"size": "M", "car": "blue"}, primarySource="LINE")
    edited(world, LAST_WEEK, first, attributes={"car": "red"})
    edited(world, YESTERDAY, first, attributes={"size": "XL", "car": "red"})
    merge_one(first, second, strategy="MOST_RECENT")
    assert first.attributes == {"size": "XL", "car": "blue"}


def test_an_address_keeps_its_source_whoever_puts_it_first(world: World, acme: Tenant) -> None:
    first = came(world, LONG_AGO, phone="0811111111", primarySource="Website")
    point = add_contact_point(
        tenant=acme,
        by=world.by,
        profile_id=first.pk,
        kind=ContactKind.PHONE,
        value="0822222222",
        source="LINE",
    )
    make_primary(tenant=acme, by=world.by, profile_id=first.pk, contact_point_id=point.pk)
    assert (said_of(first)["phone"].source, said_of(first)["phone"].by) == ("LINE", "Alice")


def test_a_program_speaks_for_the_source_it_names_else_for_itself(world: World, acme: Tenant) -> None:
    key = Actor(ActorKind.API_KEY, None, "Booking engine")
    first = came(world, LONG_AGO, firstName="Mali", primarySource="Website")
    edited(world, LAST_WEEK, first, by=key, industry="Golf", primarySource="ERP")
    edited(world, YESTERDAY, first, by=key, gender="female")
    assert (said_of(first)["industry"].source, said_of(first)["gender"].source) == ("ERP", "Booking engine")


def test_a_merge_taken_back_is_computed_again_from_who_said_what_then(
    two: tuple[Profile, Profile], world: World, acme: Tenant, merge_one: MergeOne
) -> None:
    """The one who comes out takes its values along; the others are weighed as on that day."""
    first, second = two
    third = came(world, LAST_WEEK, firstName="Malee", phone="0844444444", primarySource="Website")
    edited(world, TODAY, third, phone="0855555555")
    merges = merge(
        tenant=acme,
        by=world.by,
        winner_id=first.pk,
        loser_ids=[second.pk, third.pk],
        strategy="MOST_RECENT",
    )
    first.refresh_from_db()
    assert first.phone == "+66855555555"
    unmerge(tenant=acme, by=world.by, merge_id=merges[1].pk, default="revert")
    first.refresh_from_db()
    assert (first.phone, said_of(first)["phone"].at.date()) == ("+66833333333", LAST_WEEK.date())
    unmerge(tenant=acme, by=world.by, merge_id=merges[0].pk, default="revert")
    assert (said_of(first)["phone"].value, said_of(first)["industry"].rule) == ("+66811111111", "edited")


def test_a_survivor_merged_on_is_computed_again_with_who_said_what_was_edited_between(
    two: tuple[Profile, Profile], world: World, acme: Tenant, merge_one: MergeOne
) -> None:
    first, second = two
    below = merge_one(first, second, strategy="MOST_RECENT")
    edited(world, TODAY, first, website="https://mali.example")
    top = came(world, LONG_AGO, firstName="Malee", website="https://old.example", primarySource="CRM")
    edited(world, YESTERDAY, top, firstName="Malee!")
    merge_one(top, first, strategy="MOST_RECENT")
    assert (top.website, top.first_name) == ("https://mali.example", "Malee!")
    unmerge(tenant=acme, by=world.by, merge_id=below.pk, default="keep")
    said = said_of(top)
    assert (said["website"].value, said["website"].at.date()) == ("https://mali.example", TODAY.date())
    assert (said["phone"].value, said["phone"].at.date()) == ("+66811111111", LONG_AGO.date())


def test_a_typed_value_is_said_by_whoever_merges(
    two: tuple[Profile, Profile], world: World, merge_one: MergeOne
) -> None:
    first, second = two
    merge_one(first, second, resolved_conflicts={"industry": "Shipping"})
    said = said_of(first)["industry"]
    assert (said.source, said.by, said.rule) == ("", str(world.by), "chosen")
    assert said.at == first.merged_at


def test_the_number_of_queries_does_not_grow_with_customers_or_their_history(
    world: World, acme: Tenant
) -> None:
    def queries(customers: int, edits: int) -> int:
        people = [came(world, LONG_AGO, firstName="Mali", primarySource="ERP") for _ in range(customers)]
        for person in people:
            for number in range(edits):
                edited(world, TODAY, person, industry=f"Golf {number}")
        ids = [one.pk for one in people]
        with CaptureQueriesContext(connection) as seen:
            preview_merge(tenant=acme, winner_id=ids[0], loser_ids=ids[1:], strategy="MOST_RECENT")
        counting = [one for one in seen.captured_queries if "count" in one["sql"].lower()]
        return len(seen) - len(counting)

    assert queries(2, 1) == queries(6, 5)
