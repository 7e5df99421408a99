"""Asking the worker for what is better done outside of the transaction."""

from __future__ import annotations

import uuid

from celery import current_app

from campaigns.models import TargetProfile, TargetSegment
from cdp.after_commit import after_commit

DELIVER_TASK = "campaigns.deliver_alerts_of_tenant"
REFRESH_TASK = "campaigns.refresh_target_segment"


def deliver_soon(tenant_id: uuid.UUID) -> None:
    """Send waiting alerts once the transaction is committed."""
    # Should the queue be down, the job that runs every five minutes sends them.
    after_commit(current_app.signature(DELIVER_TASK, args=[str(tenant_id)], immutable=True).apply_async)


def refresh_soon(target: TargetProfile) -> None:
    """Refresh the segment that follows a target profile, if there is one, once it is committed."""
    for segment_id in TargetSegment.objects.filter(target=target).values_list("pk", flat=True):
        arguments = [str(target.tenant_id), str(segment_id)]
        # Should the queue be down, the job that runs every quarter of an hour refreshes all of them.
        after_commit(current_app.signature(REFRESH_TASK, args=arguments, immutable=True).apply_async)
