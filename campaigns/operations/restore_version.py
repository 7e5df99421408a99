"""Bringing an earlier version back."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from campaigns.choices import AssetKind
from campaigns.history import version_of
from campaigns.locking import lock_arrangements
from campaigns.models import Budget
from campaigns.operations.rolling import roll_forward
from campaigns.operations.update_asset import refuse_stale, save_prepared
from campaigns.operations.writing import explained, find_asset
from campaigns.records import RECORDS
from campaigns.snapshots import snapshot
from cdp.actors import Actor
from cdp.api.serializers import camel
from cdp.models import Tenant

# Which of several is the default is a matter of today.
NOT_BROUGHT_BACK = {"is_default"}


def restore_version(
    *,
    tenant: Tenant,
    by: Actor,
    kind: AssetKind,
    asset_id: uuid.UUID,
    number: int,
    version: int | None = None,
) -> Any:
    """Make an asset what it was at version ``number``, as a new version.

    What was spent, and which one is the default, stay as they are. Raises AssetNotFound, StaleAsset when
    ``version`` is given and outdated, Invalid when a part of a container is gone since.
    """

    def bring_back() -> Any:
        with transaction.atomic():
            lock_arrangements(tenant.pk)
            asset = find_asset(kind, asset_id, lock=True)
            if isinstance(asset, Budget):
                roll_forward(asset, tenant=tenant, by=by)
            before = snapshot(asset)
            refuse_stale(asset, version, before)
            for name, value in _columns(kind, version_of(kind, asset_id, number).data, tenant).items():
                setattr(asset, name, value)
            save_prepared(asset, before, tenant=tenant, by=by, verb="restore_version")
            return asset

    return explained(bring_back)


def _columns(kind: AssetKind, data: dict[str, Any], tenant: Tenant) -> dict[str, Any]:
    # Read like anything else that comes in: the rules may be stricter than they were.
    said = {camel(name): value for name, value in data.items() if name not in NOT_BROUGHT_BACK}
    return RECORDS[kind].parse(said, tenant=tenant).columns()
