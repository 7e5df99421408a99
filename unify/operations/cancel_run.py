"""Giving a run up."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import RunState
from unify.finding.errors import RunIsOver
from unify.finding.runs import ACTIVE, end_run, locked_run
from unify.models import MatchRun


@transaction.atomic
def cancel_run(*, tenant: Tenant, by: Actor, run_id: uuid.UUID) -> MatchRun:
    """End a run that waits or works; what it has merged stays merged. Raises RunNotFound, RunIsOver."""
    run = locked_run(run_id)
    if run.state not in ACTIVE:
        raise RunIsOver
    end_run(run, RunState.CANCELLED, by=by)
    return run
