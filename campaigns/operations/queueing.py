"""Asking the worker for what is better done outside of the transaction."""

from __future__ import annotations

import uuid

from celery import current_app
from django.db import transaction

from campaigns.models import TargetProfile, TargetSegment

DELIVER_TASK = "campaigns.deliver_alerts_of_tenant"
REFRESH_TASK = "campaigns.refresh_target_segment"


def deliver_soon(tenant_id: uuid.UUID) -> None:
    """Send waiting alerts once the transaction is committed."""
    transaction.on_commit(lambda: current_app.send_task(DELIVER_TASK, args=[str(tenant_id)]))


def refresh_soon(target: TargetProfile) -> None:
    """Refresh the segment that follows a target profile, if there is one, once it is committed."""
    for segment_id in TargetSegment.objects.filter(target=target).values_list("pk", flat=True):
        arguments = [str(target.tenant_id), str(segment_id)]
        transaction.on_commit(lambda given=arguments: current_app.send_task(REFRESH_TASK, args=given))  # type: ignore[misc]
