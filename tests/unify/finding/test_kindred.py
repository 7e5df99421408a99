"""What a customer's merged records say counts as long as the merges hold."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cdp.models import Tenant
from profiles.models import Profile
from tests.unify.finding.people import BY, run, smithers, somchai, strangers
from unify.choices import CaseState
from unify.finding.kindred import kindred_of
from unify.models import Merge, ReviewCase
from unify.operations.merge import merge
from unify.operations.unify_profile import unify_profile
from unify.operations.unmerge import unmerge
from unify.records.making import Maker
from unify.records.refresh import refresh_all


def first_names(tenant: Tenant, *customers: Profile) -> list[set[object]]:
    """What the records of each customer said their first name is."""
    kindred = kindred_of(Maker(tenant), [one.pk for one in customers])
    return [{said["first_name"] for said in kindred.earlier(one.pk)} for one in customers]


def sizes(tenant: Tenant, *customers: Profile) -> list[int]:
    kindred = kindred_of(Maker(tenant), [one.pk for one in customers])
    return [kindred.size(one.pk) for one in customers]


@pytest.mark.conforms("R41")
@pytest.mark.parametrize("tier", ["", "GOLD"])
def test_a_conflict_is_not_lost_with_the_record_that_had_it(acme: Tenant, tier: str) -> None:
    """Whichever of J. and John survives: James contradicts John, and is not merged in a later round."""
    strangers()
    # Who is more complete survives.
    j = smithers("J.", membership_tier=tier)
    john = smithers("John", membership_tier="" if tier else "GOLD")
    james = smithers("James", membership_tier="GOLD")
    for _ in range(2):
        run(acme)
        merged = Merge.objects.get()
        assert {merged.winner_id, merged.loser_id} in ({j.pk, john.pk}, {j.pk, james.pk})
        assert ReviewCase.objects.filter(state=CaseState.OPEN).count() == 1


def test_nor_is_it_by_the_merge_of_one_customer(acme: Tenant) -> None:
    j, john, james = smithers("J.", membership_tier="GOLD"), smithers("John"), smithers("James")
    merge(tenant=acme, by=BY, winner_id=j.pk, loser_ids=[john.pk])
    refresh_all(acme)
    assert unify_profile(tenant=acme, by=BY, profile_id=james.pk).merges == ()
    assert ReviewCase.objects.get().state == CaseState.OPEN


def test_everybody_in_a_chain_of_merges_is_heard(acme: Tenant) -> None:
    one, two, three, other = smithers("Ann"), smithers("Beth"), smithers("Cleo"), smithers("Dora")
    merge(tenant=acme, by=BY, winner_id=two.pk, loser_ids=[one.pk])
    merge(tenant=acme, by=BY, winner_id=three.pk, loser_ids=[two.pk])
    assert sizes(acme, three, other) == [3, 1]
    assert first_names(acme, three, other) == [{"ann", "beth", "cleo"}, set()]


def test_a_value_the_survivor_gave_up_is_heard(acme: Tenant) -> None:
    one, two = smithers("Ann"), smithers("Beth")
    merge(
        tenant=acme,
        by=BY,
        winner_id=one.pk,
        loser_ids=[two.pk],
        resolved_conflicts={"firstName": str(two.pk)},
    )
    assert first_names(acme, one) == [{"ann", "beth"}]


def test_each_record_has_the_addresses_it_came_with(acme: Tenant) -> None:
    one, two = somchai(email="one@shop.example"), somchai(email="two@shop.example")
    three = somchai(email="three@shop.example")
    merge(tenant=acme, by=BY, winner_id=two.pk, loser_ids=[one.pk])
    merge(tenant=acme, by=BY, winner_id=three.pk, loser_ids=[two.pk])
    said = kindred_of(Maker(acme), [three.pk]).earlier(three.pk)
    boxes = {tuple(one["mailboxes"]) for one in said}
    assert boxes == {("one@shop.example",), ("two@shop.example",), ("three@shop.example",)}


def test_a_merge_taken_back_says_nothing(acme: Tenant) -> None:
    one, two = smithers("Ann"), smithers("Beth")
    (merged,) = merge(tenant=acme, by=BY, winner_id=one.pk, loser_ids=[two.pk])
    unmerge(tenant=acme, by=BY, merge_id=merged.pk)
    assert sizes(acme, one) == [1]
    assert first_names(acme, one) == [set()]


def test_the_number_of_queries_does_not_grow(acme: Tenant) -> None:
    people = [smithers(name) for name in ("Ann", "Beth", "Cleo", "Dora", "Elsa", "Fay")]
    maker = Maker(acme)
    merge(tenant=acme, by=BY, winner_id=people[0].pk, loser_ids=[people[1].pk])
    with CaptureQueriesContext(connection) as few:
        kindred_of(maker, [people[0].pk])
    merge(tenant=acme, by=BY, winner_id=people[2].pk, loser_ids=[people[0].pk, people[3].pk])
    merge(tenant=acme, by=BY, winner_id=people[4].pk, loser_ids=[people[5].pk])
    with CaptureQueriesContext(connection) as many:
        kindred_of(maker, [people[2].pk, people[4].pk])
    assert len(many) == len(few) == 4
