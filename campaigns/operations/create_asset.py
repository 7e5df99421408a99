"""Making a target profile, brand guideline, budget, container or campaign."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from campaigns.kinds import MODELS
from campaigns.locking import lock_arrangements
from campaigns.operations.preparing import prepare
from campaigns.operations.writing import explained, remember
from campaigns.records import AssetRecord
from campaigns.snapshots import snapshot
from cdp import audit
from cdp.actors import Actor
from cdp.api.serializers import camel
from cdp.errors import Invalid
from cdp.models import Tenant


def create_asset(*, tenant: Tenant, by: Actor, record: AssetRecord) -> Any:
    """Make what the record describes; return it at version 1.

    A new default takes the place of the old one. Raises Invalid when a name, an amount or a part is missing,
    NameTaken when a unique value is.
    """
    missing = [name for name in record.required if name not in record.model_fields_set]
    if missing:
        fields = {camel(name): [gettext("This field is required.")] for name in missing}
        raise Invalid(gettext("See errors for each field."), fields=fields)

    def insert() -> Any:
        with transaction.atomic():
            lock_arrangements(tenant.pk)
            asset = MODELS[record.kind](created_by=str(by), updated_by=str(by), **record.columns())
            prepare(asset, {}, tenant=tenant, by=by)
            asset.save(force_insert=True)
            asset.refresh_from_db()
            now = snapshot(asset)
            remember(asset, now, author=str(by))
            changes = {name: [None, value] for name, value in now.items() if value not in (None, "", [], {})}
            audit.record(verb=f"{asset.kind.lower()}.create", obj=asset, by=by, changes=changes)
            return asset

    return explained(insert)
