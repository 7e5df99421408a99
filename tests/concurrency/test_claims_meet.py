"""Claims that meet other verbs: none waits for the other for ever, and nobody keeps everybody waiting."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.tenancy.context import tenant_context
from tests.concurrency.parallel import at_once
from tests.factories.unify import make_case
from tests.world import World, make_world
from unify.choices import CaseState, Decision
from unify.deciding import cases
from unify.models import MatchSettings, ReviewCase
from unify.operations import undo_decision as undo_module
from unify.operations.claim_case import claim_case
from unify.operations.decide_case import decide_case
from unify.operations.undo_decision import undo_decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed() -> World:
    """The world, visible to every connection."""
    return make_world()


def person(number: int) -> Actor:
    return Actor(ActorKind.USER, uuid.UUID(int=number), f"reviewer {number}")


@pytest.mark.conforms("B46")
def test_a_proposal_is_taken_back_while_who_holds_it_goes_on_to_the_next(
    committed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tenant_context(committed.acme):
        MatchSettings.objects.create(needs_second_person=True)
        proposed, other = make_case(is_risky=True, score=90), make_case(score=80)
        decide_case(tenant=committed.acme, by=person(1), case_id=proposed.pk, decision=Decision.SAME)
        claim_case(tenant=committed.acme, by=person(2), case_id=proposed.pk)
    begun = threading.Event()
    locked = cases.locked_case

    def slowly(*args: Any) -> ReviewCase:
        case = locked(*args)
        begun.set()
        time.sleep(1)  # long enough for the other to be at the claims
        return case

    monkeypatch.setattr(undo_module, "locked_case", slowly)

    def take_back() -> ReviewCase:
        with tenant_context(committed.acme):
            return undo_decision(tenant=committed.acme, by=person(1), case_id=proposed.pk)

    def go_on() -> ReviewCase | None:
        assert begun.wait(60)
        with tenant_context(committed.acme):
            return claim_case(tenant=committed.acme, by=person(2), case_id=other.pk)

    back, next_one = at_once([take_back, go_on])
    assert (back, next_one) == (proposed, other)
    with tenant_context(committed.acme):
        assert ReviewCase.objects.get(pk=proposed.pk).state == CaseState.OPEN


@pytest.mark.conforms("B46")
def test_who_decides_while_a_run_puts_the_queue_in_order_keeps_nobody_from_claiming(
    committed: World,
) -> None:
    with tenant_context(committed.acme):
        case, other = make_case(), make_case()
    begun, ends = threading.Event(), threading.Event()

    def regroup() -> str:
        """Lock one case as a run does, until somebody else has claimed another."""
        with tenant_context(committed.acme), transaction.atomic():
            list(ReviewCase.objects.select_for_update().filter(pk=case.pk))
            begun.set()
            assert ends.wait(60)
        return "regrouped"

    def decide() -> str:
        assert begun.wait(60)
        with tenant_context(committed.acme):
            decide_case(tenant=committed.acme, by=person(1), case_id=case.pk, decision=Decision.DIFFERENT)
        return "done"

    def claim() -> ReviewCase | None:
        assert begun.wait(60)
        time.sleep(0.1)  # long enough for the other to have been refused once
        with tenant_context(committed.acme):
            found = claim_case(tenant=committed.acme, by=person(2), case_id=other.pk)
        ends.set()
        return found

    works: list[Callable[[], object]] = [regroup, decide, claim]
    assert at_once(works) == ["regrouped", "done", other], "the decision has waited, and nobody for it"
