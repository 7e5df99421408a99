"""Into the bin, out of it, and gone for good."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from campaigns.choices import AssetKind
from campaigns.errors import NotDeleted, StillInUse
from campaigns.figures import COLUMN_OF
from campaigns.locking import lock_arrangements
from campaigns.models import (
    AssetPermission,
    Budget,
    BudgetAlertDelivery,
    BudgetPeriod,
    BudgetSpend,
    Campaign,
    CampaignProfileUsage,
    ProfileContainer,
)
from campaigns.operations.assigning import assign_campaigns
from campaigns.operations.update_asset import refuse_stale
from campaigns.operations.use_in_campaign import budget_id_of, end
from campaigns.operations.writing import explained, find_asset, store
from campaigns.snapshots import snapshot
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant


@transaction.atomic
def delete_asset(
    *, tenant: Tenant, by: Actor, kind: AssetKind, asset_id: uuid.UUID, version: int | None = None
) -> Any:
    """Put an asset into the bin; containers with it become incomplete. Raises AssetNotFound, StaleAsset."""
    lock_arrangements(tenant.pk)
    asset = find_asset(kind, asset_id, lock=True)
    refuse_stale(asset, version, snapshot(asset))
    return _mark(asset, timezone.now(), by=by, verb="delete")


def restore_asset(*, tenant: Tenant, by: Actor, kind: AssetKind, asset_id: uuid.UUID) -> Any:
    """Take an asset out of the bin; containers with it heal.

    A default comes back as an ordinary one when there is another by now. Raises AssetNotFound, NameTaken,
    BudgetNotShared when another campaign has taken the budget of this one meanwhile.
    """

    def take_out() -> Any:
        with transaction.atomic():
            lock_arrangements(tenant.pk)
            asset = find_asset(kind, asset_id, lock=True, deleted=True)
            rows = type(asset).objects.kept()
            if getattr(asset, "is_default", False) and rows.filter(is_default=True).exists():
                before = snapshot(asset)
                asset.is_default = False
                store(asset, by=by, verb=f"{asset.kind.lower()}.update", before=before)
            return _mark(asset, None, by=by, verb="restore")

    return explained(take_out)


def _mark(asset: Any, deleted_at: Any, *, by: Actor, verb: str) -> Any:
    before = asset.deleted_at
    asset.deleted_at, asset.updated_by = deleted_at, str(by)
    asset.save(update_fields=["deleted_at", "updated_at", "updated_by"])
    if isinstance(asset, ProfileContainer):
        assign_campaigns([asset.budget_id])
    elif isinstance(asset, Campaign):
        usages = CampaignProfileUsage.objects.filter(campaign=asset, is_active=True)
        assign_campaigns([budget_id_of(usage) for usage in usages.select_related("container")])
    changes = {"deleted_at": [before, deleted_at]}
    audit.record(verb=f"{asset.kind.lower()}.{verb}", obj=asset, by=by, changes=changes)
    asset.refresh_from_db()
    return asset


@transaction.atomic
def purge_asset(*, tenant: Tenant, by: Actor, kind: AssetKind, asset_id: uuid.UUID) -> None:
    """Delete what lies in the bin for good; its versions and the history of its use stay.

    Raises AssetNotFound, NotDeleted, StillInUse when a container holds it or money was spent on it.
    """
    lock_arrangements(tenant.pk)
    asset = find_asset(kind, asset_id, lock=True, deleted=None, for_good=True)
    if not asset.is_deleted:
        raise NotDeleted
    _refuse_needed(asset)
    usages = CampaignProfileUsage.objects.filter(Q(**{COLUMN_OF[kind]: asset}), is_active=True)
    for usage in usages.select_for_update(of=("self",)).order_by("pk"):
        end(usage, by=by)
    AssetPermission.objects.filter(profile_type=kind, profile_id=asset.pk).delete()
    if isinstance(asset, Budget):
        BudgetPeriod.objects.filter(budget=asset).delete()
        BudgetAlertDelivery.objects.filter(budget=asset).delete()
    audit.record(verb=f"{kind.lower()}.purge", obj=asset, by=by, changes={"name": [str(asset), None]})
    asset.delete()


def _refuse_needed(asset: Any) -> None:
    column = COLUMN_OF[asset.kind]
    if asset.kind not in {AssetKind.CONTAINER, AssetKind.CAMPAIGN}:
        holder = ProfileContainer.objects.filter(**{column: asset}).first()
        if holder is not None:
            raise StillInUse(
                gettext("The container “%(container)s” holds it: take it out there first.")
                % {"container": holder}
            )
    spends = BudgetSpend.objects.filter(**{column: asset}) if column in {"budget", "campaign"} else None
    if spends is not None and spends.exists():
        raise StillInUse(gettext("Money was spent on it, and the ledger keeps what it belongs to."))
