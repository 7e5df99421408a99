"""Who looks at which case."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.factories.profiles import ProfileFactory
from tests.factories.unify import make_candidate, make_case, twins
from tests.world import World
from unify.choices import CandidateState, CaseState
from unify.deciding.errors import CaseClosed, CaseHeld, CaseNotFound
from unify.models import Candidate, ReviewCase
from unify.operations.claim_case import claim_case, renew_claim
from unify.operations.release_case import release_case
from unify.operations.skip_case import skip_case


@pytest.fixture
def alice(world: World) -> Actor:
    return world.alice.actor


@pytest.fixture
def bob(world: World) -> Actor:
    return world.bob.actor


@pytest.mark.conforms("B46")
def test_the_most_alike_come_first_and_nobody_gets_what_another_looks_at(
    acme: Tenant, alice: Actor, bob: Actor
) -> None:
    second, first = make_case(score=70), make_case(score=80)
    assert claim_case(tenant=acme, by=alice) == first
    assert claim_case(tenant=acme, by=bob) == second
    assert claim_case(tenant=acme, by=Actor.system("third")) is None


def test_coming_back_shows_the_same_case_again(acme: Tenant, alice: Actor) -> None:
    make_case(score=70)
    first = make_case(score=80)
    assert claim_case(tenant=acme, by=alice) == first
    make_case(score=90)
    assert claim_case(tenant=acme, by=alice) == first


@pytest.mark.conforms("B46")
def test_a_case_that_shares_a_record_with_one_somebody_looks_at_is_kept_back(
    acme: Tenant, alice: Actor, bob: Actor
) -> None:
    one, two, three = twins(3)
    make_case([one, two], score=90)
    related, other = make_case([two, three], score=85), make_case(score=61)
    claim_case(tenant=acme, by=alice)
    assert claim_case(tenant=acme, by=bob) == other
    with pytest.raises(CaseHeld):
        claim_case(tenant=acme, by=bob, case_id=related.pk)


def test_a_claim_ends_after_ten_minutes_and_is_renewed_while_somebody_looks(
    acme: Tenant, alice: Actor, bob: Actor
) -> None:
    case = make_case()
    claim_case(tenant=acme, by=alice)
    ReviewCase.objects.update(claimed_until=timezone.now() + timedelta(seconds=5))
    until = renew_claim(tenant=acme, by=alice, case_id=case.pk).claimed_until
    assert until is not None
    assert until - timezone.now() > timedelta(minutes=9)
    ReviewCase.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(CaseHeld):
        renew_claim(tenant=acme, by=alice, case_id=case.pk)
    assert claim_case(tenant=acme, by=bob) == case


def test_a_case_one_leaves_is_free_at_once_and_others_cannot_free_it(
    acme: Tenant, alice: Actor, bob: Actor
) -> None:
    case = make_case()
    claim_case(tenant=acme, by=alice)
    release_case(tenant=acme, by=bob, case_id=case.pk)
    assert claim_case(tenant=acme, by=bob) is None
    release_case(tenant=acme, by=alice, case_id=case.pk)
    assert claim_case(tenant=acme, by=bob) == case


def test_claiming_a_named_case_leaves_the_one_held_before(acme: Tenant, alice: Actor, bob: Actor) -> None:
    best, other = make_case(score=90), make_case(score=70)
    claim_case(tenant=acme, by=alice)
    assert claim_case(tenant=acme, by=alice, case_id=other.pk) == other
    assert claim_case(tenant=acme, by=bob) == best


@pytest.mark.conforms("B46")
def test_what_one_skips_comes_last_for_them_and_first_for_others(
    acme: Tenant, alice: Actor, bob: Actor
) -> None:
    best, other = make_case(score=90), make_case(score=70)
    claim_case(tenant=acme, by=alice)
    skip_case(tenant=acme, by=alice, case_id=best.pk)
    assert claim_case(tenant=acme, by=alice) == other
    assert claim_case(tenant=acme, by=bob) == best
    release_case(tenant=acme, by=bob, case_id=best.pk)
    skip_case(tenant=acme, by=alice, case_id=other.pk)
    assert claim_case(tenant=acme, by=alice) == best, "nothing else is left, so it comes back"


def test_nobody_skips_what_another_looks_at(acme: Tenant, alice: Actor, bob: Actor) -> None:
    case = make_case()
    claim_case(tenant=acme, by=alice)
    with pytest.raises(CaseHeld):
        skip_case(tenant=acme, by=bob, case_id=case.pk)


def test_a_case_whose_records_are_gone_is_withdrawn_on_the_way(acme: Tenant, alice: Actor) -> None:
    gone, stays = make_case(score=90), make_case(score=70)
    pair = Candidate.objects.get(case=gone)
    type(pair.low).objects.filter(pk=pair.low_id).update(status="DELETED")
    assert claim_case(tenant=acme, by=alice) == stays
    gone.refresh_from_db()
    pair.refresh_from_db()
    assert (gone.state, pair.state) == (CaseState.WITHDRAWN, CandidateState.WITHDRAWN)
    with pytest.raises(CaseClosed):
        claim_case(tenant=acme, by=alice, case_id=gone.pk)


def test_a_cluster_that_has_lost_a_record_goes_on_without_it(acme: Tenant, alice: Actor) -> None:
    rows = twins(3)
    case = make_case(rows)
    type(rows[2]).objects.filter(pk=rows[2].pk).update(status="DELETED")
    held = claim_case(tenant=acme, by=alice)
    assert held == case
    assert held is not None
    assert held.size == 2
    assert set(held.seen) == {str(rows[0].pk), str(rows[1].pk)}


def test_a_strangers_case_is_not_there(world: World, acme: Tenant, alice: Actor) -> None:
    with tenant_context(world.zenith):
        theirs = make_case()
    assert claim_case(tenant=acme, by=alice) is None
    for case_id in (theirs.pk, uuid.uuid4()):
        with pytest.raises(CaseNotFound):
            claim_case(tenant=acme, by=alice, case_id=case_id)


def test_the_next_case_takes_as_many_queries_however_long_the_queue_is(acme: Tenant, alice: Actor) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            case = claim_case(tenant=acme, by=alice)
        assert case is not None
        release_case(tenant=acme, by=alice, case_id=case.pk)
        return len(asked)

    for _ in range(2):
        make_case()
    before = count()
    for _ in range(20):
        make_case()
    make_candidate(ProfileFactory().pk, ProfileFactory().pk)
    assert count() == before
