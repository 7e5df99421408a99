"""Merging: one customer remains, with everything both had."""

from __future__ import annotations

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ContactPoint, CustomerEventFactory, ProfileFactory, ProfileTagFactory
from tests.world import World
from unify.merging.relations import undeclared_relations
from unify.operations.merge import merge


def test_every_relation_to_customers_moves_or_says_why_it_stays(acme: Tenant) -> None:
    assert undeclared_relations() == []


def test_merge_keeps_what_both_had(world: World, acme: Tenant) -> None:
    winner, loser = ProfileFactory(last_name=""), ProfileFactory(date_of_birth="1990-01-02")
    event, tag = CustomerEventFactory(profile=loser), ProfileTagFactory(profile=loser)
    (found,) = merge(tenant=acme, by=world.by, winner_id=winner.pk, loser_ids=[loser.pk])
    assert found.is_active
    event.refresh_from_db()
    tag.refresh_from_db()
    assert event.profile_id == tag.profile_id == winner.pk
    assert ContactPoint.objects.filter(profile=winner).count() == 4
    survivor = Profile.objects.get(pk=winner.pk)
    assert survivor.date_of_birth is not None
    assert survivor.last_name == loser.last_name
    assert survivor.merged_from == [str(loser.pk)]
    assert Profile.objects.follow(loser.pk) == survivor
