"""Adding a customer."""

from __future__ import annotations

from typing import Any

import pytest

from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.errors import DuplicateProfile
from profiles.models import ContactPoint, Profile, ProfileIdentifier, SegmentMembership
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory, SegmentFactory
from tests.world import World


def create(world: World, *, allow_duplicate: bool = False, **data: Any) -> Profile:
    record = ProfileRecord.parse(data, tenant=world.acme)
    return create_profile(tenant=world.acme, by=world.by, record=record, allow_duplicate=allow_duplicate)


@pytest.mark.conforms("R2")
@pytest.mark.conforms("R3")
@pytest.mark.conforms("R4")
@pytest.mark.conforms("R8")
def test_everything_the_record_says_is_written(world: World, acme: Tenant) -> None:
    segment = SegmentFactory()
    profile = create(
        world,
        firstName=" Somchai ",
        lastName="Jaidee",
        email="SOMCHAI@Example.com",
        phone="081 234 5678",
        emails=[{"email": "work@corp.example.com", "type": "WORK", "source": "ERP"}],
        address={"city": "Bangkok", "postalCode": "10110"},
        tags=[{"id": "tag-123", "name": "VIP", "color": "#FF0000"}],
        segmentIds=[str(segment.pk)],
        externalIds={"erpCustomerId": "ERP001"},
        attributes={"shoe size": 42},
    )
    profile.refresh_from_db()
    assert profile.name == "Somchai Jaidee"
    assert (profile.email, profile.phone) == ("somchai@example.com", "+66812345678")
    assert profile.address == {"city": "Bangkok", "postalCode": "10110"}
    assert profile.attributes == {"shoe size": 42}
    assert list(profile.profile_tags.values_list("tag__name", "tag__color")) == [("VIP", "#FF0000")]
    assert SegmentMembership.objects.get(profile=profile).segment == segment
    identifier = ProfileIdentifier.objects.get(profile=profile)
    assert (identifier.source, identifier.external_id) == ("ERP", "ERP001")
    points = {(p.kind, p.value, p.type, p.source) for p in ContactPoint.objects.filter(profile=profile)}
    assert points == {
        ("email", "somchai@example.com", "", "MANUAL"),
        ("email", "work@corp.example.com", "WORK", "ERP"),
        ("phone", "+66812345678", "", "MANUAL"),
    }


def test_the_audit_trail_says_who_and_with_what(world: World, acme: Tenant) -> None:
    profile = create(world, firstName="Mali", email="mali@example.com")
    entry = AuditEntry.objects.get(object_id=profile.pk)
    assert (entry.verb, entry.actor_id, entry.actor_label) == ("profile.create", world.alice.pk, "Alice")
    assert entry.changes["email"] == [None, "mali@example.com"]
    assert profile.created_by == f"user:{world.alice.pk}"


@pytest.mark.parametrize(
    ("hint", "data"),
    [
        ("email", {"email": "known@example.com"}),
        ("phone", {"phone": "+66811111111"}),
        ("memberId", {"memberId": "MEM-2026-0001"}),
        ("externalId", {"externalIds": {"ERP": "E1"}}),
    ],
)
def test_a_known_customer_is_refused_and_named(
    world: World, acme: Tenant, hint: str, data: dict[str, Any]
) -> None:
    known = ProfileFactory(email="known@example.com", phone="+66811111111", member_id="MEM-2026-0001")
    ProfileIdentifierFactory(profile=known, source="ERP", external_id="E1")
    with pytest.raises(DuplicateProfile) as refused:
        create(world, firstName="Other", **data)
    assert refused.value.existing_id == known.pk
    assert refused.value.matched_by == [hint]
    assert Profile.objects.count() == 1


def test_a_shared_email_is_accepted_on_purpose_but_never_a_shared_id(world: World, acme: Tenant) -> None:
    known = ProfileFactory(member_id="MEM-2026-0001")
    other = create(world, firstName="Spouse", email=known.email, allow_duplicate=True)
    assert other != known
    with pytest.raises(DuplicateProfile):
        create(world, memberId="MEM-2026-0001", allow_duplicate=True)


def test_a_family_phone_is_no_duplicate_when_the_emails_differ(world: World, acme: Tenant) -> None:
    known = ProfileFactory()
    assert create(world, email="spouse@example.com", phone=known.phone) != known


def test_a_segment_of_another_tenant_does_not_exist_and_nothing_is_written(world: World) -> None:
    with tenant_context(world.zenith):
        theirs = SegmentFactory()
    with tenant_context(world.acme):
        with pytest.raises(Invalid) as refused:
            create(world, email="x@example.com", segmentIds=[str(theirs.pk)])
        assert "segmentIds" in refused.value.fields
        assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"type": "COMPANY", "companyName": "Acme Corp", "firstName": "Jo"}, "Acme Corp"),
        ({"lastName": "山田", "firstName": "太郎"}, "山田太郎"),
        ({"email": "only@example.com"}, "only@example.com"),
        ({"name": "As told", "firstName": "Jo"}, "As told"),
    ],
)
def test_the_name_follows_from_what_is_known(
    world: World, acme: Tenant, data: dict[str, Any], shown: str
) -> None:
    assert create(world, **data).name == shown
