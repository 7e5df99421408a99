"""What to do next with a customer, decided again whenever somebody looks: no call is a day behind."""

from __future__ import annotations

from datetime import date, datetime
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


def action_now(
    tenant: Tenant,
    recommendation: Recommendation,
    summary: CustomerSummary | None,
    thresholds: Thresholds,
    *,
    days_to_event: int | None = None,
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
            days_to_event=days_to_event,
            contacted_days_ago=days_since(summary.last_contact_at),
            has_ordered_since=last_order is not None and last_order > recommendation.computed_at,
        ),
        thresholds,
    )
