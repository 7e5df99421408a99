"""Reviewers, programs and bulk orders merging the same people at the same moment."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from django.db import connection, transaction

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import DomainError
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.locking import lock_values
from profiles.models import ContactPoint, Profile
from tests.concurrency.parallel import at_once
from tests.factories.unify import as_scored, make_case, twins
from tests.world import World, make_world
from unify.choices import CandidateState, CaseState, Decision
from unify.merging.locking import identifying_values, lock_rows
from unify.models import BulkDecision, Candidate, MatchSettings, Merge, ReviewCase
from unify.operations.accept_many import accept_many, carry_out
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import decide_case
from unify.operations.merge_by_hand import merge_by_hand

pytestmark = pytest.mark.django_db(transaction=True)
REVIEWERS, CHAINS = 4, 8


@pytest.fixture
def committed() -> World:
    """The world, visible to every connection."""
    return make_world()


def person(number: int) -> Actor:
    return Actor(ActorKind.USER, uuid.UUID(int=number), f"reviewer {number}")


def allowed(act: Callable[[], object]) -> bool:
    """Tell whether it was done; a refusal is an answer, anything else is a fault."""
    try:
        act()
    except DomainError:
        return False
    return True


def review(tenant: Tenant, by: Actor) -> None:
    """Decide what comes, as long as something does."""
    with tenant_context(tenant):
        for _ in range(60):
            case = claim_case(tenant=tenant, by=by)
            if case is None:
                return
            said = partial(decide_case, tenant=tenant, by=by, case_id=case.pk, decision=Decision.SAME)
            allowed(said)


def merge_two_of_each(tenant: Tenant, chains: Sequence[Sequence[Profile]]) -> None:
    """Merge any two of each chain, as a program would."""
    with tenant_context(tenant):
        for rows in random.sample(chains, len(chains)):
            one, other = random.sample(rows, 2)
            allowed(
                partial(merge_by_hand, tenant=tenant, by=person(99), winner_id=one.pk, loser_ids=[other.pk])
            )


def accept(tenant: Tenant) -> None:
    """Accept whatever is clear."""
    with tenant_context(tenant):
        allowed(partial(accept_many, tenant=tenant, by=person(98), least_score=90))
        for bulk in BulkDecision.objects.all():
            carry_out(tenant=tenant, bulk_id=bulk.pk)


@pytest.mark.conforms("B46", "B49")
def test_merges_of_overlapping_cases_neither_deadlock_nor_lose_anybody(committed: World) -> None:
    tenant = committed.acme
    with tenant_context(tenant):
        chains = [twins(4) for _ in range(CHAINS)]
        cases = [make_case(pair, score=95) for rows in chains for pair in zip(rows, rows[1:], strict=False)]
        as_scored(tenant, *cases)
        contacts = ContactPoint.objects.count()
    program = partial(merge_two_of_each, tenant, chains)
    reviewers = [partial(review, tenant, person(number)) for number in range(REVIEWERS)]
    at_once([*reviewers, program, program, partial(accept, tenant)])
    with tenant_context(tenant):
        assert ContactPoint.objects.count() == contacts
        merged = Profile.objects.filter(status=ProfileStatus.MERGED)
        assert merged.count() == Merge.objects.filter(status="ACTIVE").count()
        assert all(Profile.objects.follow(row.pk).is_open for row in merged)
        waiting = ReviewCase.objects.filter(state=CaseState.OPEN).values("pk")
        pairs = Candidate.objects.filter(case__in=waiting, state=CandidateState.PENDING)
        assert all(pair.low.is_open and pair.high.is_open for pair in pairs), "only live pairs wait"


@pytest.mark.conforms("B46")
def test_of_many_second_persons_one_decides(committed: World) -> None:
    tenant = committed.acme
    with tenant_context(tenant):
        MatchSettings.objects.create(needs_second_person=True)
        case = make_case(is_risky=True)
        decide_case(tenant=tenant, by=person(0), case_id=case.pk, decision=Decision.SAME)

    def confirm(number: int) -> bool:
        with tenant_context(tenant):
            return allowed(
                lambda: decide_case(tenant=tenant, by=person(number), case_id=case.pk, decision=Decision.SAME)
            )

    done = at_once([lambda n=n: confirm(n) for n in range(8)])  # type: ignore[misc]
    assert done.count(True) == 1
    assert done[0] is False, "the first person is no second one"
    with tenant_context(tenant):
        assert Merge.objects.count() == 1


def wait_for_a_waiter() -> None:
    """Return when another connection waits for values that are held here."""
    end = time.monotonic() + 20
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_a_merge_by_hand_locks_values_before_rows(committed: World) -> None:
    """Whoever holds the values may still ask for the rows: matching has not looked at these yet."""
    tenant, is_held = committed.acme, threading.Event()
    with tenant_context(tenant):
        one, other = twins()

    def hold() -> None:
        with tenant_context(tenant), transaction.atomic():
            lock_values(tenant.pk, identifying_values([one.pk, other.pk]))
            is_held.set()
            wait_for_a_waiter()
            lock_rows([one.pk, other.pk])

    def join() -> None:
        assert is_held.wait(timeout=20)
        with tenant_context(tenant):
            merge_by_hand(tenant=tenant, by=person(99), winner_id=one.pk, loser_ids=[other.pk])

    at_once([hold, join])
    with tenant_context(tenant):
        assert Merge.objects.get().loser_id == other.pk
