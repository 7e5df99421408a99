"""Ending the periods of budgets and beginning the next."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from campaigns.budgeting.ledger import spent_between
from campaigns.budgeting.periods import local_today, period_around
from campaigns.choices import BudgetStatus
from campaigns.models import Budget, BudgetPeriod
from campaigns.operations.firing import fire_due_alerts
from campaigns.operations.writing import store
from campaigns.snapshots import snapshot
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant

ROLLING = Actor.system("budget periods")


def roll_forward(budget: Budget, *, tenant: Tenant, by: Actor = ROLLING) -> bool:
    """Close the budget's passed periods and begin the one of today; tell whether anything changed.

    The caller has locked the budget. After its last day a budget has ended.
    """
    today, closed = local_today(tenant), []
    before, began = snapshot(budget), budget.period_starts_on
    while budget.status != BudgetStatus.ENDED and budget.period_ends_on and today > budget.period_ends_on:
        closed.append(_closed(budget, budget.period_ends_on))
        if budget.ends_on is not None and budget.period_ends_on >= budget.ends_on:
            budget.status = BudgetStatus.ENDED
            break
        following = budget.period_ends_on + timedelta(days=1)
        budget.period_starts_on, budget.period_ends_on = period_around(budget, following)
    if not closed:
        return False
    _keep(closed)
    budget.amount_spent = spent_between(budget, budget.period_starts_on, budget.period_ends_on)
    derived = ["period_starts_on", "period_ends_on", "amount_spent"]
    if not store(budget, by=by, verb="budget.end", before=before, also=derived):
        budget.save(update_fields=[*derived, "updated_at"])
    budget.refresh_from_db()
    changes = {"period_starts_on": [began.isoformat(), budget.period_starts_on.isoformat()]}
    if began != budget.period_starts_on:
        audit.record(verb="budget.roll_over", obj=budget, by=by, changes=changes)
    # What was spent ahead of its period counts from here on.
    fire_due_alerts(budget)
    return True


def close_ended(budget: Budget, *, amount: Decimal, tenant: Tenant) -> None:
    """Keep the period a budget was ended in, with its amount of then, before it goes on in a later one.

    One that came to its end by itself is kept already: its amount may have been changed since.
    """
    last_day = budget.period_ends_on
    if last_day is None or last_day >= local_today(tenant):
        return
    if not BudgetPeriod.objects.filter(budget=budget, starts_on=budget.period_starts_on).exists():
        closed = _closed(budget, last_day)
        closed.amount = amount
        _keep([closed])


def _keep(closed: list[BudgetPeriod]) -> None:
    BudgetPeriod.objects.bulk_create(
        closed,
        update_conflicts=True,
        unique_fields=["tenant", "budget", "starts_on"],
        update_fields=["ends_on", "amount", "amount_spent"],
    )


def _closed(budget: Budget, last_day: date) -> BudgetPeriod:
    return BudgetPeriod(
        budget=budget,
        starts_on=budget.period_starts_on,
        ends_on=last_day,
        amount=budget.amount,
        amount_spent=spent_between(budget, budget.period_starts_on, last_day),
    )


def roll_over_budgets(*, tenant: Tenant, by: Actor = ROLLING) -> int:
    """Roll every budget whose period has passed in the tenant's time zone; return how many."""
    today, rolled = local_today(tenant), 0
    due = Budget.objects.kept().filter(period_ends_on__lt=today).exclude(status=BudgetStatus.ENDED)
    for budget_id in list(due.order_by("pk").values_list("pk", flat=True)):
        rolled += _roll_one(budget_id, tenant, by)
    return rolled


@transaction.atomic
def _roll_one(budget_id: uuid.UUID, tenant: Tenant, by: Actor) -> bool:
    budget: Budget | None = (
        Budget.objects.select_for_update(of=("self",), no_key=True).filter(pk=budget_id).first()
    )
    return budget is not None and roll_forward(budget, tenant=tenant, by=by)
