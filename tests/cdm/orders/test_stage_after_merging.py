"""The stage of a customer's life follows their orders into a merge, and back out of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cdm.models import CustomerSummary
from cdm.operations.refresh_summaries import refresh_summaries
from cdp.models import Tenant
from profiles.models import CustomerEvent, Profile
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World
from unify.merging.choices import Answer, MergeStrategy
from unify.models import Merge
from unify.operations.merge import merge
from unify.operations.preview_unmerge import preview_unmerge
from unify.operations.unmerge import unmerge


def stages(*profiles: Profile) -> list[str]:
    return [Profile.objects.get(pk=profile.pk).lifecycle_stage for profile in profiles]


def merged(world: World, winner: Profile, loser: Profile) -> Merge:
    (done,) = merge(
        tenant=world.acme,
        by=world.by,
        winner_id=winner.pk,
        loser_ids=[loser.pk],
        strategy=MergeStrategy.PROFILE1_WINS,
        force=True,
    )
    return done


@pytest.fixture
def pair(acme: Tenant) -> tuple[Profile, Profile]:
    """Somebody who was said to be a VIP, and somebody with an order."""
    said, buyer = ProfileFactory(lifecycle_stage="VIP"), ProfileFactory()
    OrderFactory(profile=buyer, ordered_at=timezone.now() - timedelta(days=3))
    refresh_summaries(tenant=acme, profile_ids=[said.pk, buyer.pk])
    return said, buyer


@pytest.mark.conforms("R44")
@pytest.mark.parametrize("default", [None, *Answer.values])
def test_what_was_said_of_the_stage_is_back_when_the_orders_are_gone(
    pair: tuple[Profile, Profile], acme: Tenant, world: World, default: str | None
) -> None:
    said, buyer = pair
    before = stages(said, buyer)
    assert before == ["VIP", "first_buyer"]
    done = merged(world, said, buyer)
    assert stages(said) == before[1:]
    # The rules have changed it, not a person.
    assert preview_unmerge(tenant=acme, merge_id=done.pk).questions == ()
    unmerge(tenant=acme, by=world.by, merge_id=done.pk, default=default)
    assert stages(said, buyer) == before
    numbers = dict(CustomerSummary.objects.values_list("profile_id", "orders"))
    assert numbers == {said.pk: 0, buyer.pk: 1}


def test_a_person_may_still_be_asked_about_a_stage_they_changed(acme: Tenant, world: World) -> None:
    winner, loser = ProfileFactory(lifecycle_stage="VIP"), ProfileFactory()
    done = merged(world, winner, loser)
    Profile.objects.filter(pk=winner.pk).update(lifecycle_stage="loyal")
    questions = preview_unmerge(tenant=acme, merge_id=done.pk).questions
    assert [question.key for question in questions] == ["lifecycleStage"]


def test_coming_out_is_no_change_on_the_timeline(
    pair: tuple[Profile, Profile], acme: Tenant, world: World
) -> None:
    said, buyer = pair
    known = set(CustomerEvent.objects.filter(profile=buyer).values_list("pk", flat=True))
    done = merged(world, said, buyer)
    unmerge(tenant=acme, by=world.by, merge_id=done.pk)
    assert set(CustomerEvent.objects.filter(profile=buyer).values_list("pk", flat=True)) == known
