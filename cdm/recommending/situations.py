"""What to do next with a customer, decided again whenever somebody looks: no call is a day behind."""

from __future__ import annotations

from calendar import isleap
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from cdm.insights.next_action import NextAction, Situation, Thresholds, next_action
from cdm.models import CustomerSummary, Recommendation, WorkingRules
from cdp.models import Tenant
from profiles.models import Profile


def today_of(tenant: Tenant, now: datetime | None = None) -> date:
    """Return the day on the tenant's clock."""
    return timezone.localdate(now, timezone=ZoneInfo(tenant.time_zone))


def thresholds_of(rules: WorkingRules) -> Thresholds:
    """Return how long a customer is left in peace after a contact."""
    return Thresholds(rest_days=rules.rest_days)


def may_contact(profile: Profile) -> bool:
    """Tell whether a customer has not asked to be left alone."""
    return profile.status == "ACTIVE" and profile.contact_preferences.get("doNotContact") is not True


def may_call(profile: Profile) -> bool:
    """Tell whether a customer has a phone, and has not asked not to be called."""
    return bool(profile.phone) and profile.contact_preferences.get("doNotCall") is not True


def days_to_occasion(profile: Profile, today: date) -> int | None:
    """Return the days until the next birthday or anniversary; None where no day is known.

    29 February is kept on the 28th in years that have none.
    """
    days = [
        (_next(month, day, today) - today).days
        for month, day in (
            _month_and_day(profile.date_of_birth, profile.partial_birth_date),
            _month_and_day(profile.anniversary_date, profile.partial_anniversary),
        )
        if month and day
    ]
    return min(days, default=None)


def _month_and_day(whole: date | None, partial: str) -> tuple[int, int]:
    """Return the month and day of a date, or of --MM-DD; (0, 0) where the day is not known."""
    if whole is not None:
        return whole.month, whole.day
    return (int(partial[2:4]), int(partial[5:7])) if len(partial) == len("--MM-DD") else (0, 0)


def _next(month: int, day: int, today: date) -> date:
    for year in (today.year, today.year + 1):
        is_leap_day = (month, day) == (2, 29) and not isleap(year)
        found = date(year, month, 28 if is_leap_day else day)
        if found >= today:
            return found
    raise AssertionError("a day of next year is not before today")


def counted_until(recommendation: Recommendation, zone: ZoneInfo) -> datetime:
    """Return up to when orders are in the numbers: the start of the day they were made on."""
    return datetime.combine(recommendation.fit.cutoff_on, time.min, tzinfo=zone)


def action_now(
    tenant: Tenant,
    recommendation: Recommendation,
    summary: CustomerSummary | None,
    thresholds: Thresholds,
    *,
    today: date | None = None,
) -> NextAction:
    """Return the next action by what is known this moment, with last night's numbers."""
    zone, today = ZoneInfo(tenant.time_zone), today or today_of(tenant)
    profile = recommendation.profile

    def days_since(moment: datetime | None) -> int | None:
        return None if moment is None else (today - moment.astimezone(zone).date()).days

    summary = summary or CustomerSummary()
    last_order = summary.last_order_at
    return next_action(
        Situation(
            temperature=recommendation.temperature,
            priority=recommendation.priority,
            offer=recommendation.offer_type,
            may_contact=may_contact(profile),
            has_phone=bool(profile.phone),
            may_call=may_call(profile),
            is_held_out=recommendation.is_held_out,
            follow_up_overdue_days=days_since(summary.next_follow_up_at),
            days_to_event=days_to_occasion(profile, today),
            contacted_days_ago=days_since(summary.last_contact_at),
            has_ordered_since=last_order is not None and last_order >= counted_until(recommendation, zone),
        ),
        thresholds,
    )
