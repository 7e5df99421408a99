"""Keeping figures about assets."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Annotated

from django.db import transaction
from django.utils import timezone
from pydantic import Field

from campaigns.choices import AssetKind
from campaigns.models import AssetMetric
from campaigns.operations.writing import find_asset
from campaigns.records import Name
from cdp import audit
from cdp.actors import Actor
from cdp.api.wire import Incoming
from cdp.models import Tenant
from cdp.moments import Moment


class MetricRecord(Incoming):
    """One figure."""

    metric_name: Annotated[Name, Field(max_length=100)]
    metric_value: Annotated[Decimal, Field(max_digits=20, decimal_places=4, allow_inf_nan=False)]
    recorded_at: Moment | None = None


@transaction.atomic
def record_metric(
    *, tenant: Tenant, by: Actor, kind: AssetKind, asset_id: uuid.UUID, record: MetricRecord
) -> AssetMetric:
    """Add a figure to an asset; figures are never changed. Raises AssetNotFound."""
    asset = find_asset(kind, asset_id, deleted=None)
    metric: AssetMetric = AssetMetric.objects.create(
        profile_type=kind,
        profile_id=asset.pk,
        metric_name=record.metric_name,
        metric_value=record.metric_value,
        recorded_at=record.recorded_at or timezone.now(),
    )
    changes = {record.metric_name: [None, str(record.metric_value)]}
    audit.record(verb="asset.measure", obj=asset, by=by, changes=changes)
    return metric
