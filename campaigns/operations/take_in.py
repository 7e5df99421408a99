"""Taking assets in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from campaigns.exchange import in_row
from campaigns.operations.create_asset import create_asset
from campaigns.records import AssetRecord
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant


@transaction.atomic
def take_in(*, tenant: Tenant, by: Actor, records: Sequence[AssetRecord]) -> list[Any]:
    """Make an asset of every record, or of none; raises what ``create_asset`` raises, Invalid by rows."""
    made = []
    for number, record in enumerate(records, start=1):
        try:
            made.append(create_asset(tenant=tenant, by=by, record=record))
        except Invalid as error:
            raise in_row(number, error) from error
    return made
