"""A file that was exported comes back as an import."""

from __future__ import annotations

import pytest

from cdp.ids import uuid7
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory
from tests.profiles.exports.steps import make, order
from tests.profiles.imports.steps import actions, import_file, state
from tests.world import World


def known(world: World, **said: object) -> Profile:
    record = ProfileRecord.parse(said, tenant=world.acme)
    return create_profile(tenant=world.acme, by=world.by, record=record)


@pytest.fixture
def household(world: World, acme: Tenant) -> list[Profile]:
    """Two people behind one address, the second known by it only after it was given, and one without any."""
    first = known(world, firstName="Anong", lastName="Dee", email="home@example.com", tags=[{"name": "VIP"}])
    second = known(world, firstName="Boon", lastName="Dee", email="boon@example.com", phone="0812345678")
    nobody = known(world, firstName="@Chai", companyName="=Firm")
    Profile.objects.filter(pk=second.pk).update(email=first.email)
    ContactPoint.objects.filter(profile=second, kind="email").update(value=first.email)
    return [first, second, nobody]


def exported(world: World) -> bytes:
    return make(world, order(world)).path.read_bytes()


def test_an_export_that_comes_back_as_it_is_changes_nothing(world: World, household: list[Profile]) -> None:
    before = state()
    run = import_file(world, exported(world))
    assert actions(run) == ["unchanged"] * 3
    assert state() == before
    assert not ProfileIdentifier.objects.exists()


def test_what_was_edited_in_an_export_reaches_the_customer_of_the_row(
    world: World, household: list[Profile]
) -> None:
    first, second, _ = household
    file = exported(world).decode().replace("Boon,Dee", "Boonmee,Dee")
    assert sorted(actions(import_file(world, file))) == ["unchanged", "unchanged", "update"]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.first_name, second.first_name, second.email) == ("Anong", "Boonmee", "home@example.com")


def test_an_id_of_a_merged_customer_leads_to_the_survivor(world: World, household: list[Profile]) -> None:
    first, second, _ = household
    Profile.objects.filter(pk=second.pk).update(status="MERGED", merged_into=first)
    run = import_file(world, f"profile_id,profession\n{second.pk},Nurse\n")
    first.refresh_from_db()
    assert (actions(run), first.profession) == (["update"], "Nurse")


def test_an_unknown_id_leaves_the_row_to_its_other_values(world: World, household: list[Profile]) -> None:
    file = f"profile_id,email,profession\n{uuid7()},boon@example.org,Nurse\n{uuid7()},,Driver\n"
    run = import_file(world, file)
    assert actions(run) == ["create", "error"]
    created, refused = run.rows.order_by("row_no")
    assert created.note == "No customer has this ID; it was left out."
    assert [error["field"] for error in refused.errors or ()] == ["profile_id"]
    assert not ProfileIdentifier.objects.exists()


def test_an_id_of_another_company_is_unknown(world: World, household: list[Profile]) -> None:
    with tenant_context(world.zenith):
        stranger = ProfileFactory(profession="")
    assert actions(import_file(world, f"profile_id,profession\n{stranger.pk},Nurse\n")) == ["error"]
    with tenant_context(world.zenith):
        stranger.refresh_from_db()
    assert stranger.profession == ""


def test_ids_of_other_systems_are_kept_as_such(world: World, acme: Tenant) -> None:
    draft = import_file(world, "Profile ID,Email\n01HZX4,mali@example.com\n")
    assert draft.mapping == ["external_id", "email"]
    assert ProfileIdentifier.objects.get().external_id == "01HZX4"
