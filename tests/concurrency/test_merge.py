"""Merges, unmerges and edits of the same customers at the same moment: no deadlock, and nothing is lost."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from cdp.errors import DomainError
from cdp.tenancy.context import tenant_context
from profiles.choices import ContactKind
from profiles.models import ContactPoint, CustomerEvent, Profile
from profiles.operations.contact_points import add_contact_point
from profiles.operations.record_event import record_event
from profiles.operations.tag_profiles import tag_profiles
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord, TagRef
from tests.concurrency.parallel import at_once
from tests.factories.profiles import CustomerEventFactory, ProfileFactory
from tests.profiles.imports.steps import run, start
from tests.world import World, make_world
from unify.merging.choices import MergeStatus
from unify.merging.errors import AlreadyMerged
from unify.models import Merge
from unify.operations.merge import merge
from unify.operations.unmerge import unmerge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.conforms("R38")]
PEOPLE = 6
Work = Callable[[], Any]


@pytest.fixture
def committed() -> World:
    return make_world()


def people(world: World) -> list[Profile]:
    with tenant_context(world.acme):
        found = [ProfileFactory() for _ in range(PEOPLE)]
        for profile in found:
            CustomerEventFactory(profile=profile)
        return found


def within(world: World, act: Callable[..., Any], **arguments: Any) -> Any:
    """Do something as Alice; what the verb refuses is an answer like another."""
    with tenant_context(world.acme):
        try:
            return act(tenant=world.acme, by=world.by, **arguments)
        except DomainError as error:
            return error


def assert_nothing_is_lost(world: World, *, events: int, points: int) -> None:
    """Every row belongs to a customer people can see, or waits at one whose survivor has the same."""
    with tenant_context(world.acme):
        lost = Profile.objects.filter(status="MERGED")
        assert CustomerEvent.objects.count() == events
        assert not CustomerEvent.objects.filter(profile__in=lost).exists()
        assert ContactPoint.objects.count() == points
        assert not ContactPoint.objects.filter(profile__in=lost).exists()
        assert Merge.objects.filter(status=MergeStatus.ACTIVE).count() == lost.count()
        for loser in lost:
            assert Profile.objects.follow(loser.pk).is_open


def test_overlapping_pairs_end_in_one_customer_with_everything(committed: World) -> None:
    """A with B, B with C, C with A, each way round and many times over."""
    group = [profile.pk for profile in people(committed)]
    pairs = [(one, other) for one in group for other in group if one != other]
    random.shuffle(pairs)
    answers = at_once(
        [partial(within, committed, merge, winner_id=winner, loser_ids=[loser]) for winner, loser in pairs],
        threads=12,
    )
    done = [answer for answer in answers if not isinstance(answer, DomainError)]
    assert len(done) == PEOPLE - 1
    assert {type(answer) for answer in answers if isinstance(answer, DomainError)} == {AlreadyMerged}
    with tenant_context(committed.acme):
        (survivor,) = Profile.objects.visible()
        assert CustomerEvent.objects.filter(profile=survivor).count() == PEOPLE
    assert_nothing_is_lost(committed, events=PEOPLE, points=2 * PEOPLE)


def test_merging_unmerging_and_working_on_the_same_customers_loses_nothing(committed: World) -> None:
    group = [profile.pk for profile in people(committed)]
    work: list[Work] = []
    events = points = 0
    for number in range(20):
        one, other = random.sample(group, 2)
        work.append(partial(within, committed, merge, winner_id=one, loser_ids=[other]))
        work.append(partial(take_any_back, committed))
        work.append(partial(within, committed, record_event, type="seen", profile_id=one))
        value = f"at-once-{number}@example.com"
        address = {"profile_id": other, "kind": ContactKind.EMAIL, "value": value}
        work.append(partial(within, committed, add_contact_point, **address))
        work.append(partial(within, committed, tag_profiles, profile_ids=[one], tags=[TagRef(name="Seen")]))
        work.append(partial(change, committed, other, number))
        events, points = events + 1, points + 1
    work.insert(len(work) // 2, partial(import_file, committed))
    random.shuffle(work)
    answers = at_once(work, threads=12)
    unexpected = [answer for answer in answers if isinstance(answer, DomainError) and answer.status != 409]
    assert unexpected == []
    assert_nothing_is_lost(committed, events=PEOPLE + events, points=2 * PEOPLE + points + 1)
    take_everything_back(committed)
    assert_nothing_is_lost(committed, events=PEOPLE + events, points=2 * PEOPLE + points + 1)
    with tenant_context(committed.acme):
        assert Profile.objects.visible().count() == PEOPLE


def change(world: World, profile_id: uuid.UUID, number: int) -> Any:
    with tenant_context(world.acme):
        record = ProfileRecord.parse({"firstName": f"Name {number}"}, tenant=world.acme)
    return within(world, update_profile, profile_id=profile_id, record=record)


def take_any_back(world: World) -> Any:
    with tenant_context(world.acme):
        held = list(Merge.objects.filter(status=MergeStatus.ACTIVE).values_list("pk", flat=True))
    return within(world, unmerge, merge_id=random.choice(held), default="keep") if held else None


def take_everything_back(world: World) -> None:
    while True:
        answer = take_any_back(world)
        if answer is None:
            break
        assert not isinstance(answer, DomainError)


def import_file(world: World) -> Any:
    """Import a row about one of the customers, with a phone nobody has yet."""
    with tenant_context(world.acme):
        profile = Profile.objects.order_by("pk").first()
        assert profile is not None
        draft = start(world, f"email,phone\n{profile.email},+66899999999\n")
        return run(world, draft)
