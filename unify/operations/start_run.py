"""Ordering a search for duplicates, a training, or the trial of a model."""

from __future__ import annotations

from django.db import transaction

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.locking import lock_values
from unify.choices import RunKind
from unify.finding.errors import RunAtWork
from unify.finding.queueing import queue_run
from unify.finding.runs import ACTIVE, create_run
from unify.models import MatchModelVersion, MatchRun


@transaction.atomic
def start_run(
    *, tenant: Tenant, by: Actor, kind: RunKind, version: MatchModelVersion | None = None
) -> MatchRun:
    """Have a worker look for duplicates, learn, or try ``version``; raises RunAtWork when one is at work."""
    lock_values(tenant.pk, ["match_runs"])
    if MatchRun.objects.filter(state__in=ACTIVE).exists():
        raise RunAtWork
    run = create_run(kind, by=by, version=version)
    queue_run(run)
    return run
