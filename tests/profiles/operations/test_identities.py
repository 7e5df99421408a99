"""Identifiers, contact points and events of one customer."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from cdp.errors import Conflict, Invalid, NotFound
from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.errors import IdentifierTaken, ProfileNotFound
from profiles.models import ContactPoint, ProfileIdentifier
from profiles.operations.contact_points import add_contact_point, make_primary, remove_contact_point
from profiles.operations.identifiers import add_identifier, remove_identifier
from profiles.operations.record_event import record_event
from tests.factories.profiles import ProfileFactory
from tests.world import World


@pytest.mark.conforms("R13")
@pytest.mark.conforms("R14")
def test_an_external_id_belongs_to_one_customer(world: World, acme: Tenant) -> None:
    first, second = ProfileFactory(), ProfileFactory()
    common: dict[str, Any] = {"tenant": world.acme, "by": world.by, "source": "LINE", "external_id": "U1"}
    add_identifier(profile_id=first.pk, match_quality=95, is_primary=True, **common)
    with pytest.raises(IdentifierTaken):
        add_identifier(profile_id=second.pk, **common)
    assert add_identifier(profile_id=second.pk, source_type="LEAD", **common).source_type == "LEAD"
    assert ProfileIdentifier.objects.filter(profile=first).count() == 1


def test_a_source_has_one_primary_id(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    for external_id in ("U1", "U2"):
        add_identifier(
            tenant=world.acme,
            by=world.by,
            profile_id=profile.pk,
            source="LINE",
            external_id=external_id,
            is_primary=True,
        )
    assert ProfileIdentifier.objects.get(is_primary=True).external_id == "U2"


def test_a_removed_identifier_is_free_again(world: World, acme: Tenant) -> None:
    profile, other = ProfileFactory(), ProfileFactory()
    common: dict[str, Any] = {"tenant": world.acme, "by": world.by}
    row = add_identifier(profile_id=profile.pk, source="ERP", external_id="E1", **common)
    with pytest.raises(NotFound):
        remove_identifier(profile_id=other.pk, identifier_id=row.pk, **common)
    remove_identifier(profile_id=profile.pk, identifier_id=row.pk, **common)
    assert add_identifier(profile_id=other.pk, source="ERP", external_id="E1", **common).profile == other


def test_the_first_phone_becomes_primary_and_its_heir_follows(world: World, acme: Tenant) -> None:
    profile = ProfileFactory(phone="")
    common: dict[str, Any] = {"tenant": world.acme, "by": world.by, "profile_id": profile.pk}
    first = add_contact_point(kind=ContactKind.PHONE, value="081 111 1111", **common)
    second = add_contact_point(kind=ContactKind.PHONE, value="0822222222", **common)
    profile.refresh_from_db()
    assert profile.phone == "+66811111111"
    make_primary(contact_point_id=second.pk, **common)
    profile.refresh_from_db()
    assert profile.phone == "+66822222222"
    remove_contact_point(contact_point_id=second.pk, **common)
    profile.refresh_from_db()
    assert profile.phone == first.value


def test_an_address_is_added_once_and_must_be_one(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    common: dict[str, Any] = {
        "tenant": world.acme,
        "by": world.by,
        "profile_id": profile.pk,
        "kind": ContactKind.EMAIL,
    }
    with pytest.raises(Conflict):
        add_contact_point(value=profile.email.upper(), **common)
    with pytest.raises(Invalid):
        add_contact_point(value="not an address", **common)
    assert ContactPoint.objects.filter(profile=profile, kind="email").count() == 1


@pytest.mark.conforms("R65")
@pytest.mark.conforms("R25")
def test_an_event_moves_the_last_activity_forward_only(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    common: dict[str, Any] = {"tenant": world.acme, "by": world.by, "profile_id": profile.pk}
    late, early = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    record_event(type="purchase", timestamp=late, customer_id="123", **common)
    record_event(type="page_view", timestamp=early, **common)
    profile.refresh_from_db()
    assert profile.last_activity_at == late
    assert [event.type for event in profile.events.all()] == ["purchase", "page_view"]


@pytest.mark.conforms("R28")
def test_an_event_of_a_merged_customer_goes_to_the_survivor(world: World, acme: Tenant) -> None:
    survivor = ProfileFactory()
    loser = ProfileFactory(status="MERGED", merged_into=survivor)
    event = record_event(tenant=world.acme, by=world.by, type="page_view", profile_id=loser.pk)
    assert event.profile == survivor
    with pytest.raises(ProfileNotFound):
        record_event(tenant=world.acme, by=world.by, type="page_view", profile_id=uuid.uuid4())
