"""Accepting many cases while others are at the same customers."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.concurrency.parallel import at_once
from tests.factories.unify import as_scored, make_case
from tests.world import World, make_world
from unify.choices import CaseState, RunState
from unify.models import BulkDecision, Candidate, ReviewCase
from unify.operations import accept_many as accepting
from unify.operations.accept_many import accept_many

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.conforms("B46")]


@pytest.fixture
def committed() -> World:
    """The world, visible to every connection."""
    return make_world()


def cases(world: World, number: int) -> list[ReviewCase]:
    with tenant_context(world.acme):
        made = [make_case(score=95) for _ in range(number)]
        as_scored(world.acme, *made)
    return sorted(made, key=lambda case: case.pk)


def test_a_deadlock_is_tried_again_and_the_order_goes_on(committed: World) -> None:
    first, *_ = cases(committed, 3)
    has_row, outcomes = threading.Event(), []

    def accept() -> BulkDecision:
        assert has_row.wait(30)
        with tenant_context(committed.acme):
            return accept_many(tenant=committed.acme, by=committed.alice.actor, least_score=90)

    def be_in_the_way() -> None:
        """Hold a customer, and once the order waits for it, want what the order holds."""
        with tenant_context(committed.acme), transaction.atomic():
            pair = Candidate.objects.get(case=first)
            Profile.objects.select_for_update().get(pk=pair.low_id)
            has_row.set()
            wait_until_somebody_waits()
            try:
                with transaction.atomic():
                    list(BulkDecision.objects.select_for_update())
                outcomes.append("went on")
            except OperationalError:
                outcomes.append("was the victim")

    bulk, _ = at_once([accept, be_in_the_way])
    assert outcomes == ["went on"]
    assert bulk is not None
    assert (bulk.state, bulk.accepted, bulk.left_out) == (RunState.DONE, 3, 0)


def test_a_case_others_keep_in_the_way_of_is_left_and_the_others_are_done(
    committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = cases(committed, 3)
    monkeypatch.setattr(accepting, "_ATTEMPTS", 2)
    done, held = threading.Event(), threading.Event()

    def accept() -> BulkDecision:
        assert held.wait(30)
        with tenant_context(committed.acme), connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            try:
                return accept_many(tenant=committed.acme, by=committed.alice.actor, least_score=90)
            finally:
                cursor.execute("RESET lock_timeout")
                done.set()

    def hold() -> None:
        with tenant_context(committed.acme), transaction.atomic():
            Profile.objects.select_for_update().get(pk=Candidate.objects.get(case=first).low_id)
            held.set()
            assert done.wait(60)

    bulk, _ = at_once([accept, hold])
    assert bulk is not None
    assert (bulk.state, bulk.accepted, bulk.reasons) == (RunState.DONE, 2, {"too-busy": 1})
    with tenant_context(committed.acme):
        assert list(ReviewCase.objects.filter(state=CaseState.OPEN)) == [first]


def wait_until_somebody_waits() -> None:
    """Return once another transaction waits for a lock."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
