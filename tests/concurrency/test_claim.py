"""Many reviewers at one queue: nobody ever looks at what another looks at."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import DomainError
from cdp.tenancy.context import tenant_context
from tests.concurrency.parallel import at_once
from tests.factories.unify import make_case, twins
from tests.world import World, make_world
from unify.choices import CaseState, Decision
from unify.deciding.cases import ids_in
from unify.deciding.errors import QueueBusy
from unify.models import Candidate, MatchSettings, ReviewCase, Verdict
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import decide_case
from unify.operations.skip_case import skip_case

pytestmark = pytest.mark.django_db(transaction=True)
REVIEWERS, CASES = 8, 30


@pytest.fixture
def committed() -> World:
    """The world, visible to every connection."""
    return make_world()


def person(number: int) -> Actor:
    return Actor(ActorKind.USER, uuid.UUID(int=number), f"reviewer {number}")


class Desk:
    """What lies open before whom; complains when a record lies before two people."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.records: dict[uuid.UUID, Actor] = {}
        self.seen: Counter[uuid.UUID] = Counter()

    def open(self, case: ReviewCase, by: Actor) -> set[uuid.UUID]:
        records = ids_in(Candidate.objects.filter(case=case))
        with self.lock:
            others = {self.records[pk] for pk in records & self.records.keys()} - {by}
            assert not others, f"{by} sees what {others} look at"
            self.records |= dict.fromkeys(records, by)
            self.seen[case.pk] += 1
        return records

    def close(self, records: set[uuid.UUID]) -> None:
        with self.lock:
            for pk in records:
                self.records.pop(pk)


def chains(world: World, number: int) -> None:
    """Make cases of which each shares a record with the next: to hold a case alone is not enough."""
    with tenant_context(world.acme):
        for _ in range(number):
            rows = twins(4)
            for pair in zip(rows, rows[1:], strict=False):
                make_case(pair)


@pytest.mark.conforms("B46")
def test_eight_reviewers_of_thirty_cases_never_see_the_same_record(committed: World) -> None:
    chains(committed, CASES // 3)
    desk = Desk()

    def review(by: Actor) -> int:
        done = idle = 0
        with tenant_context(committed.acme):
            while idle < 50:
                case = claim_case(tenant=committed.acme, by=by)
                if case is None:
                    idle += 1
                    continue
                records = desk.open(case, by)
                is_put_off = desk.seen[case.pk] == 1 and case.pk.int % 3 == 0
                desk.close(records)
                if is_put_off:
                    skip_case(tenant=committed.acme, by=by, case_id=case.pk)
                else:
                    decide_case(tenant=committed.acme, by=by, case_id=case.pk, decision=Decision.DIFFERENT)
                    done += 1
        return done

    decided = at_once([lambda n=n: review(person(n)) for n in range(REVIEWERS)])  # type: ignore[misc]
    with tenant_context(committed.acme):
        assert sum(decided) == CASES
        assert ReviewCase.objects.filter(state=CaseState.DECIDED).count() == CASES
        assert Verdict.objects.count() == CASES


@pytest.mark.conforms("B46")
def test_a_case_decided_by_many_at_once_is_decided_once(committed: World) -> None:
    with tenant_context(committed.acme):
        case = make_case()

    def decide(by: Actor) -> str:
        with tenant_context(committed.acme):
            return outcome(
                lambda: decide_case(
                    tenant=committed.acme, by=by, case_id=case.pk, decision=Decision.DIFFERENT
                )
            )

    said = at_once([lambda n=n: decide(person(n)) for n in range(REVIEWERS)])  # type: ignore[misc]
    assert said.count("done") == 1
    assert set(said) <= {"done", "case-held", "case-closed"}
    with tenant_context(committed.acme):
        assert Verdict.objects.count() == 1


@pytest.mark.conforms("B46")
def test_nobody_becomes_the_second_person_by_being_quick(committed: World) -> None:
    """The same person from many windows at once: one proposal, and no merge."""
    with tenant_context(committed.acme):
        MatchSettings.objects.create(needs_second_person=True)
        case = make_case(is_risky=True)

    def decide() -> str:
        with tenant_context(committed.acme):
            return outcome(
                lambda: decide_case(
                    tenant=committed.acme, by=person(1), case_id=case.pk, decision=Decision.SAME
                )
            )

    said = at_once([decide] * REVIEWERS)
    assert said.count("asked") == 1
    assert set(said) <= {"asked", "own-decision", "case-held"}
    with tenant_context(committed.acme):
        case.refresh_from_db()
        assert case.state == CaseState.SECOND
        assert not Verdict.objects.exists()


@pytest.mark.conforms("B46")
def test_while_a_run_puts_the_queue_in_order_one_waits_and_is_told(committed: World) -> None:
    with tenant_context(committed.acme):
        case = make_case()
    begun, ends = threading.Event(), threading.Event()

    def regroup() -> str:
        """Lock the waiting cases as a run does, until it is told to end."""
        with tenant_context(committed.acme), transaction.atomic():
            list(ReviewCase.objects.select_for_update())
            begun.set()
            assert ends.wait(60)
        return "regrouped"

    def review() -> str:
        assert begun.wait(60)
        said = []
        with tenant_context(committed.acme):
            for case_id in (None, case.pk):
                with pytest.raises(QueueBusy) as refused:
                    claim_case(tenant=committed.acme, by=person(1), case_id=case_id)
                said.append(refused.value.slug)
            ends.set()
            found = claim_case(tenant=committed.acme, by=person(1))
        assert found == case, "the run ended while it was waited for"
        return " ".join(said)

    assert at_once([regroup, review]) == ["regrouped", "queue-busy queue-busy"]


def outcome(act: Callable[[], object]) -> str:
    try:
        result = act()
    except DomainError as error:
        return error.slug
    return "asked" if getattr(result, "needs_second", False) else "done"
