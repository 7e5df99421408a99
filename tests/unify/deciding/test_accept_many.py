"""Accepting many clear cases at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import AuditEntry, Tenant
from profiles.models import ContactPoint, Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.cdp.queue import own_queue, work_off
from tests.factories.unify import as_scored, make_case, twins
from tests.unify.finding.people import run, smithers, strangers
from tests.world import World
from unify.choices import CaseState, RunState
from unify.deciding.bulk import refuse_if_unlike
from unify.deciding.cases import records_of
from unify.deciding.errors import BulkAtWork, ScoreTooLow
from unify.models import BulkDecision, Candidate, MatchSettings, Merge, ReviewCase, Verdict
from unify.operations.accept_many import MOST_AT_ONCE, accept_many, resume_stalled, stop_accepting
from unify.operations.claim_case import claim_case
from unify.operations.merge import merge
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


@pytest.mark.conforms("B46")
def test_records_nobody_found_alike_are_not_merged_by_what_is_between_them(
    acme: Tenant, alice: Actor
) -> None:
    """Father and son, and a record with an initial that is like both."""
    strangers()
    MatchSettings.objects.create(merges_by_itself=False)
    emails, phones = ("john@home.example", "james@home.example"), ("+66811111111", "+66822222222")
    both = smithers("J.", email=emails[0], phone=phones[0], address={})
    for kind, value in (("email", emails[1]), ("phone", phones[1])):
        ContactPoint.objects.create(profile=both, kind=kind, value=value)
    for born, name, email, phone in zip((1980, 1955), ("John", "James"), emails, phones, strict=True):
        smithers(name, email=email, phone=phone, address={}, date_of_birth=f"{born}-03-12")
    run(acme)
    case = ReviewCase.objects.get()
    assert (case.size, case.candidates.count(), case.has_conflict) == (3, 2, False), (
        "they hang together by J."
    )
    assert case.least_score >= 85
    bulk = accept_many(tenant=acme, by=alice, least_score=85)
    assert (bulk.accepted, bulk.left_out, bulk.reasons) == (0, 1, {"not-all-alike": 1})
    assert not Merge.objects.exists()
    case.refresh_from_db()
    assert (case.state, case.bulk_id) == (CaseState.OPEN, None)


def test_nor_is_what_contradicts_a_record_that_was_merged_before(acme: Tenant, alice: Actor) -> None:
    j, john, james = (smithers(name) for name in ("J.", "John", "James"))
    merge(tenant=acme, by=alice, winner_id=j.pk, loser_ids=[john.pk])
    Profile.objects.filter(pk=j.pk).update(first_name="J.", name="J. Smithers")
    as_scored(acme, make_case([j, james], score=95))
    assert accept_many(tenant=acme, by=alice, least_score=85).reasons == {"not-all-alike": 1}


def test_the_queries_per_case_do_not_grow_with_its_records(acme: Tenant, alice: Actor) -> None:
    small, large = make_case(twins(2), score=90), make_case(twins(5), score=90)
    as_scored(acme, small, large)
    refuse_if_unlike(acme, records_of(small))  # whose model and settings are read once
    asked = []
    for case in (small, large):
        records = records_of(case)
        with CaptureQueriesContext(connection) as queries:
            refuse_if_unlike(acme, records)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
