"""Changing a customer."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.errors import IdentifierTaken, ProfileNotFound, StaleVersion, ValueTaken
from profiles.models import ContactPoint, Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World


def update(world: World, profile: Profile, *, version: int | None = None, **data: Any) -> Profile:
    record = ProfileRecord.parse(data, tenant=world.acme)
    return update_profile(
        tenant=world.acme, by=world.by, profile_id=profile.pk, record=record, version=version
    )


def test_only_what_is_said_changes(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(industry="Retail", attributes={"a": 1})
    changed = update(world, profile, firstName="Niran")
    changed.refresh_from_db()
    assert changed.first_name == "Niran"
    assert (changed.industry, changed.attributes, changed.email) == ("Retail", {"a": 1}, profile.email)


@pytest.mark.conforms("R164")
def test_the_change_is_audited_with_before_and_after(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(industry="Retail")
    changed = update(world, profile, industry="Food")
    entry = AuditEntry.objects.get(object_id=profile.pk)
    assert entry.changes == {"industry": ["Retail", "Food"]}
    assert (changed.version, changed.updated_by) == (2, f"user:{world.alice.pk}")


def test_saying_the_same_again_changes_nothing(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(industry="Retail")
    assert update(world, profile, industry="Retail", email=profile.email).version == 1
    assert not AuditEntry.objects.exists()


def test_null_and_blank_clear_a_field(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(industry="Retail", member_id="MEM-2026-0001")
    changed = update(world, profile, industry=None, memberId="")
    assert (changed.industry, changed.member_id) == ("", None)


def test_a_computed_name_follows_and_a_told_one_stays(world: World, acme: Tenant) -> None:
    computed, told = ProfileFactory(first_name="A", last_name="B"), ProfileFactory(name="The Boss")
    assert update(world, computed, firstName="C").name == "C B"
    assert update(world, told, firstName="C").name == "The Boss"


def test_a_former_primary_address_stays_as_a_further_one_with_its_source(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(email="old@example.com", phone="+66812345678")
    ContactPoint.objects.filter(profile=profile).update(source="LINE")
    changed = update(world, profile, email="new@example.com", phone="+66899999999")
    assert (changed.email, changed.phone) == ("new@example.com", "+66899999999")
    points = ContactPoint.objects.filter(profile=profile, source="LINE")
    assert set(points.values_list("value", flat=True)) == {"old@example.com", "+66812345678"}
    assert ContactPoint.objects.filter(profile=profile).count() == 4


@pytest.mark.parametrize("nothing", [None, ""])
def test_clearing_the_primary_address_removes_it_and_the_oldest_other_follows(
    world: World, acme: Tenant, nothing: str | None
) -> None:
    profile = ProfileFactory(email="old@example.com", phone="+66812345678")
    for value in ("second@example.com", "third@example.com"):
        ContactPoint.objects.create(profile=profile, kind="email", value=value)
    changed = update(world, profile, email=nothing, phone=nothing)
    assert (changed.email, changed.phone) == ("second@example.com", "")
    values = set(ContactPoint.objects.filter(profile=profile).values_list("value", flat=True))
    assert values == {"second@example.com", "third@example.com"}


def test_a_list_of_emails_replaces_all_of_them(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(email="old@example.com")
    emails = [{"email": "a@example.com"}, {"email": "b@example.com", "isPrimary": True}]
    assert update(world, profile, emails=emails).email == "b@example.com"
    values = set(ContactPoint.objects.filter(profile=profile, kind="email").values_list("value", flat=True))
    assert values == {"a@example.com", "b@example.com"}


def test_a_stale_version_is_refused_and_nothing_changes(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(industry="Retail")
    update(world, profile, industry="Food", version=1)
    with pytest.raises(StaleVersion) as refused:
        update(world, profile, industry="Toys", version=1)
    profile.refresh_from_db()
    assert (refused.value.current, profile.industry) == (2, "Food")


def test_an_id_of_somebody_else_is_refused(world: World, acme: Tenant) -> None:
    ProfileFactory(auth_user_id="auth0|1")
    ProfileIdentifierFactory(source="ERP", external_id="E1")
    profile = ProfileFactory()
    with pytest.raises(ValueTaken) as refused:
        update(world, profile, authUserId="auth0|1", industry="Toys")
    assert "authUserId" in refused.value.fields
    with pytest.raises(IdentifierTaken):
        update(world, profile, externalIds={"ERP": "E1"}, industry="Toys")
    profile.refresh_from_db()
    assert (profile.auth_user_id, profile.industry) == (None, "")


@pytest.mark.conforms("R28")
def test_a_merged_id_changes_the_survivor(world: World, acme: Tenant) -> None:
    survivor = ProfileFactory()
    loser = ProfileFactory(status="MERGED", merged_into=survivor)
    assert update(world, loser, industry="Food") == survivor


def test_a_stranger_and_a_ghost_are_not_found(world: World) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory(industry="Retail")
    with tenant_context(world.acme):
        for profile in (theirs, Profile(pk=uuid.uuid4())):
            with pytest.raises(ProfileNotFound):
                update(world, profile, industry="Food")
    with tenant_context(world.zenith):
        theirs.refresh_from_db()
        assert theirs.industry == "Retail"


@pytest.mark.conforms("R18")
def test_deactivating_by_status_keeps_the_name_and_marks_it(world: World, acme: Tenant) -> None:
    profile = update(world, ProfileFactory(name="Mali"), status="INACTIVE")
    assert (profile.name, profile.shown_name) == ("Mali", "[INACTIVE] Mali")
    assert profile.deleted_at is not None
    assert update(world, profile, status="ACTIVE").deleted_at is None


def test_dropping_an_additional_email_is_a_change_like_others(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(email="a@example.com")
    ContactPoint.objects.create(profile=profile, kind="email", value="b@example.com")
    changed = update(world, profile, emails=[{"email": "a@example.com"}])
    entry = AuditEntry.objects.get(object_id=profile.pk)
    assert changed.version == 2
    before, after = entry.changes["addresses"]
    assert set(before) - set(after) == {"b@example.com"}
