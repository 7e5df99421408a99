"""Giving people one case each."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

import stamina
from django.db import transaction
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from unify.deciding.cases import WAITING, get_case, locked_case, refresh
from unify.deciding.claims import (
    CLAIM,
    hold,
    is_held_by,
    is_live,
    is_own_proposal,
    lock_claims,
    next_free,
    own_case,
    refuse_if_held,
)
from unify.deciding.errors import CaseClosed, CaseHeld, OwnDecision, QueueBusy
from unify.models import ReviewCase

T = TypeVar("T")
# A run regroups the queue in less than a second; of a very long one whoever asks is told.
_ATTEMPTS = 4


def claim_case(*, tenant: Tenant, by: Actor, case_id: uuid.UUID | None = None) -> ReviewCase | None:
    """Give the person a case for ten minutes: the one named, else the one they hold, else the next.

    None when nothing is left for them. What they held before is free again. Raises CaseNotFound, CaseClosed,
    CaseHeld when somebody else looks at the case or one of its records, OwnDecision when it waits for
    somebody else to confirm what they have said, QueueBusy when a run has the queue locked for longer than
    anybody cares to wait.
    """
    found: ReviewCase | None = until_free(lambda: claim_once(tenant=tenant, by=by, case_id=case_id))
    return found


def until_free(claim: Callable[[], T]) -> T:
    """Try a claim again while a run has the queue locked; raises QueueBusy.

    Not within a transaction that claims: it would keep everybody else from claiming while it waits.
    """
    for attempt in stamina.retry_context(on=QueueBusy, attempts=_ATTEMPTS, wait_initial=0.1, wait_max=0.8):
        with attempt:
            return claim()
    raise QueueBusy


@transaction.atomic
def claim_once(*, tenant: Tenant, by: Actor, case_id: uuid.UUID | None = None) -> ReviewCase | None:
    """Do as ``claim_case``, without waiting for a run that has the queue locked."""
    lock_claims(tenant.pk)
    if case_id is not None:
        return _named(case_id, by)
    return own_case(by) or next_free(by)


@transaction.atomic
def renew_claim(*, tenant: Tenant, by: Actor, case_id: uuid.UUID) -> ReviewCase:
    """Say that the person is still looking; what they were shown stays what they have seen.

    Raises CaseNotFound, CaseClosed, and CaseHeld when the claim has ended.
    """
    case = locked_case(case_id, WAITING)
    if not is_held_by(case, by):
        raise CaseHeld
    case.claimed_until = timezone.now() + CLAIM
    case.save(update_fields=["claimed_until"])
    return case


def _named(case_id: uuid.UUID, by: Actor) -> ReviewCase:
    rows = ReviewCase.objects.select_for_update(skip_locked=True)
    case = rows.filter(pk=case_id).first()
    if case is None:
        if is_live(get_case(case_id)):
            raise CaseHeld  # somebody is deciding it at this moment
        raise QueueBusy
    if case.state not in WAITING:
        raise CaseClosed(str(case.get_state_display()))
    if is_own_proposal(case, by):
        raise OwnDecision
    records = refresh(case)
    if not records.candidates:
        raise CaseClosed(str(case.get_state_display()))
    refuse_if_held(case, records, by)
    return hold(case, records, by)
