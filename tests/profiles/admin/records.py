"""Records as the verbs take them."""

from __future__ import annotations

from typing import Any

from cdp.models import Tenant
from profiles.records import ProfileRecord


def record(tenant: Tenant, said: dict[str, Any]) -> ProfileRecord:
    return ProfileRecord.parse(said, tenant=tenant)
