"""Who is this? Ranks, conflicts, links, blocked values."""

from __future__ import annotations

import pytest

from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import LifecycleStage, ProfileStatus
from profiles.identity import Hints, IdentifierHint
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.phones import normalise_phone
from profiles.operations.resolve import Resolution, resolve
from profiles.registries import identity_conflicts
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World


def ask(world: World, *, create: bool = True, **hints: object) -> Resolution:
    return resolve(tenant=world.acme, by=world.by, hints=Hints(**hints), create=create)  # type: ignore[arg-type]


@pytest.mark.conforms("R54")
@pytest.mark.conforms("R31")
def test_an_auth_id_matches_with_full_confidence(world: World, acme: Tenant) -> None:
    known = ProfileFactory(auth_user_id="auth0|123")
    found = ask(world, ids={"authUserId": "auth0|123"})
    assert found.profile == known
    assert (found.is_new, found.matched_by, found.confidence) == (False, ["authUserId"], 100)


@pytest.mark.conforms("R54")
def test_an_email_matches_when_there_is_no_auth_id(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="test@example.com")
    found = ask(world, email=normalise_email("TEST@Example.com"))
    assert (found.profile, found.matched_by, found.confidence) == (known, ["email"], 95)


@pytest.mark.conforms("R30")
@pytest.mark.conforms("R54")
def test_nobody_known_makes_an_active_subscriber(world: World, acme: Tenant) -> None:
    found = ask(world, email="new@example.com")
    assert found.is_new
    assert found.matched_by == []
    assert found.profile is not None
    assert found.profile.status == ProfileStatus.ACTIVE
    assert found.profile.lifecycle_stage == LifecycleStage.SUBSCRIBER
    assert ContactPoint.objects.get(profile=found.profile).value == "new@example.com"
    assert AuditEntry.objects.get(object_id=found.profile.pk).verb == "profile.resolve"


@pytest.mark.conforms("R33")
@pytest.mark.conforms("R54")
def test_a_south_african_phone_is_written_in_e164(world: World) -> None:
    with tenant_context(world.zenith):
        hints = Hints(phone=normalise_phone("082 123 4567", world.zenith.region))
        found = resolve(tenant=world.zenith, by=world.charlie.actor, hints=hints)
        assert found.profile is not None
        assert found.profile.phone == "+27821234567"


@pytest.mark.conforms("R32")
def test_an_email_match_is_given_the_auth_id_it_lacks(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="a@shop.example.com")
    ask(world, email="a@shop.example.com", ids={"authUserId": "auth0|9"})
    known.refresh_from_db()
    assert known.auth_user_id == "auth0|9"
    assert known.version == 2


def test_an_email_match_never_overwrites_another_auth_id(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="a@shop.example.com", auth_user_id="auth0|1")
    found = ask(world, email="a@shop.example.com", ids={"authUserId": "auth0|2"})
    known.refresh_from_db()
    assert found.profile == known
    assert known.auth_user_id == "auth0|1"


def test_an_id_outranks_email_and_phone_and_the_others_are_conflicts(world: World, acme: Tenant) -> None:
    by_phone, by_email, by_id = ProfileFactory(), ProfileFactory(), ProfileFactory(scl_member_id=7)
    told: list[object] = []
    identity_conflicts.register("test", lambda tenant, found: told.extend(found))
    try:
        found = ask(world, email=by_email.email, phone=by_phone.phone, ids={"sclMemberId": 7})
    finally:
        identity_conflicts.unregister("test")
    assert (found.profile, found.matched_by, found.confidence) == (by_id, ["sclMemberId"], 100)
    assert found.conflicts == [by_email.pk, by_phone.pk]
    assert told == [(by_id.pk, [by_email.pk])], "families share phones"


def test_all_hints_that_fit_are_named_in_order_of_rank(world: World, acme: Tenant) -> None:
    known = ProfileFactory(teetime_player_id="T1")
    found = ask(world, phone=known.phone, email=known.email, ids={"teetimePlayerId": "T1"})
    assert found.matched_by == ["teetimePlayerId", "email", "phone"]


def test_a_phone_alone_matches_with_less_confidence(world: World, acme: Tenant) -> None:
    known = ProfileFactory()
    found = ask(world, phone=known.phone)
    assert (found.profile, found.matched_by, found.confidence) == (known, ["phone"], 85)


def test_a_shared_phone_never_hands_over_an_email(world: World, acme: Tenant) -> None:
    known = ProfileFactory()
    found = ask(world, phone=known.phone, email="spouse@example.com")
    assert found.profile == known
    assert not ContactPoint.objects.filter(value="spouse@example.com").exists()


def test_a_phone_is_no_match_against_another_auth_id(world: World, acme: Tenant) -> None:
    known = ProfileFactory(auth_user_id="auth0|1")
    found = ask(world, phone=known.phone, ids={"authUserId": "auth0|2"})
    assert found.is_new
    assert found.profile != known


def test_an_additional_email_finds_its_owner(world: World, acme: Tenant) -> None:
    known = ProfileFactory()
    ContactPoint.objects.create(profile=known, kind="email", value="second@example.com")
    assert ask(world, email="second@example.com").profile == known


def test_an_external_id_is_found_and_linked(world: World, acme: Tenant) -> None:
    known = ProfileIdentifierFactory(source="ERP", external_id="E1").profile
    found = ask(world, email=known.email, identifiers=(IdentifierHint("LINE", "U1", "USER"),))
    assert found.profile == known
    assert ProfileIdentifier.objects.get(source="LINE").profile == known
    again = ask(world, identifiers=(IdentifierHint("LINE", "U1"),))
    assert (again.profile, again.matched_by) == (known, ["externalId"])


@pytest.mark.conforms("R28")
def test_a_merged_customer_stands_for_its_survivor(world: World, acme: Tenant) -> None:
    survivor = ProfileFactory()
    loser = ProfileFactory(status="MERGED", merged_into=survivor)
    assert ask(world, email=loser.email).profile == survivor


def test_looking_up_writes_nothing(world: World, acme: Tenant) -> None:
    found = ask(world, email="nobody@example.com", create=False)
    assert (found.profile, found.is_new, found.confidence) == (None, False, 0)
    assert not Profile.objects.exists()
    assert not AuditEntry.objects.exists()


def test_blocked_values_identify_nobody(world: World, acme: Tenant) -> None:
    world.acme.blocked_values = {"email": ["shared@shop.example.com"]}
    ProfileFactory(email="shared@shop.example.com")
    with pytest.raises(Invalid):
        ask(world, email="shared@shop.example.com")
    assert Profile.objects.count() == 1


def test_two_tenants_may_know_the_same_email(world: World, acme: Tenant) -> None:
    ours = ask(world, email="both@example.com").profile
    with tenant_context(world.zenith):
        theirs = resolve(tenant=world.zenith, by=world.charlie.actor, hints=Hints(email="both@example.com"))
        assert theirs.is_new
        assert theirs.profile != ours


def test_a_known_customer_without_news_costs_one_query(
    world: World, acme: Tenant, django_assert_num_queries: object
) -> None:
    known = ProfileFactory()
    with django_assert_num_queries(1):  # type: ignore[operator]
        ask(world, email=known.email)


def test_an_unknown_external_id_is_linked_beside_a_known_one(world: World, acme: Tenant) -> None:
    known = ProfileIdentifierFactory(source="ERP", external_id="E1").profile
    ask(world, identifiers=(IdentifierHint("ERP", "E1"), IdentifierHint("LINE", "U1")))
    assert ProfileIdentifier.objects.get(source="LINE").profile == known
