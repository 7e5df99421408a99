"""Accepting many clear cases at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import stamina
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from psycopg import errors as postgres

from cdp import audit
from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.imports.models.run import actor_from, actor_to
from unify.choices import Decision, RunState
from unify.deciding.bulk import clear_cases, get_bulk, is_as_scored, queue_bulk, refuse_if_unlike
from unify.deciding.cases import records_of
from unify.deciding.claims import is_held_by_others
from unify.deciding.errors import BulkAtWork, CaseChanged, CaseHeld, NeedsSecondPerson, ScoreTooLow
from unify.deciding.risk import is_risky
from unify.deciding.said import read_said
from unify.finding.current import settings_of
from unify.merging.choices import MergeStrategy
from unify.merging.locking import TooBusy, lock_customers, until_still
from unify.models import BulkDecision
from unify.operations.decide_case import conclude

# So many are done while the caller waits.
MOST_AT_ONCE = 20
_BATCH = 200
STALLED = timedelta(minutes=2)
_ATTEMPTS = 4
# Another transaction was in the way: nothing is wrong with the case.
_IN_THE_WAY = (postgres.DeadlockDetected, postgres.SerializationFailure, postgres.LockNotAvailable)
_ENDED = gettext_noop("Something went wrong; the log says what. What was merged stays merged.")


def accept_many(*, tenant: Tenant, by: Actor, least_score: float, reason: str = "") -> BulkDecision:
    """Merge every clear case from a score on: a few now, more by a worker.

    Left for people: what has a conflict or records that are not alike, is risky, has changed since it was
    scored, and what somebody has skipped, decided or is looking at. Raises ScoreTooLow below the tenant's own
    bound, BulkAtWork.
    """
    bound = settings_of(tenant).bulk_score
    if not bound <= least_score <= 100:  # noqa: PLR2004 (a score)
        raise ScoreTooLow(bound)
    try:
        with transaction.atomic():
            bulk = _ordered(tenant, by, least_score, reason)
    except IntegrityError as error:
        raise BulkAtWork from error
    if bulk.total > MOST_AT_ONCE:
        return bulk
    return carry_out(tenant=tenant, bulk_id=bulk.pk)


def carry_out(*, tenant: Tenant, bulk_id: uuid.UUID) -> BulkDecision:
    """Carry an order out, from wherever it stopped; each case is a transaction of its own.

    A case others keep in the way of is left for people. When the database itself is gone, that is raised, and
    the order stays to be resumed.
    """
    try:
        while ids := _next_ids(tenant, get_bulk(bulk_id)):
            for case_id in ids:
                _try_to_deal_with(tenant, bulk_id, case_id)
        _finish(bulk_id)
    except OperationalError:
        raise
    except Exception:
        BulkDecision.objects.filter(pk=bulk_id).update(
            state=RunState.FAILED, error=_ENDED, finished_at=timezone.now()
        )
        raise
    return get_bulk(bulk_id)


@transaction.atomic
def stop_accepting(*, tenant: Tenant, by: Actor, bulk_id: uuid.UUID) -> BulkDecision:
    """Merge no more cases of the order; what was merged stays. Raises BulkNotFound."""
    bulk = _locked(bulk_id)
    if bulk.is_at_work:
        _end(bulk, RunState.CANCELLED)
        audit.record(verb="bulk.stop", obj=bulk, by=by, changes={"accepted": [None, bulk.accepted]})
    return bulk


@transaction.atomic
def resume_stalled() -> int:
    """Queue the tenant's orders again that nobody has worked on for two minutes; return how many."""
    silent_since = timezone.now() - STALLED
    stalled = BulkDecision.objects.filter(
        state__in=[RunState.WAITING, RunState.RUNNING], heartbeat_at__lt=silent_since
    )
    rows = list(stalled.select_for_update(skip_locked=True))
    for bulk in rows:
        bulk.heartbeat_at = timezone.now()
        bulk.save(update_fields=["heartbeat_at"])
        queue_bulk(bulk)
    return len(rows)


