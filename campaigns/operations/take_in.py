"""Taking assets in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from campaigns.operations.create_asset import create_asset
from campaigns.records import AssetRecord
from cdp.actors import Actor
from cdp.models import Tenant


@transaction.atomic
def take_in(*, tenant: Tenant, by: Actor, records: Sequence[AssetRecord]) -> list[Any]:
    """Make an asset of every record, or of none; raises what ``create_asset`` raises."""
    return [create_asset(tenant=tenant, by=by, record=record) for record in records]
