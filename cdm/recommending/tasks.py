"""Jobs that make recommendations."""

from __future__ import annotations

import uuid

from celery import shared_task

from cdm.operations.make_recommendations import make_recommendations
from cdm.recommending.runs import RUN_TASK
from cdm.recommending.schedule import start_nightly
from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant


@shared_task(base=TenantTask, name=RUN_TASK, acks_late=True)
def carry_out(tenant_id: str, fit_id: str) -> None:
    """Make a tenant's recommendations, from the beginning if a worker has died at it."""
    make_recommendations(Tenant.objects.get(pk=tenant_id), fit_id=uuid.UUID(fit_id))


@shared_task(base=PlatformTask, name="cdm.recommend_nightly")
def recommend_nightly() -> None:
    """Order the run of every tenant whose clock has passed 03:30 (looked at every quarter hour)."""
    start_nightly()
