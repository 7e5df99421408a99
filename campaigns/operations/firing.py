"""Deciding that word of a budget must go out."""

from __future__ import annotations

from decimal import Decimal

from campaigns.choices import AlertChannel
from campaigns.models import Budget, BudgetAlertDelivery
from campaigns.operations.queueing import deliver_soon
from campaigns.shapes import BudgetAlert
from cdp.tenancy.context import require_tenant_id


def percentage(budget: Budget) -> Decimal:
    """Return the percentage spent, not capped: 0 of an amount of 0."""
    return budget.amount_spent * 100 / budget.amount if budget.amount else Decimal(0)


def fire_due_alerts(budget: Budget) -> None:
    """Queue a message to every address of every threshold the budget has reached, once per period.

    The unique rule of the table holds back those that have gone out; the caller has locked the budget.
    """
    spent = percentage(budget)
    alerts = [BudgetAlert.model_validate(raw) for raw in budget.alerts]
    due = [
        BudgetAlertDelivery(
            budget=budget,
            period_starts_on=budget.period_starts_on,
            threshold=alert.threshold,
            channel=channel,
            address=address,
            percentage=budget.percentage_spent,
            amount_spent=budget.amount_spent,
        )
        for alert in alerts
        if alert.is_enabled and spent >= alert.threshold
        for channel, address in _addresses(alert)
    ]
    if due:
        BudgetAlertDelivery.objects.bulk_create(due, ignore_conflicts=True)
        deliver_soon(require_tenant_id())


def _addresses(alert: BudgetAlert) -> list[tuple[str, str]]:
    mails: list[tuple[str, str]] = [(AlertChannel.EMAIL, address) for address in dict.fromkeys(alert.emails)]
    return mails + ([(AlertChannel.WEBHOOK, alert.webhook_url)] if alert.webhook_url else [])
