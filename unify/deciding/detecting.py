"""The pairs that are known, brought up to date with what changed since the last search."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import Profile
from unify.choices import CandidateOrigin, CandidateState, RunKind, RunState
from unify.deciding.cases import ordered, touching
from unify.finding.current import settings_of
from unify.finding.errors import RunAtWork
from unify.finding.merging import BY
from unify.finding.runs import ACTIVE
from unify.merging.choices import MergeOrigin
from unify.models import Candidate, MatchRun, Merge
from unify.operations.find_alike import find_alike
from unify.operations.open_candidate import open_candidate
from unify.operations.start_run import start_run
from unify.records.refresh import refresh

# Customers changed since the last search who are looked at while somebody waits, the latest first.
MOST_AT_ONCE = 25
MOST_ALIKE = 20
MOST_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Detection:
    """How far the pairs are up to date: whether everybody changed has been looked at, and the last search.

    ``run_id`` is the search that waits or works: when it has ended, everybody has been looked at.
    """

    is_complete: bool
    searched_at: datetime | None
    run_id: uuid.UUID | None = None


def pending_pairs(
    *, least_score: float | None = None, profile_id: uuid.UUID | None = None
) -> QuerySet[Candidate]:
    """Return the pairs nobody has decided about, the most alike first, with their customers."""
    pairs = Candidate.objects.filter(state=CandidateState.PENDING)
    if least_score is not None:
        pairs = pairs.filter(score__gte=least_score)
    if profile_id is not None:
        pairs = pairs.filter(touching([profile_id]))
    return with_customers(pairs).order_by("-score", "id")


def with_customers(pairs: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Fetch both customers of each pair beside them: a join might be made before the rows are cut off."""
    customers = Profile.objects.defer("search_text")
    return pairs.prefetch_related(Prefetch("low", customers), Prefetch("high", customers))


def standing() -> Detection:
    """Tell how far the last search has come."""
    search = _last_search()
    return Detection(not _changed_since(search).exists(), _searched_at(search), _run_at_work())


def detect(tenant: Tenant, *, by: Actor, profile_id: uuid.UUID | None = None) -> Detection:
    """Look at the customers changed since the last search, or at one, as far as somebody can wait for it.

    A search among what changed is ordered for those who are left, unless one is at work already.
    """
    search = _last_search()
    searched_at = _searched_at(search)
    if profile_id is not None:
        ids, is_complete = [profile_id], True
    else:
        changed = _changed_since(search).order_by("-updated_at", "-id").values_list("pk", flat=True)
        found = list(changed[: MOST_AT_ONCE + 1])
        ids, is_complete = found[:MOST_AT_ONCE], len(found) <= MOST_AT_ONCE
    refresh(tenant, ids)
    active = Profile.objects.active().filter(pk__in=ids).values_list("pk", flat=True)
    is_done = _open_pairs(tenant, list(active), until=time.monotonic() + MOST_SECONDS)
    if is_complete and is_done:
        return Detection(True, searched_at, _run_at_work())
    return Detection(False, searched_at, _ordered_run(tenant, by))


def _open_pairs(tenant: Tenant, ids: Sequence[uuid.UUID], *, until: float) -> bool:
    """Put the pairs of these customers before people; False when the time did not suffice for all of them."""
    waiting = Candidate.objects.filter(touching(ids), state=CandidateState.PENDING, case__isnull=False)
    known = set(waiting.values_list("low_id", "high_id"))
    least_score = float(settings_of(tenant).review_score)
    for one in ids:
        for alike in find_alike(tenant=tenant, profile_id=one, limit=MOST_ALIKE, least_score=least_score):
            pair = ordered(one, alike.profile.pk)
            if pair in known:
                continue
            if time.monotonic() > until:
                return False
            known.add(pair)
            open_candidate(tenant=tenant, low_id=pair[0], high_id=pair[1], origin=CandidateOrigin.JOB)
        if time.monotonic() > until:
            return one == ids[-1]
    return True


def _ordered_run(tenant: Tenant, by: Actor) -> uuid.UUID | None:
    """Return the search that will look at the others."""
    try:
        return start_run(tenant=tenant, by=by, kind=RunKind.INCREMENTAL).pk
    except RunAtWork:
        return _run_at_work()


def _run_at_work() -> uuid.UUID | None:
    runs = MatchRun.objects.filter(kind__in=[RunKind.DEEP, RunKind.INCREMENTAL], state__in=ACTIVE)
    return runs.values_list("pk", flat=True).first()


def _last_search() -> MatchRun | None:
    done = MatchRun.objects.filter(kind__in=[RunKind.DEEP, RunKind.INCREMENTAL], state=RunState.DONE)
    return done.filter(looked_at_until__isnull=False).order_by("-looked_at_until").first()


def _searched_at(search: MatchRun | None) -> datetime | None:
    return search.looked_at_until if search else None


def _changed_since(search: MatchRun | None) -> QuerySet[Profile]:
    """Return the customers nobody has looked at as they are: a search looks again at whom it has merged."""
    customers = Profile.objects.active()
    if search is None:
        return customers
    ended_at = search.finished_at or search.looked_at_until
    merged_by_it = Merge.objects.filter(
        winner=OuterRef("pk"),
        merged_at=OuterRef("updated_at"),
        merged_at__lte=ended_at,
        origin=MergeOrigin.AUTO,
        merged_by=str(BY),
    )
    return customers.filter(~Exists(merged_by_it), updated_at__gte=search.looked_at_until)
