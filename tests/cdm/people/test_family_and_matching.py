"""Family links and matching: evidence against a merge, and what a merge of relatives does."""

from __future__ import annotations

import pytest

from cdm.family.seen import relatives_of
from cdm.models import FamilyMember
from cdp.models import Tenant
from tests.factories.cdm_people import FamilyMemberFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World
from unify.finding.family import family_pairs, ordered
from unify.models import Merge
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge


@pytest.mark.conforms("B106")
def test_matching_is_told_who_is_family_at_once(
    acme: Tenant, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    people = [ProfileFactory() for _ in range(6)]
    for one, other in ((0, 1), (3, 2)):
        FamilyMemberFactory(profile=people[one], relative=people[other])
    FamilyMemberFactory(profile=people[4])
    ids = [one.pk for one in people]
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = family_pairs(ids)
    assert found == {ordered(ids[0], ids[1]), ordered(ids[2], ids[3])}
    assert family_pairs(ids[1:3]) == set()


@pytest.mark.conforms("B106")
def test_merging_two_who_are_linked_hides_the_link_and_unmerging_brings_it_back(
    acme: Tenant, world: World
) -> None:
    one, other, child = ProfileFactory(), ProfileFactory(), ProfileFactory()
    link = FamilyMemberFactory(profile=one, relative=other)
    for parent in (one, other):
        FamilyMemberFactory(profile=parent, relative=child, relationship="child")
    (done,) = merge(tenant=acme, by=world.by, winner_id=one.pk, loser_ids=[other.pk])
    assert [relative.relative_id for relative in relatives_of(one.pk)] == [child.pk]
    assert len(relatives_of(child.pk)) == 1
    unmerge(tenant=acme, by=world.by, merge_id=Merge.objects.get(pk=done.pk).pk)
    link.refresh_from_db()
    assert (link.profile_id, link.relative_id) == (one.pk, other.pk)
    assert {relative.relative_id for relative in relatives_of(one.pk)} == {other.pk, child.pk}
    assert FamilyMember.objects.count() == 3
