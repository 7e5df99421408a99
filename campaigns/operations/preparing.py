"""What each kind of asset needs before it is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from campaigns.budgeting.ledger import spent_between
from campaigns.budgeting.periods import local_today, period_around
from campaigns.choices import AssetKind, BudgetPeriodKind, BudgetStatus
from campaigns.errors import AssetNotFound, BudgetNotShared
from campaigns.models import Asset, Budget, BudgetSpend
from campaigns.operations.rolling import close_ended
from campaigns.operations.writing import find_asset, store
from campaigns.snapshots import snapshot
from cdp.actors import Actor
from cdp.errors import Conflict, Invalid
from cdp.models import Tenant

# The parts of a container and of a usage: column, wire name, kind.
PART_KINDS = (
    ("customer_profile_id", "customerProfileId", AssetKind.TARGET_PROFILE),
    ("brand_guidelines_id", "brandGuidelinesId", AssetKind.BRAND_GUIDELINE),
    ("budget_id", "budgetId", AssetKind.BUDGET),
)


def prepare(asset: Asset, before: dict[str, Any], *, tenant: Tenant, by: Actor) -> list[str]:
    """Check and complete an asset that is about to be stored; return the derived columns it set."""
    prepared = _PREPARERS.get(asset.kind)
    return prepared(asset, before, tenant, by) if prepared else []


def make_room_for_default(asset: Any, before: dict[str, Any], by: Actor) -> None:
    """Take the mark from the default so far, as a change of that one; the caller holds the tenant's lock."""
    if not asset.is_default or before.get("is_default"):
        return
    rows = type(asset).objects.kept().select_for_update(of=("self",), no_key=True)
    for other in rows.filter(is_default=True).exclude(pk=asset.pk).order_by("pk"):
        was = snapshot(other)
        other.is_default = False
        store(other, by=by, verb=f"{other.kind.lower()}.update", before=was)


def _target(asset: Any, before: dict[str, Any], tenant: Tenant, by: Actor) -> list[str]:
    make_room_for_default(asset, before, by)
    return []


def _container(asset: Any, before: dict[str, Any], tenant: Tenant, by: Actor) -> list[str]:
    check_parts(asset, before)
    make_room_for_default(asset, before, by)
    return []


def check_parts(row: Any, before: dict[str, Any]) -> None:
    """Refuse parts that are not there or lie in the bin; those that were there before may stay."""
    for column, wire, kind in PART_KINDS:
        part_id = getattr(row, column)
        if part_id is None or str(part_id) == before.get(column):
            continue
        try:
            find_asset(kind, part_id)
        except AssetNotFound as error:
            raise Invalid(gettext("See errors for each field."), fields={wire: [error.detail]}) from error


def _budget(asset: Any, before: dict[str, Any], tenant: Tenant, by: Actor) -> list[str]:
    budget: Budget = asset
    budget.currency = budget.currency or tenant.currency
    budget.starts_on = _first_day(budget) or local_today(tenant)
    _check_budget(budget, before)
    if before.get("status") == BudgetStatus.ENDED != budget.status:
        close_ended(budget, amount=Decimal(before["amount"]), tenant=tenant)
    budget.period_starts_on, budget.period_ends_on = period_around(budget, local_today(tenant))
    budget.amount_spent = spent_between(budget, budget.period_starts_on, budget.period_ends_on)
    return ["currency", "starts_on", "period_starts_on", "period_ends_on", "amount_spent"]


def _first_day(budget: Budget) -> date | None:
    # A budget that is being made may not have one yet.
    return budget.starts_on


def _check_budget(budget: Budget, before: dict[str, Any]) -> None:
    if not budget.is_shared and len(budget.campaign_ids) > 1:
        raise BudgetNotShared
    has_spent = bool(before) and BudgetSpend.objects.filter(budget=budget).exists()
    if has_spent and budget.currency != before["currency"]:
        message = gettext("Money was spent in the currency so far.")
        raise Conflict(message, fields={"currency": [message]})
    if budget.ends_on is not None and budget.ends_on < budget.starts_on:
        raise Invalid(
            gettext("See errors for each field."),
            fields={"endsOn": [gettext("The last day is before the first.")]},
        )
    if budget.period == BudgetPeriodKind.CUSTOM and budget.ends_on is None:
        message = gettext("A budget between two days needs a last day.")
        raise Invalid(gettext("See errors for each field."), fields={"endsOn": [message]})


_PREPARERS: dict[str, Callable[[Any, dict[str, Any], Tenant, Actor], list[str]]] = {
    AssetKind.TARGET_PROFILE: _target,
    AssetKind.BUDGET: _budget,
    AssetKind.CONTAINER: _container,
}
