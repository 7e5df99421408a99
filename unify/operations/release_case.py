"""Leaving a case to others."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import CaseState
from unify.deciding.cases import locked_case
from unify.deciding.claims import is_held_by, let_go
from unify.models import ReviewCase


@transaction.atomic
def release_case(*, tenant: Tenant, by: Actor, case_id: uuid.UUID) -> ReviewCase:
    """Let others have the case the person was looking at; one they do not hold stays as it is.

    Raises CaseNotFound.
    """
    case = locked_case(case_id, CaseState.values)
    if is_held_by(case, by):
        let_go(case)
        case.save(update_fields=["claimed_by", "claimed_until", "seen"])
    return case
