"""Trying a version of the model on the live data before it is used."""

from __future__ import annotations

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import RunKind
from unify.finding.current import version_numbered
from unify.models import MatchRun
from unify.operations.start_run import start_run


def dry_run_model(*, tenant: Tenant, by: Actor, number: int) -> MatchRun:
    """Have a worker count what would merge, queue or drop differently; raises ModelNotFound, RunAtWork.

    The run's counts then hold ``before``, ``after``, and ``changes``: for each "queue_to_merge" and so on
    how many pairs, and the pairs whose score would change most. Where nothing was learned about a level, its
    shipped weight is tried, as it would be used; ``shipped_levels`` names these.
    """
    version = version_numbered(number)
    return start_run(tenant=tenant, by=by, kind=RunKind.DRY_RUN, version=version)
