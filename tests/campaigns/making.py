"""Short ways to make assets by their verbs."""

from __future__ import annotations

from typing import Any

from campaigns.choices import AssetKind
from campaigns.models import Budget, BudgetSpend, CampaignProfileUsage
from campaigns.operations.create_asset import create_asset
from campaigns.operations.record_spend import record_spend
from campaigns.operations.update_asset import update_asset
from campaigns.operations.use_in_campaign import UsageRecord, use_in_campaign
from campaigns.records import RECORDS
from campaigns.spending import SpendRecord
from tests.world import World

TARGET, BRAND = AssetKind.TARGET_PROFILE, AssetKind.BRAND_GUIDELINE
BUDGET, CONTAINER, CAMPAIGN = AssetKind.BUDGET, AssetKind.CONTAINER, AssetKind.CAMPAIGN


def make(world: World, kind: AssetKind, **said: Any) -> Any:
    """Make an asset of what is said, in camelCase; name and amount have defaults."""
    name = "brandName" if kind == BRAND else "name"
    given = {name: f"My {kind.label}", **({"amount": "100"} if kind == BUDGET else {}), **said}
    record = RECORDS[kind].parse(given, tenant=world.acme)
    return create_asset(tenant=world.acme, by=world.by, record=record)


def change(world: World, asset: Any, *, version: int | None = None, **said: Any) -> Any:
    """Change an asset."""
    record = RECORDS[asset.kind].parse(said, tenant=world.acme)
    return update_asset(tenant=world.acme, by=world.by, asset_id=asset.pk, record=record, version=version)


def use(world: World, campaign: Any, **said: Any) -> CampaignProfileUsage:
    """Say what a campaign uses."""
    record = UsageRecord.parse({name: str(value) for name, value in said.items()}, tenant=world.acme)
    return use_in_campaign(tenant=world.acme, by=world.by, campaign_id=campaign.pk, record=record)


def spend(world: World, budget: Budget, amount: Any, key: str, **said: Any) -> BudgetSpend:
    """Record a spend."""
    record = SpendRecord.parse({"amount": amount, "idempotencyKey": key, **said}, tenant=world.acme)
    return record_spend(tenant=world.acme, by=world.by, budget_id=budget.pk, record=record)


def fresh(row: Any) -> Any:
    """Return the row as it is stored."""
    row.refresh_from_db()
    return row
