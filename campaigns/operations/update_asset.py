"""Changing an asset."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from campaigns.errors import StaleAsset
from campaigns.locking import lock_arrangements
from campaigns.models import Asset, AssetVersion, Budget, ProfileContainer, TargetProfile
from campaigns.operations.assigning import assign_campaigns
from campaigns.operations.firing import fire_due_alerts
from campaigns.operations.preparing import prepare
from campaigns.operations.queueing import refresh_soon
from campaigns.operations.rolling import roll_forward
from campaigns.operations.writing import explained, find_asset, store
from campaigns.records import AssetRecord
from campaigns.snapshots import snapshot
from cdp.actors import Actor
from cdp.models import Tenant


def update_asset(
    *, tenant: Tenant, by: Actor, asset_id: uuid.UUID, record: AssetRecord, version: int | None = None
) -> Any:
    """Change what the record says and nothing else; a JSON column is replaced as a whole.

    Raises AssetNotFound, Invalid, and StaleAsset (with both versions) when ``version`` is given and outdated.
    """

    def change() -> Any:
        with transaction.atomic():
            lock_arrangements(tenant.pk)
            asset = find_asset(record.kind, asset_id, lock=True)
            if isinstance(asset, Budget):
                roll_forward(asset, tenant=tenant, by=by)
            before = snapshot(asset)
            refuse_stale(asset, version, before)
            for name, value in record.columns().items():
                setattr(asset, name, value)
            save_prepared(asset, before, tenant=tenant, by=by, verb="update")
            return asset

    return explained(change)


def refuse_stale(asset: Asset, version: int | None, stored: dict[str, Any]) -> None:
    """Raise StaleAsset when the caller has seen another version than the stored one."""
    if version is None or version == asset.version:
        return
    seen = AssetVersion.objects.filter(profile_type=asset.kind, profile_id=asset.pk, version=version)
    base = seen.values_list("data", flat=True).first()
    raise StaleAsset(yours=version, current=asset.version, base=base, stored=stored)


def save_prepared(asset: Any, before: dict[str, Any], *, tenant: Tenant, by: Actor, verb: str) -> None:
    """Complete, store and follow up a changed asset."""
    derived = prepare(asset, before, tenant=tenant, by=by)
    if not store(asset, by=by, verb=f"{asset.kind.lower()}.{verb}", before=before, also=derived):
        return
    asset.refresh_from_db()
    if isinstance(asset, Budget):
        fire_due_alerts(asset)
    elif isinstance(asset, ProfileContainer):
        assign_campaigns([asset.budget_id, before["budget_id"]])
    elif isinstance(asset, TargetProfile):
        refresh_soon(asset)
