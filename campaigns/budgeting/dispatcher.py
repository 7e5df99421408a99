"""Budgets in the form an ad dispatcher takes: amounts in millionths, as text, as 64 bits need."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext
from pydantic import AfterValidator, Field

from campaigns.choices import BudgetPeriodKind, BudgetStatus, DeliveryMethod
from campaigns.models import Budget
from campaigns.records import BudgetRecord, Currency, Day, Name
from cdp.api.wire import Incoming, Outgoing
from cdp.errors import Invalid
from cdp.models import Tenant

MICROS = 1_000_000
LARGEST_MICROS = 2**63 - 1
_PER_CENT_STEP = MICROS // 100
Period = Literal["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "YEARLY", "LIFETIME", "CUSTOM_PERIOD"]
PERIOD_NAME = {BudgetPeriodKind.CUSTOM: "CUSTOM_PERIOD"}
STATUS_NAME = {BudgetStatus.ACTIVE: "ENABLED", BudgetStatus.ENDED: "REMOVED"}
_PERIOD_OF = {PERIOD_NAME.get(kind, kind.value): kind for kind in BudgetPeriodKind}
_STATUS_OF = {STATUS_NAME.get(status, status.value): status for status in BudgetStatus}


def _whole_cents(value: str) -> str:
    if int(value) > LARGEST_MICROS or int(value) % _PER_CENT_STEP:
        raise ValueError(gettext("Use whole hundredths, in millionths."))
    return value


class DispatcherBudget(Outgoing):
    """A budget as the dispatcher sees it."""

    name: str
    status: str
    amount_micros: str
    currency_code: str
    delivery_method: str
    period: str
    start_date: str
    end_date: str | None
    explicitly_shared: bool
    campaign_ids: list[str]


class IncomingDispatcherBudget(Incoming):
    """A budget as the dispatcher hands it over."""

    name: Name
    amount_micros: Annotated[str, Field(pattern=r"^[0-9]{1,19}$"), AfterValidator(_whole_cents)]
    status: Literal["ENABLED", "DRAFT", "PAUSED", "REMOVED"] = "ENABLED"
    currency_code: Currency | None = None
    delivery_method: DeliveryMethod = DeliveryMethod.STANDARD
    period: Literal["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "YEARLY", "LIFETIME", "CUSTOM_PERIOD"] = (
        "DAILY"
    )
    start_date: Day | None = None
    end_date: Day | None = None
    explicitly_shared: bool = False
    campaign_ids: list[str] = Field(default_factory=list)


def to_micros(amount: Decimal) -> str:
    """Return an amount in millionths; raises Invalid beyond 64 bits."""
    micros = int(amount * MICROS)
    if micros > LARGEST_MICROS:
        message = gettext("This amount is more than the dispatcher can take.")
        raise Invalid(message, fields={"amount": [message]})
    return str(micros)


def from_micros(micros: str) -> Decimal:
    """Return millionths as an amount."""
    return Decimal(micros) / MICROS


def dispatched(budget: Budget) -> DispatcherBudget:
    """Return a budget for the dispatcher; raises Invalid when its amount is too large."""
    return DispatcherBudget(
        name=budget.name,
        status=STATUS_NAME.get(BudgetStatus(budget.status), budget.status),
        amount_micros=to_micros(budget.amount),
        currency_code=budget.currency,
        delivery_method=budget.delivery_method,
        period=PERIOD_NAME.get(BudgetPeriodKind(budget.period), budget.period),
        start_date=budget.starts_on.isoformat(),
        end_date=budget.ends_on.isoformat() if budget.ends_on else None,
        explicitly_shared=budget.is_shared,
        campaign_ids=list(budget.campaign_ids),
    )


def record_of(data: Any, *, tenant: Tenant) -> BudgetRecord:
    """Return what the dispatcher says as the record of a budget; raises Invalid."""
    return record_from(IncomingDispatcherBudget.parse(data, tenant=tenant), tenant=tenant)


def record_from(said: IncomingDispatcherBudget, *, tenant: Tenant) -> BudgetRecord:
    """Return the dispatcher's budget as the record of one; raises Invalid."""
    record: dict[str, Any] = {
        "name": said.name,
        "amount": str(from_micros(said.amount_micros)),
        "status": _STATUS_OF[said.status],
        "deliveryMethod": said.delivery_method,
        "period": _PERIOD_OF[said.period],
        "isShared": said.explicitly_shared,
    }
    for name, value in (
        ("currency", said.currency_code),
        ("startsOn", said.start_date),
        ("endsOn", said.end_date),
    ):
        if value is not None:
            record[name] = value
    return BudgetRecord.parse(record, tenant=tenant)
