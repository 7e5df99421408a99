"""Giving people one case each."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import CaseState
from unify.deciding.cases import WAITING, get_case, locked_case, refresh
from unify.deciding.claims import CLAIM, hold, is_held_by, lock_claims, next_free, own_case, refuse_if_held
from unify.deciding.errors import CaseClosed, CaseHeld, OwnDecision
from unify.models import ReviewCase


@transaction.atomic
def claim_case(*, tenant: Tenant, by: Actor, case_id: uuid.UUID | None = None) -> ReviewCase | None:
    """Give the person a case for ten minutes: the one named, else the one they hold, else the next.

    None when nothing is left for them. What they held before is free again. Raises CaseNotFound, CaseClosed,
    CaseHeld when somebody else looks at the case or one of its records, OwnDecision when it waits for
    somebody else to confirm what they have said.
    """
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
        get_case(case_id)
        raise CaseHeld  # somebody is deciding it at this moment
    if case.state not in WAITING:
        raise CaseClosed(str(case.get_state_display()))
    if case.state == CaseState.SECOND and case.first_decision.get("by") == str(by):
        raise OwnDecision
    records = refresh(case)
    if not records.candidates:
        raise CaseClosed(str(case.get_state_display()))
    refuse_if_held(case, records, by)
    return hold(case, records, by)
