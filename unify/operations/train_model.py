"""Learning a model from the tenant's own customers."""

from __future__ import annotations

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import RunKind
from unify.models import MatchRun
from unify.operations.start_run import start_run


def train_model(*, tenant: Tenant, by: Actor) -> MatchRun:
    """Have a worker make a draft from the customers; raises RunAtWork. The run fails under 500 customers."""
    return start_run(tenant=tenant, by=by, kind=RunKind.TRAINING)
