"""Keeping matching records and their keys right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.choices import ContactKind, ProfileStatus
from profiles.models import Profile
from profiles.operations.contact_points import add_contact_point
from profiles.operations.deactivate_profiles import deactivate_profiles
from tests.factories.profiles import ProfileFactory
from unify.models import MatchKey, MatchRecord, MatchSettings
from unify.records import reading, writing
from unify.records.making import Maker
from unify.records.policy import OVERLAP
from unify.records.refresh import refresh, refresh_all, refresh_changed

BY = Actor.system("test")


def record_of(profile: Profile) -> MatchRecord:
    return MatchRecord.objects.get(profile=profile)


def keys_of(profile: Profile) -> set[int]:
    return set(MatchKey.objects.filter(profile=profile).values_list("key", flat=True))


def test_every_active_customer_has_a_record_with_its_keys(acme: Tenant) -> None:
    profile = ProfileFactory(first_name="Somchai", last_name="Jaidee", email="somchai.j@shop.example")
    assert refresh_all(acme) == 1
    record = record_of(profile)
    assert record.prepared["email"] == "somchai.j@shop.example"
    assert record.profile_version == profile.version
    assert keys_of(profile)
    assert keys_of(profile) < set(record.keys)


def test_inactive_and_merged_customers_have_none(acme: Tenant) -> None:
    survivor, inactive = ProfileFactory(), ProfileFactory(status=ProfileStatus.INACTIVE)
    merged = ProfileFactory(status=ProfileStatus.MERGED, merged_into=survivor)
    refresh_all(acme)
    assert set(MatchRecord.objects.values_list("profile_id", flat=True)) == {survivor.pk}
    assert not keys_of(inactive) | keys_of(merged)


def test_a_customer_deactivated_later_is_forgotten(acme: Tenant) -> None:
    profile, other = ProfileFactory(), ProfileFactory()
    refresh_all(acme)
    deactivate_profiles(tenant=acme, by=BY, profile_ids=[profile.pk])
    refresh_changed(acme)
    assert set(MatchRecord.objects.values_list("profile_id", flat=True)) == {other.pk}
    assert not keys_of(profile)


def test_a_new_address_changes_keys_and_fingerprint(acme: Tenant) -> None:
    profile = ProfileFactory()
    refresh_all(acme)
    before, keys = record_of(profile), keys_of(profile)
    add_contact_point(
        tenant=acme, by=BY, profile_id=profile.pk, kind=ContactKind.EMAIL, value="second@shop.example"
    )
    assert refresh_changed(acme) >= 1
    after = record_of(profile)
    assert after.fingerprint != before.fingerprint
    assert after.changed_at > before.changed_at
    assert keys_of(profile) > keys


def test_what_matching_does_not_look_at_changes_no_fingerprint(acme: Tenant) -> None:
    profile = ProfileFactory()
    refresh_all(acme)
    before = record_of(profile)
    Profile.objects.filter(pk=profile.pk).update(
        industry="Golf", version=profile.version + 1, updated_at=timezone.now()
    )
    refresh_changed(acme)
    after = record_of(profile)
    assert after.profile_version == before.profile_version + 1
    assert (after.fingerprint, after.changed_at) == (before.fingerprint, before.changed_at)


def test_keys_of_a_former_value_go(acme: Tenant) -> None:
    profile = ProfileFactory(email="old@shop.example", phone="")
    refresh_all(acme)
    old = keys_of(profile)
    Profile.objects.filter(pk=profile.pk).update(email="", version=2)
    profile.contact_points.all().delete()
    refresh(acme, [profile.pk])
    assert keys_of(profile) < old


def test_a_writer_that_comes_late_leaves_the_keys_of_a_later_version_alone(acme: Tenant) -> None:
    profile = ProfileFactory(email="old@shop.example")
    late = list(Maker(acme).make(reading.read([profile.pk])))
    add_contact_point(
        tenant=acme, by=BY, profile_id=profile.pk, kind=ContactKind.EMAIL, value="second@shop.example"
    )
    refresh(acme, [profile.pk])
    record, keys = record_of(profile), keys_of(profile)
    writing.write(late, [profile.pk])
    assert keys_of(profile) == keys
    assert record_of(profile).keys == record.keys


@pytest.mark.conforms("B47")
def test_blocked_values_never_make_keys(acme: Tenant) -> None:
    acme.blocked_values = {"email": ["info@shop.example"], "phone": ["+66811111111"]}
    acme.save()
    blocked = ProfileFactory(
        first_name="", last_name="", name="", email="info@shop.example", phone="+66811111111"
    )
    refresh_all(acme)
    assert record_of(blocked).keys == []
    assert "email" not in record_of(blocked).prepared


def test_all_records_are_made_again_when_the_tenants_rules_change(acme: Tenant) -> None:
    profile = ProfileFactory(email="info@shop.example")
    refresh_all(acme)
    assert "email" in record_of(profile).prepared
    acme.blocked_values = {"email": ["info@shop.example"]}
    acme.save()
    refresh_changed(acme)
    assert "email" not in record_of(profile).prepared


def test_the_window_leaves_old_changes_alone(acme: Tenant) -> None:
    old, recent = ProfileFactory(), ProfileFactory()
    refresh_all(acme)
    long_ago = timezone.now() - OVERLAP - timedelta(minutes=5)
    Profile.objects.filter(pk=old.pk).update(updated_at=long_ago, version=2)
    Profile.objects.filter(pk=recent.pk).update(updated_at=timezone.now(), version=2)
    assert refresh_changed(acme) == 1
    assert record_of(recent).profile_version == 2
    assert record_of(old).profile_version == 1
    assert refresh_all(acme) == 1
    assert record_of(old).profile_version == 2


def test_a_record_never_goes_back_to_an_earlier_version(acme: Tenant) -> None:
    profile = ProfileFactory()
    refresh_all(acme)
    MatchRecord.objects.update(profile_version=9)
    refresh(acme, [profile.pk])
    assert record_of(profile).profile_version == 9


def test_the_settings_remember_how_far_records_are_right(acme: Tenant) -> None:
    refresh_all(acme)
    settings = MatchSettings.objects.get()
    assert settings.records_until is not None
    assert settings.records_until <= timezone.now()
