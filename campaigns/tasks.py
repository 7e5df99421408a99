"""Jobs of campaigns."""

from __future__ import annotations

import uuid

from celery import current_app, shared_task

from campaigns.operations.deliver_alerts import MOST_SECONDS_OF_A_RUN, deliver_alerts
from campaigns.operations.queueing import DELIVER_TASK, REFRESH_TASK
from campaigns.operations.rolling import roll_over_budgets
from campaigns.operations.target_segments import SEGMENTS, refresh_target_segment, target_segment_ids
from cdp.celery import PlatformTask, TenantTask
from cdp.models import Tenant
from cdp.postgresql.statistics import know_tenant

ROLL_TASK = "campaigns.roll_over_budgets_of_tenant"
REFRESH_ALL_TASK = "campaigns.refresh_target_segments_of_tenant"


@shared_task(base=TenantTask, name=DELIVER_TASK, soft_time_limit=MOST_SECONDS_OF_A_RUN)
def deliver_alerts_of_tenant(tenant_id: str) -> None:
    """Send the alerts that wait."""
    deliver_alerts(tenant=Tenant.objects.get(pk=tenant_id))


@shared_task(base=TenantTask, name=ROLL_TASK)
def roll_over_budgets_of_tenant(tenant_id: str) -> None:
    """Begin the next period of the budgets whose last has passed."""
    roll_over_budgets(tenant=Tenant.objects.get(pk=tenant_id))


@shared_task(base=TenantTask, name=REFRESH_TASK)
def refresh_segment(tenant_id: str, target_segment_id: str) -> None:
    """Make one segment hold the customers its target profile meets."""
    know_tenant(("profiles", "profile_tags", "segment_memberships"))
    refresh_target_segment(
        tenant=Tenant.objects.get(pk=tenant_id),
        by=SEGMENTS,
        target_segment_id=uuid.UUID(target_segment_id),
    )


@shared_task(base=TenantTask, name=REFRESH_ALL_TASK)
def refresh_segments_of_tenant(tenant_id: str) -> None:
    """Queue the refreshing of every segment that follows a target profile: one that fails stops no other."""
    for target_segment_id in target_segment_ids():
        current_app.send_task(REFRESH_TASK, args=[tenant_id, str(target_segment_id)])


def _everywhere(task: str) -> None:
    for tenant in Tenant.objects.filter(is_active=True):
        current_app.send_task(task, args=[str(tenant.pk)])


@shared_task(base=PlatformTask, name="campaigns.roll_over_budgets")
def roll_over_everywhere() -> None:
    """Queue the roll-over for every tenant (every quarter of an hour: days begin at all times)."""
    _everywhere(ROLL_TASK)


@shared_task(base=PlatformTask, name="campaigns.deliver_alerts")
def deliver_everywhere() -> None:
    """Queue what waits to be sent again (every five minutes)."""
    _everywhere(DELIVER_TASK)


@shared_task(base=PlatformTask, name="campaigns.refresh_target_segments")
def refresh_everywhere() -> None:
    """Queue the refreshing of segments for every tenant (every quarter of an hour)."""
    _everywhere(REFRESH_ALL_TASK)
