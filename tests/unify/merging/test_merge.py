"""Merging: one customer remains, with everything both had."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import models

from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from cdp.tenancy.models import TenantForeignKey
from profiles.errors import ProfileNotFound
from profiles.models import ContactPoint, CustomerEvent, Profile, ProfileTag
from profiles.operations.deactivate_profiles import deactivate_profiles
from profiles.statistics import statistics
from tests.factories.profiles import (
    CustomerEventFactory,
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentMembershipFactory,
)
from tests.unify.merging.conftest import MergeOne
from tests.world import World
from unify.merging.errors import (
    AlreadyMerged,
    DifferentLogins,
    DifferentTaxIds,
    InactiveProfiles,
    SameProfile,
)
from unify.merging.relations import Relation, undeclared_relations
from unify.models import Merge, MergedRows
from unify.operations.merge import merge


@pytest.mark.conforms("R38")
def test_every_relation_to_customers_moves_or_says_why_it_stays() -> None:
    assert undeclared_relations() == []


def test_a_relation_that_cannot_move_row_by_row_is_noticed() -> None:
    class Options:
        label, app_label = "cdm.Summary", "cdm"
        constraints = (models.UniqueConstraint(fields=["customer"], condition=models.Q(x=1), name="odd"),)
        pk: Any = models.UUIDField(primary_key=True)
        unique_together = ()

    class Summary:
        _meta = Options

    Options.pk.column = "id"
    field = TenantForeignKey("profiles.Profile", models.CASCADE)
    field.name = "customer"
    relation = Relation(Summary, field)  # type: ignore[arg-type]
    assert not relation.can_move
    Options.constraints = ()  # type: ignore[assignment]
    assert relation.can_move


@pytest.mark.conforms("R38")
def test_merge_moves_every_relation(acme: Tenant, merge_one: MergeOne) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    rows: list[Any] = [
        factory(profile=loser)
        for factory in (
            CustomerEventFactory,
            ProfileTagFactory,
            ProfileIdentifierFactory,
            SegmentMembershipFactory,
        )
    ]
    rows += list(ContactPoint.objects.filter(profile=loser))
    merged = merge_one(winner, loser)
    for row in rows:
        row.refresh_from_db()
        assert row.profile_id == winner.pk, row
    assert sum(len(moved.ids) for moved in MergedRows.objects.filter(merge=merged)) == len(rows)


def test_what_both_have_is_there_once_and_stays_with_the_other(acme: Tenant, merge_one: MergeOne) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    link = ProfileTagFactory(profile=winner)
    twin = ProfileTagFactory(profile=loser, tag=link.tag)
    merge_one(winner, loser)
    assert list(ProfileTag.objects.filter(profile=winner)) == [link]
    twin.refresh_from_db()
    assert twin.profile_id == loser.pk


@pytest.mark.conforms("R7")
def test_the_loser_stays_as_it_was_and_redirects(acme: Tenant, merge_one: MergeOne) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    before: dict[str, Any] = dict(Profile.objects.filter(pk=loser.pk).values().get())
    merged = merge_one(winner, loser)
    after = Profile.objects.filter(pk=loser.pk).values().get()
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed == {"status", "merged_into_id", "merged_at", "version"}
    assert Profile.objects.follow(loser.pk) == winner
    assert winner.merged_from == [str(loser.pk)]
    assert winner.merged_at == merged.merged_at
    assert loser not in Profile.objects.visible().matching(loser.email)


def test_a_cluster_is_one_decision(world: World, acme: Tenant) -> None:
    winner, *losers = [ProfileFactory() for _ in range(4)]
    merges = merge(
        tenant=acme, by=world.by, winner_id=winner.pk, loser_ids=[one.pk for one in losers], score=97.5
    )
    assert len({merged.group_id for merged in merges}) == 1
    assert [merged.loser_id for merged in merges] == [one.pk for one in losers]
    assert {merged.score for merged in merges} == {97.5}
    assert ContactPoint.objects.filter(profile=winner).count() == 8


def test_a_merge_is_in_the_trail_of_both(world: World, acme: Tenant, merge_one: MergeOne) -> None:
    winner, loser = ProfileFactory(gender=""), ProfileFactory(gender="female")
    merge_one(winner, loser)
    (mine,) = AuditEntry.objects.filter(object_id=winner.pk)
    (its,) = AuditEntry.objects.filter(object_id=loser.pk)
    assert (mine.verb, mine.changes["gender"]) == ("profile.merge", ["", "female"])
    assert mine.changes["merged"] == [None, [str(loser.pk)]]
    assert (its.verb, its.changes["merged_into"]) == ("profile.merged_into", [None, str(winner.pk)])
    assert mine.actor_label == world.by.label


def test_counts_know_that_there_is_one_less(acme: Tenant, merge_one: MergeOne) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    merge_one(winner, loser)
    assert statistics().total == 1


def test_the_latest_activity_of_both_counts(acme: Tenant, merge_one: MergeOne) -> None:
    event = CustomerEventFactory()
    loser = event.profile
    Profile.objects.filter(pk=loser.pk).update(last_activity_at=event.timestamp)
    winner = ProfileFactory()
    merge_one(winner, loser)
    assert winner.last_activity_at == event.timestamp
    assert CustomerEvent.objects.get().profile_id == winner.pk


def test_ids_of_merged_customers_stand_for_their_survivors(
    world: World, acme: Tenant, merge_one: MergeOne
) -> None:
    first, second, third = ProfileFactory(), ProfileFactory(), ProfileFactory()
    merge_one(first, second)
    merged = merge_one(third, second)
    assert (merged.winner_id, merged.loser_id) == (third.pk, first.pk)
    with pytest.raises(AlreadyMerged):
        merge_one(second, first)
    assert Merge.objects.count() == 2


def test_nobody_is_merged_into_oneself_or_into_a_stranger(world: World, acme: Tenant) -> None:
    one = ProfileFactory()
    by = world.by
    with pytest.raises(SameProfile):
        merge(tenant=acme, by=by, winner_id=one.pk, loser_ids=[one.pk])
    with pytest.raises(ProfileNotFound):
        merge(tenant=acme, by=by, winner_id=one.pk, loser_ids=[uuid.uuid4()])
    with pytest.raises(Invalid):
        merge(tenant=acme, by=by, winner_id=one.pk, loser_ids=[])
    with pytest.raises(Invalid):
        merge(tenant=acme, by=by, winner_id=one.pk, loser_ids=[uuid.uuid4()], strategy="MINE")
    for reason in ("\x00", "\ud800", "x" * 501):
        with pytest.raises(Invalid):
            merge(tenant=acme, by=by, winner_id=one.pk, loser_ids=[ProfileFactory().pk], reason=reason)


def test_different_logins_are_never_merged(merge_one: MergeOne) -> None:
    one, other = ProfileFactory(auth_user_id="a"), ProfileFactory(auth_user_id="b")
    for force in (False, True):
        with pytest.raises(DifferentLogins):
            merge_one(one, other, force=force)
    assert not Merge.objects.exists()


def test_companies_with_different_tax_ids_are_merged_only_by_force(merge_one: MergeOne) -> None:
    one = ProfileFactory(type="COMPANY", company_tax_id="01-23")
    other = ProfileFactory(type="COMPANY", company_tax_id="9")
    with pytest.raises(DifferentTaxIds):
        merge_one(one, other)
    assert merge_one(one, other, force=True).is_active
    same = ProfileFactory(type="COMPANY", company_tax_id="0123")
    assert merge_one(one, same).is_active


def test_inactive_customers_are_merged_only_by_force(world: World, acme: Tenant, merge_one: MergeOne) -> None:
    one, other = ProfileFactory(), ProfileFactory()
    deactivate_profiles(tenant=acme, by=world.by, profile_ids=[other.pk])
    with pytest.raises(InactiveProfiles):
        merge_one(one, other)
    merged = merge_one(one, other, force=True)
    assert merged.loser_before["status"] == "INACTIVE"
    assert one.status == "ACTIVE"


def test_a_stranger_tenants_customer_is_not_there(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        stranger = ProfileFactory()
    with pytest.raises(ProfileNotFound):
        merge(tenant=acme, by=world.by, winner_id=ProfileFactory().pk, loser_ids=[stranger.pk])
