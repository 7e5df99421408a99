"""A review queue to look at: a first search, and what two people have decided since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from unify.choices import CandidateState, CaseState, Decision, RunKind
from unify.models import MatchRun, ReviewCase
from unify.operations.decide_case import decide_case
from unify.operations.start_run import start_run

LEFT = 25
DAYS = 14
BY = Actor.system("demo")


def find_duplicates(tenant: Tenant, people: Sequence[Actor]) -> None:
    """Search the demo company for duplicates, once, and let its people decide on all but a few cases."""
    from unify.finding.running import run_match  # noqa: PLC0415 (brings DuckDB, which no web process needs)

    with tenant_context(tenant):
        if MatchRun.objects.exists():
            return
        ordered = start_run(tenant=tenant, by=BY, kind=RunKind.DEEP)
        run_match(tenant=tenant, run_id=ordered.pk)
        for number, case in enumerate(_cases_of_two()):
            _decide(tenant, people[number % len(people)], case)
            _date_back(case, days=1 + number % DAYS)


def _cases_of_two() -> list[ReviewCase]:
    """Return the cases to decide: those of two customers, spread over all scores, and not the last few."""
    waiting = list(ReviewCase.objects.filter(state=CaseState.OPEN, size=2).order_by("pk"))
    others = ReviewCase.objects.filter(state=CaseState.OPEN).exclude(size=2).count()
    return waiting[: max(0, len(waiting) - max(0, LEFT - others))]


def _decide(tenant: Tenant, by: Actor, case: ReviewCase) -> None:
    pair = case.candidates.filter(state=CandidateState.PENDING).first()
    if pair is None:
        return
    is_household = "first_name" in pair.conflicts
    decision = Decision.DIFFERENT if is_household else Decision.SAME
    reason = "Two people of one household." if is_household else ""
    try:
        decide_case(tenant=tenant, by=by, case_id=case.pk, decision=decision, reason=reason)
    except DomainError:
        # Companies with different tax ids and the like are left in the queue, as people would leave them.
        return


def _date_back(case: ReviewCase, *, days: int) -> None:
    """Have it found and decided on another day: what counts as done today is what people do."""
    at = timezone.now() - timedelta(days=days)
    decided = ReviewCase.objects.filter(pk=case.pk, decided_at__isnull=False)
    decided.update(created_at=at, decided_at=at)