def _ordered(tenant: Tenant, by: Actor, least_score: float, reason: str) -> BulkDecision:
    bulk = BulkDecision.objects.create(
        least_score=least_score,
        reason=reason.strip()[:500],
        total=clear_cases(tenant, least_score).count(),
        ordered_by=actor_to(by),
        created_by=str(by),
        heartbeat_at=timezone.now(),
    )
    changes: audit.Changes = {"least_score": [None, least_score], "total": [None, bulk.total]}
    audit.record(verb="bulk.accept", obj=bulk, by=by, changes=changes)
    if bulk.total > MOST_AT_ONCE:
        queue_bulk(bulk)
    return bulk


def _next_ids(tenant: Tenant, bulk: BulkDecision) -> list[uuid.UUID]:
    """Return the next cases of the order; none when it was stopped."""
    if not bulk.is_at_work:
        return []
    cases = clear_cases(tenant, bulk.least_score).filter(created_at__lte=bulk.created_at).order_by("pk")
    if bulk.last_case_id:
        cases = cases.filter(pk__gt=bulk.last_case_id)
    return list(cases.values_list("pk", flat=True)[:_BATCH])


def _try_to_deal_with(tenant: Tenant, bulk_id: uuid.UUID, case_id: uuid.UUID) -> None:
    try:
        for attempt in stamina.retry_context(
            on=_is_in_the_way, attempts=_ATTEMPTS, wait_initial=0.05, wait_max=1.0
        ):
            with attempt:
                _deal_with(tenant, bulk_id, case_id, _accept)
    except OperationalError as error:
        if not _is_in_the_way(error):
            raise
        _deal_with(tenant, bulk_id, case_id, _leave)


def _is_in_the_way(error: Exception) -> bool:
    return isinstance(error, OperationalError) and isinstance(error.__cause__, _IN_THE_WAY)


@transaction.atomic
def _deal_with(
    tenant: Tenant,
    bulk_id: uuid.UUID,
    case_id: uuid.UUID,
    act: Callable[[Tenant, BulkDecision, uuid.UUID], None],
) -> None:
    bulk = _locked(bulk_id)
    if not bulk.is_at_work or (bulk.last_case_id and case_id <= bulk.last_case_id):
        return  # stopped, or another worker was here
    try:
        until_still(lambda: act(tenant, bulk, case_id))
    except DomainError as error:
        bulk.left_out += 1
        bulk.reasons[error.slug] = bulk.reasons.get(error.slug, 0) + 1
    else:
        bulk.accepted += 1
    bulk.last_case_id, bulk.heartbeat_at, bulk.state = case_id, timezone.now(), RunState.RUNNING
    bulk.started_at = bulk.started_at or timezone.now()
    bulk.save()


@transaction.atomic
def _finish(bulk_id: uuid.UUID) -> None:
    bulk = _locked(bulk_id)
    if bulk.is_at_work:
        _end(bulk, RunState.DONE)


def _leave(_tenant: Tenant, _bulk: BulkDecision, _case_id: uuid.UUID) -> None:
    raise TooBusy


def _accept(tenant: Tenant, bulk: BulkDecision, case_id: uuid.UUID) -> None:
    by, settings = actor_from(bulk.ordered_by), settings_of(tenant)
    case = (
        clear_cases(tenant, bulk.least_score).select_for_update(skip_locked=True).filter(pk=case_id).first()
    )
    if case is None:
        raise CaseHeld
    lock_customers(tenant, records_of(case).ids)
    records = records_of(case)
    if is_held_by_others(case, records, by):
        raise CaseHeld
    if not records.candidates or not is_as_scored(tenant, records):
        raise CaseChanged({})
    has_conflict = any(pair.conflicts for pair in records.candidates)
    if is_risky(list(records.profiles.values()), has_conflict=has_conflict, settings=settings):
        raise NeedsSecondPerson(case.pk)
    refuse_if_unlike(tenant, records)
    said = read_said(
        records,
        decision=Decision.SAME,
        winner_id=None,
        loser_ids=None,
        strategy=MergeStrategy.MERGE_BOTH,
        resolved_conflicts=None,
        reason=bulk.reason,
        force=False,
    )
    case.bulk = bulk
    conclude(tenant=tenant, by=by, case=case, records=records, said=said)


def _locked(bulk_id: uuid.UUID) -> BulkDecision:
    return BulkDecision.objects.select_for_update().get(pk=get_bulk(bulk_id).pk)


def _end(bulk: BulkDecision, state: RunState) -> None:
    bulk.state, bulk.finished_at = state, timezone.now()
    bulk.started_at = bulk.started_at or bulk.finished_at
    bulk.save()
