"""Jobs of rules."""

from __future__ import annotations

import uuid

from celery import current_app, shared_task

from cdm.automation.evaluating import evaluate_rules
from cdm.automation.queueing import EVALUATE_TASK, SEND_TASK, send_soon
from cdm.operations.send_firings import send_firings
from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant


@shared_task(base=TenantTask, name=EVALUATE_TASK)
def evaluate(tenant_id: str, profile_ids: list[str] | None = None) -> None:
    """Evaluate a tenant's rules for some customers, or for all, and have what they say sent."""
    tenant = Tenant.objects.get(pk=tenant_id)
    among = None if profile_ids is None else [uuid.UUID(one) for one in profile_ids]
    if evaluate_rules(tenant, among=among).to_send:
        send_soon(tenant.pk)


@shared_task(base=TenantTask, name=SEND_TASK)
def send(tenant_id: str) -> None:
    """Send the messages that wait."""
    tenant = Tenant.objects.get(pk=tenant_id)
    send_firings(tenant=tenant)


@shared_task(base=PlatformTask, name="cdm.send_firings_everywhere")
def send_everywhere() -> None:
    """Queue what waits to be sent again (every five minutes)."""
    for tenant in Tenant.objects.filter(is_active=True):
        current_app.send_task(SEND_TASK, args=[str(tenant.pk)])
