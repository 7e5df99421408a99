"""Accepting many clear cases at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import AuditEntry, Tenant
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.cdp.queue import own_queue, work_off
from tests.factories.unify import as_scored, make_case, twins
from tests.world import World
from unify.choices import CaseState, RunState
from unify.deciding.errors import BulkAtWork, ScoreTooLow
from unify.models import BulkDecision, Candidate, MatchSettings, Merge, ReviewCase, Verdict
from unify.operations.accept_many import MOST_AT_ONCE, accept_many, resume_stalled, stop_accepting
from unify.operations.claim_case import claim_case
from unify.operations.skip_case import skip_case


@pytest.fixture
def alice(world: World) -> Actor:
    return world.alice.actor


@pytest.fixture
def queue() -> Iterator[None]:
    with own_queue():
        yield


def clear(tenant: Tenant, number: int, *, score: float = 88.0) -> list[ReviewCase]:
    cases = [make_case(score=score) for _ in range(number)]
    as_scored(tenant, *cases)
    return cases


def waiting() -> int:
    return ReviewCase.objects.filter(state=CaseState.OPEN).count()


@pytest.mark.conforms("B46")
def test_what_is_clear_is_merged_and_all_else_waits(world: World, acme: Tenant, alice: Actor) -> None:
    clear(acme, 3)
    low, conflict = clear(acme, 1, score=84)[0], make_case(score=95, conflicts=["birth_date"])
    risky, skipped, held = make_case(score=95, is_risky=True), *clear(acme, 2, score=95)
    claim_case(tenant=acme, by=world.bob.actor, case_id=skipped.pk)
    skip_case(tenant=acme, by=world.bob.actor, case_id=skipped.pk)
    claim_case(tenant=acme, by=world.bob.actor, case_id=held.pk)
    bulk = accept_many(tenant=acme, by=alice, least_score=85, reason="Checked a sample")
    assert (bulk.state, bulk.total, bulk.accepted, bulk.left_out) == (RunState.DONE, 3, 3, 0)
    left = set(ReviewCase.objects.filter(state=CaseState.OPEN))
    assert left == {low, conflict, risky, skipped, held}
    assert Merge.objects.count() == Verdict.objects.filter(by=str(alice)).count() == 3
    assert {merge.reason for merge in Merge.objects.all()} == {"Checked a sample"}
    assert AuditEntry.objects.filter(verb="bulk.accept", object_id=bulk.pk).count() == 1
    assert AuditEntry.objects.filter(verb="case.decide").count() == 3


@pytest.mark.conforms("B46")
def test_what_changed_since_it_was_scored_is_left_for_people(acme: Tenant, alice: Actor) -> None:
    case = clear(acme, 1)[0]
    pair = Candidate.objects.get()
    record = ProfileRecord.parse({"email": "somebody.else@example.com"}, tenant=acme)
    update_profile(tenant=acme, by=alice, profile_id=pair.low_id, record=record)
    bulk = accept_many(tenant=acme, by=alice, least_score=85)
    assert (bulk.accepted, bulk.left_out, bulk.reasons) == (0, 1, {"case-changed": 1})
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def test_what_turns_out_to_be_risky_or_impossible_is_counted_by_its_reason(
    acme: Tenant, alice: Actor
) -> None:
    company, login = clear(acme, 2)
    Profile.objects.filter(pk=Candidate.objects.get(case=company).low_id).update(type="COMPANY")
    pair = Candidate.objects.get(case=login)
    for number, pk in enumerate((pair.low_id, pair.high_id)):
        Profile.objects.filter(pk=pk).update(auth_user_id=f"login-{number}")
    bulk = accept_many(tenant=acme, by=alice, least_score=85)
    assert bulk.reasons == {"needs-second-person": 1, "different-logins": 1}
    assert waiting() == 2


@pytest.mark.parametrize("least_score", [84.9, 0, -1, 100.1, float("nan"), float("inf")])
def test_nobody_accepts_many_below_the_tenants_bound(acme: Tenant, alice: Actor, least_score: float) -> None:
    with pytest.raises(ScoreTooLow):
        accept_many(tenant=acme, by=alice, least_score=least_score)
    MatchSettings.objects.update(bulk_score=0)
    assert not BulkDecision.objects.exists()


@pytest.mark.conforms("B46", "R175")
def test_a_worker_does_many_and_says_how_far_it_is(
    acme: Tenant, alice: Actor, queue: None, django_capture_on_commit_callbacks: object
) -> None:
    clear(acme, MOST_AT_ONCE + 1)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        bulk = accept_many(tenant=acme, by=alice, least_score=85)
    assert (bulk.state, bulk.progress, bulk.total) == (RunState.WAITING, 0, MOST_AT_ONCE + 1)
    with pytest.raises(BulkAtWork):
        accept_many(tenant=acme, by=alice, least_score=85)
    assert work_off() == 1
    bulk.refresh_from_db()
    assert (bulk.state, bulk.progress, bulk.accepted) == (RunState.DONE, 100, MOST_AT_ONCE + 1)
    assert waiting() == 0


def test_an_order_can_be_stopped(acme: Tenant, alice: Actor) -> None:
    clear(acme, MOST_AT_ONCE + 1)
    bulk = accept_many(tenant=acme, by=alice, least_score=85)
    stop_accepting(tenant=acme, by=alice, bulk_id=bulk.pk)
    bulk.refresh_from_db()
    assert bulk.state == RunState.CANCELLED
    assert waiting() == MOST_AT_ONCE + 1
    assert accept_many(tenant=acme, by=alice, least_score=85).pk != bulk.pk


def test_an_order_whose_worker_died_goes_on_where_it_stopped(
    acme: Tenant, alice: Actor, queue: None, django_capture_on_commit_callbacks: object
) -> None:
    cases = sorted(clear(acme, MOST_AT_ONCE + 1), key=lambda case: case.pk)
    bulk = accept_many(tenant=acme, by=alice, least_score=85)
    BulkDecision.objects.update(
        state=RunState.RUNNING,
        last_case_id=cases[4].pk,
        accepted=5,
        heartbeat_at=timezone.now() - timedelta(minutes=3),
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert resume_stalled() == 1
        assert resume_stalled() == 0
    assert work_off() == 1
    bulk.refresh_from_db()
    assert (bulk.state, bulk.accepted) == (RunState.DONE, MOST_AT_ONCE + 1)
    assert waiting() == 5, "those before the place where it stopped are not touched again"


def test_larger_clusters_than_a_run_may_merge_are_left_for_people(acme: Tenant, alice: Actor) -> None:
    MatchSettings.objects.create(largest_cluster=3)
    as_scored(acme, make_case(twins(3), score=90), make_case(twins(4), score=90))
    bulk = accept_many(tenant=acme, by=alice, least_score=85)
    assert (bulk.total, bulk.accepted) == (1, 1)
    assert ReviewCase.objects.get(state=CaseState.OPEN).size == 4
