"""Merging outside of the queue goes around neither people nor a second person."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest

from cdp.actors import Actor
from cdp.models import ApiKey, Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.factories.unify import make_case, twins
from tests.unify.finding.people import spouses
from tests.world import World
from unify.choices import CaseState, Decision
from unify.deciding.errors import NeedsSecondPerson
from unify.merging.errors import PeopleInsist
from unify.models import Candidate, MatchSettings, Merge, Verdict
from unify.operations.decide_case import decide_case
from unify.operations.merge_by_hand import merge_by_hand, takes_two
from unify.registries import family_links

Join = Callable[..., list[Merge]]


@pytest.fixture
def join(world: World, acme: Tenant) -> Join:
    """Merge one customer into another by hand."""

    def run(winner: Profile, loser: Profile, by: Actor = world.by, *, force: bool = False) -> list[Merge]:
        return merge_by_hand(tenant=acme, by=by, winner_id=winner.pk, loser_ids=[loser.pk], force=force)

    return run


@pytest.fixture
def key(world: World, acme: Tenant) -> Actor:
    return ApiKey.objects.filter(tenant=acme).get().actor


@pytest.fixture
def strict(acme: Tenant) -> MatchSettings:
    return MatchSettings.objects.create(needs_second_person=True)


@pytest.fixture
def related() -> Iterator[list[tuple[uuid.UUID, uuid.UUID]]]:
    """Who is family."""
    pairs: list[tuple[uuid.UUID, uuid.UUID]] = []

    def among(ids: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
        return [pair for pair in pairs if {*pair} <= {*ids}]

    family_links.register("test", among)
    yield pairs
    family_links.unregister("test")


@pytest.fixture
def companies(acme: Tenant) -> list[Profile]:
    return [ProfileFactory(type="COMPANY", company_tax_id=number) for number in ("0123", "9")]


def test_only_a_person_insists_on_a_merge(join: Join, key: Actor, companies: list[Profile]) -> None:
    with pytest.raises(PeopleInsist) as refused:
        join(*companies, key, force=True)
    assert refused.value.status == 403
    assert not Verdict.objects.exists()
    assert join(*companies, force=True)


def test_only_a_person_insists_in_a_case(
    world: World, acme: Tenant, key: Actor, companies: list[Profile]
) -> None:
    case = make_case(companies)
    decide = partial(decide_case, tenant=acme, case_id=case.pk, decision=Decision.SAME, force=True)
    with pytest.raises(PeopleInsist):
        decide(by=key)
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == (CaseState.OPEN, "")
    assert decide(by=world.by).merges


def test_a_conflict_matching_has_not_seen_takes_two(join: Join, acme: Tenant, strict: MatchSettings) -> None:
    one, other = spouses()
    assert takes_two(acme, [one.pk, other.pk])
    with pytest.raises(NeedsSecondPerson):
        join(one, other)
    assert not any(model.objects.exists() for model in (Candidate, Merge, Verdict))
    MatchSettings.objects.update(needs_second_person=False)
    assert join(one, other)


def test_relatives_take_two(
    join: Join, strict: MatchSettings, related: list[tuple[uuid.UUID, uuid.UUID]]
) -> None:
    one, other = twins()
    related.append((one.pk, other.pk))
    with pytest.raises(NeedsSecondPerson):
        join(one, other)
    related.clear()
    assert join(one, other)


def test_who_cannot_be_compared_takes_two(join: Join, strict: MatchSettings) -> None:
    one, other = twins()
    Profile.objects.filter(pk=other.pk).update(status="INACTIVE")
    with pytest.raises(NeedsSecondPerson):
        join(one, other, force=True)
