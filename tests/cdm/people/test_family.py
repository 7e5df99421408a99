"""Relatives, and the customers they are themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import TestCase

from cdm.errors import StillThere
from cdm.family.linking import AlreadyFamily
from cdm.family.seen import relatives_of
from cdm.models import CustomerSummary, FamilyMember, OccasionReminder
from cdm.occasions.mailing import mail_digests
from cdm.occasions.reminding import remind
from cdm.operations.add_family_member import add_family_member
from cdm.operations.change_family_member import (
    remove_family_member,
    restore_family_member,
    update_family_member,
)
from cdm.records.family import FamilyChange, FamilyRecord
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.cdm_people import OwnershipFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge


def add(world: World, profile: Profile, **values: object) -> FamilyMember:
    said = {"name": "Malee Srisuk", "relationship": "spouse", **values}
    record = FamilyRecord.parse(said, tenant=world.acme)
    return add_family_member(tenant=world.acme, by=world.by, profile_id=profile.pk, record=record)


@pytest.mark.conforms("R100")
def test_a_relative_is_kept_with_everything_said(acme: Tenant, world: World) -> None:
    profile = ProfileFactory()
    row = add(
        world,
        profile,
        relationship="grandparent",
        phone="081 234 5678",
        email="Malee@Example.com",
        date_of_birth="15 พ.ค. 2490",
        anniversaryDate="--12-20",
        gender="female",
        profession="Teacher",
    )
    stored = FamilyMember.objects.get(pk=row.pk)
    assert (stored.phone, stored.email) == ("+66812345678", "malee@example.com")
    assert stored.date_of_birth == date(1947, 5, 15)
    assert (stored.anniversary_date, stored.partial_anniversary) == (None, "--12-20")
    assert CustomerSummary.objects.get(profile=profile).family_members == 1


@pytest.mark.conforms("B106")
@pytest.mark.parametrize("by", ["email", "phone"])
def test_a_relative_who_is_a_customer_is_linked(acme: Tenant, world: World, by: str) -> None:
    profile, malee = ProfileFactory(), ProfileFactory(first_name="Malee", last_name="Srisuk")
    row = add(world, profile, **{by: getattr(malee, by)})
    assert row.relative_id == malee.pk


def test_a_shared_phone_of_somebody_else_links_nobody(acme: Tenant, world: World) -> None:
    profile, other = ProfileFactory(), ProfileFactory(first_name="Rahim", last_name="Khan")
    assert add(world, profile, phone=other.phone).relative_id is None
    assert add(world, profile, name="Ben", phone=profile.phone).relative_id is None


@pytest.mark.conforms("B106")
@pytest.mark.parametrize(
    ("name", "own", "is_linked"),
    [
        ("Tim Doe", {"first_name": "Mary", "last_name": "Doe"}, False),
        ("Tim Doe", {"first_name": "", "last_name": "", "name": "Mary Doe"}, False),
        ("Md. Karim Khan", {"first_name": "Md. Rahim", "last_name": "Khan"}, False),
        ("Mrs Mary Doe", {"first_name": "Mary", "last_name": "Jones"}, True),
        ("Bob", {"first_name": "Robert", "last_name": "Doe"}, True),
        ("Mali Srisuk", {"first_name": "มาลี", "last_name": "ศรีสุข"}, True),
        ("Tim Doe", {"first_name": "", "last_name": "", "name": ""}, True),
    ],
)
def test_families_share_phones_and_surnames_and_the_given_name_tells_who_it_is(
    acme: Tenant, world: World, name: str, own: dict[str, str], is_linked: bool
) -> None:
    other = ProfileFactory(**own)
    row = add(world, ProfileFactory(), name=name, relationship="child", phone=other.phone)
    assert (row.relative_id == other.pk) is is_linked


def test_two_customers_are_linked_once(acme: Tenant, world: World) -> None:
    one, other = ProfileFactory(), ProfileFactory()
    add(world, one, relative_id=str(other.pk))
    with pytest.raises(AlreadyFamily):
        add(world, other, relative_id=str(one.pk))
    with pytest.raises(Invalid):
        add(world, one, relative_id=str(one.pk))
    assert FamilyMember.objects.count() == 1


def test_a_change_changes_what_is_said_and_finds_the_profile(acme: Tenant, world: World) -> None:
    profile, malee = ProfileFactory(), ProfileFactory(first_name="Malee", last_name="Srisuk")
    row = add(world, profile, date_of_birth="1990-05-15")
    change = FamilyChange.parse({"email": malee.email, "dateOfBirth": "May"}, tenant=acme)
    update_family_member(tenant=acme, by=world.by, member_id=row.pk, record=change)
    row.refresh_from_db()
    assert (row.name, row.relationship, row.relative_id) == ("Malee Srisuk", "spouse", malee.pk)
    assert (row.date_of_birth, row.partial_birth_date) == (None, "--05")


def test_a_removed_relative_comes_back(acme: Tenant, world: World) -> None:
    profile = ProfileFactory()
    row = add(world, profile, date_of_birth="1990-05-15")
    remove_family_member(tenant=acme, by=world.by, member_id=row.pk)
    assert CustomerSummary.objects.get(profile=profile).family_members == 0
    restore_family_member(tenant=acme, by=world.by, member_id=row.pk)
    assert FamilyMember.objects.get(pk=row.pk).date_of_birth == date(1990, 5, 15)
    with pytest.raises(StillThere):
        restore_family_member(tenant=acme, by=world.by, member_id=row.pk)


def test_a_relative_who_comes_back_reminds_nobody_again(acme: Tenant, world: World) -> None:
    morning = datetime(2026, 6, 15, 1, tzinfo=UTC)
    profile = ProfileFactory()
    OwnershipFactory(profile=profile, owner=world.bob.memberships.get())
    row = add(world, profile, date_of_birth="1990-06-16")
    assert remind(tenant=acme, now=morning) == 1
    assert mail_digests(tenant=acme, now=morning) == 1
    told = OccasionReminder.objects.values().get()
    remove_family_member(tenant=acme, by=world.by, member_id=row.pk)
    assert not OccasionReminder.objects.exists()
    restore_family_member(tenant=acme, by=world.by, member_id=row.pk)
    assert OccasionReminder.objects.values().get() == told
    assert remind(tenant=acme, now=morning) == 0
    assert mail_digests(tenant=acme, now=morning) == 0


def test_family_is_counted_as_it_is_shown(acme: Tenant, world: World) -> None:
    one, other, child = ProfileFactory(), ProfileFactory(), ProfileFactory()
    add(world, one, name="Child", relationship="child", relative_id=str(child.pk))
    add(world, other, name="Child", relationship="child", relative_id=str(child.pk))
    add(world, one, name="Grandmother", relationship="grandparent")

    def counted() -> list[int]:
        found = dict(CustomerSummary.objects.values_list("profile_id", "family_members"))
        return [found.get(each.pk, 0) for each in (one, other, child)]

    assert counted() == [len(relatives_of(each.pk)) for each in (one, other, child)] == [2, 1, 2]
    add(world, one, relative_id=str(other.pk))
    with TestCase.captureOnCommitCallbacks(execute=True):
        (done,) = merge(tenant=acme, by=world.by, winner_id=one.pk, loser_ids=[other.pk])
    assert counted() == [len(relatives_of(one.pk)), 0, len(relatives_of(child.pk))] == [2, 0, 1]
    with TestCase.captureOnCommitCallbacks(execute=True):
        unmerge(tenant=acme, by=world.by, merge_id=done.pk)
    assert counted() == [3, 2, 2]


def test_a_relative_linked_anew_does_not_come_back_a_second_time(acme: Tenant, world: World) -> None:
    profile, malee = ProfileFactory(), ProfileFactory()
    row = add(world, profile, relative_id=str(malee.pk))
    removed = row.pk
    remove_family_member(tenant=acme, by=world.by, member_id=removed)
    add(world, profile, relative_id=str(malee.pk))
    with pytest.raises(AlreadyFamily):
        restore_family_member(tenant=acme, by=world.by, member_id=removed)
    assert FamilyMember.objects.count() == 1


def test_a_relative_who_was_merged_meanwhile_comes_back_as_the_survivor(acme: Tenant, world: World) -> None:
    profile, malee, survivor = ProfileFactory(), ProfileFactory(), ProfileFactory()
    row = add(world, profile, relative_id=str(malee.pk))
    removed = row.pk
    remove_family_member(tenant=acme, by=world.by, member_id=removed)
    merge(tenant=acme, by=world.by, winner_id=survivor.pk, loser_ids=[malee.pk])
    restore_family_member(tenant=acme, by=world.by, member_id=removed)
    assert FamilyMember.objects.get(pk=removed).relative_id == survivor.pk
