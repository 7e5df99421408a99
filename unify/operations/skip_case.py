"""Putting a case off."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdp.actors import Actor
from cdp.models import Tenant
from unify.deciding.cases import locked_case, records_of
from unify.deciding.claims import let_go, refuse_if_held
from unify.models import ReviewCase

MOST_SKIPS = 100  # people one case remembers


@transaction.atomic
def skip_case(*, tenant: Tenant, by: Actor, case_id: uuid.UUID) -> ReviewCase:
    """Leave the case to others; to this person it comes back when nothing else is left.

    Raises CaseNotFound, CaseClosed, CaseHeld.
    """
    case = locked_case(case_id)
    refuse_if_held(case, records_of(case), by)
    case.skipped_by = [*(name for name in case.skipped_by if name != str(by)), str(by)][-MOST_SKIPS:]
    let_go(case)
    case.save(update_fields=["skipped_by", "claimed_by", "claimed_until", "seen", "updated_at"])
    return case
