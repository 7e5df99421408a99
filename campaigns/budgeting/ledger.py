"""Sums of the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from campaigns.models import Budget, BudgetSpend

LARGEST_AMOUNT = Decimal("9999999999999.99")


def spent_between(budget: Budget, first: date, last: date | None) -> Decimal:
    """Return what left the budget from ``first`` to ``last``, both days included; None is no end."""
    rows = BudgetSpend.objects.filter(budget=budget, spent_on__gte=first)
    if last is not None:
        rows = rows.filter(spent_on__lte=last)
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or Decimal(0)


def spent_by_day(budget: Budget, first: date, last: date | None) -> dict[date, Decimal]:
    """Return what left the budget on each day that has any."""
    rows = BudgetSpend.objects.filter(budget=budget, spent_on__gte=first).order_by()
    if last is not None:
        rows = rows.filter(spent_on__lte=last)
    return dict(rows.values_list("spent_on").annotate(total=Sum("amount")))
