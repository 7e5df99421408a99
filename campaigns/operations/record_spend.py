"""Recording what was spent."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext

from campaigns.budgeting.ledger import LARGEST_AMOUNT, spent_between
from campaigns.budgeting.periods import local_day, period_around
from campaigns.choices import AssetKind, BudgetStatus
from campaigns.effective import effective_parts
from campaigns.errors import AssetNotFound, SpendRepeated
from campaigns.models import Budget, BudgetPeriod, BudgetSpend, Campaign
from campaigns.operations.firing import fire_due_alerts
from campaigns.operations.rolling import roll_forward
from campaigns.operations.writing import find_asset
from campaigns.spending import DailyTotal, SpendRecord
from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.ids import uuid7
from cdp.models import Tenant


@transaction.atomic
def record_spend(*, tenant: Tenant, by: Actor, budget_id: uuid.UUID, record: SpendRecord) -> BudgetSpend:
    """Add one amount to the ledger of a budget; the same idempotency key adds once and returns what it added.

    A negative amount takes back. Raises AssetNotFound, SpendRepeated when the key stands for another spend,
    Invalid for a day before the budget begins, after its end or in the future, another currency, or a sum
    out of range.
    """
    if record.campaign_id is not None:
        find_asset(AssetKind.CAMPAIGN, record.campaign_id, deleted=None)
    budget: Budget = find_asset(AssetKind.BUDGET, budget_id, lock=True)
    day = local_day(tenant, record.occurred_at or timezone.now())
    earlier = BudgetSpend.objects.filter(budget=budget, idempotency_key=record.idempotency_key).first()
    if earlier is not None:
        return _repeated(earlier, record, day)
    roll_forward(budget, tenant=tenant, by=by)
    _check(budget, record, day, today=local_day(tenant, timezone.now()))
    return _append(budget, record, day, by)


@transaction.atomic
def report_daily_spend(*, tenant: Tenant, by: Actor, report: DailyTotal) -> BudgetSpend | None:
    """Bring a campaign's spend of one day to ``total``, as an ad platform's figures say; None if it is there.

    Platforms correct a day's figure for a while: the ledger gets the difference, in the budget the day was
    reported to at first, whatever the campaign uses by now. Raises AssetNotFound when no campaign has the
    id, Invalid when the campaign has no budget, or one in another currency than is said.
    """
    campaign = _campaign_of(report)
    rows = BudgetSpend.objects.filter(campaign=campaign, spent_on=report.day, source=report.source)
    known = rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    difference = report.total - known
    if not difference:
        return None
    locked = _budget_of(campaign, rows)
    roll_forward(locked, tenant=tenant, by=by)
    said = {
        "amount": difference,
        "campaignId": campaign.pk,
        "source": report.source,
        "currency": report.currency,
        # The campaign is locked and the total known: no key that somebody might send could stand in the way.
        "idempotencyKey": f"{report.source}:{uuid7()}",
    }
    record = SpendRecord.parse(said, tenant=tenant)
    _check(locked, record, report.day, today=local_day(tenant, timezone.now()))
    return _append(locked, record, report.day, by)


def _budget_of(campaign: Campaign, rows: QuerySet[BudgetSpend]) -> Budget:
    """Return, locked, the budget the day was reported to before, or else the one the campaign has."""
    newest = rows.order_by("-created_at", "-pk").first()
    if newest is not None:
        held: Budget = find_asset(AssetKind.BUDGET, newest.budget_id, lock=True, deleted=None)
        return held
    budget = effective_parts(campaign).budget
    if budget is None:
        message = gettext("This campaign has no budget.")
        raise Invalid(message, fields={"campaign": [message]})
    found: Budget = find_asset(AssetKind.BUDGET, budget.pk, lock=True)
    return found


def _campaign_of(report: DailyTotal) -> Campaign:
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True)
    named = (
        rows.filter(pk=report.campaign_id)
        if report.campaign_id
        else rows.filter(external_id=report.external_id)
    )
    campaign: Campaign | None = named.order_by(F("deleted_at").desc(nulls_first=True)).first()
    if campaign is None:
        raise AssetNotFound(gettext("campaign"))
    return campaign


def _repeated(earlier: BudgetSpend, record: SpendRecord, day: date) -> BudgetSpend:
    same = (earlier.amount, earlier.campaign_id) == (record.amount, record.campaign_id)
    if not same or (record.occurred_at is not None and earlier.spent_on != day):
        raise SpendRepeated
    return earlier


def _check(budget: Budget, record: SpendRecord, day: date, *, today: date) -> None:
    if record.currency and record.currency != budget.currency:
        raise _invalid("currency", gettext("This budget is in %(currency)s.") % {"currency": budget.currency})
    if day < budget.starts_on:
        raise _invalid("occurredAt", gettext("This budget begins on %(day)s.") % {"day": budget.starts_on})
    last_day = _last_day(budget)
    if last_day is not None and day > last_day:
        raise _invalid("occurredAt", gettext("This budget ended on %(day)s.") % {"day": last_day})
    if day > today + timedelta(days=1):
        raise _invalid("occurredAt", gettext("This day has not come yet."))
    _check_sum(budget, record, day)


def _last_day(budget: Budget) -> date | None:
    """Return the last day that counts: one that was ended by hand begins no other period."""
    return budget.period_ends_on if budget.status == BudgetStatus.ENDED else budget.ends_on


def _check_sum(budget: Budget, record: SpendRecord, day: date) -> None:
    first, last = _window(budget, day)
    total = spent_between(budget, first, last) + record.amount
    if total < 0:
        raise _invalid("amount", gettext("This takes back more than was spent in the period."))
    if total > LARGEST_AMOUNT:
        raise _invalid("amount", gettext("The sum would be too large."))


def _window(budget: Budget, day: date) -> tuple[date, date | None]:
    """Return the period the day's spend counts for: a closed one, the current, or the next."""
    if day >= budget.period_starts_on:
        last = budget.period_ends_on
        is_current = last is None or day <= last
        return (budget.period_starts_on, last) if is_current else period_around(budget, day)
    closed = BudgetPeriod.objects.filter(budget=budget, starts_on__lte=day, ends_on__gte=day).first()
    return (closed.starts_on, closed.ends_on) if closed else (day, day)


def _append(budget: Budget, record: SpendRecord, day: date, by: Actor) -> BudgetSpend:
    spend: BudgetSpend = BudgetSpend.objects.create(
        budget=budget,
        campaign_id=record.campaign_id,
        amount=record.amount,
        spent_on=day,
        source=record.source,
        note=record.note,
        idempotency_key=record.idempotency_key,
        created_by=str(by),
    )
    _count(budget, spend)
    audit.record(verb="budget.spend", obj=budget, by=by, changes={"spent": [None, str(record.amount)]})
    return spend


def _count(budget: Budget, spend: BudgetSpend) -> None:
    added: dict[str, Any] = {"amount_spent": F("amount_spent") + spend.amount}
    # The last period of a budget that has ended is closed and the current one.
    closed = BudgetPeriod.objects.filter(budget=budget)
    closed.filter(starts_on__lte=spend.spent_on, ends_on__gte=spend.spent_on).update(**added)
    is_current = spend.spent_on >= budget.period_starts_on
    if is_current and (budget.period_ends_on is None or spend.spent_on <= budget.period_ends_on):
        Budget.objects.filter(pk=budget.pk).update(**added, updated_at=timezone.now())
        budget.refresh_from_db()
        fire_due_alerts(budget)


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, fields={field: [message]})
