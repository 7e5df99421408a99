"""Customers, occasions and figures as they are answered under /cdm."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from pydantic import RootModel

from cdm.api.wire import Amount, Answer, OptionalText
from cdm.choices import CustomerType, OccasionKind, Relationship, Temperature
from cdm.models import CustomerSummary
from cdp.models import Tenant
from profiles.choices import LifecycleStage
from profiles.models import Profile


class Customer360(Answer):
    """A customer at a glance: who they are, what they bought, how they were spoken to."""

    customer_id: uuid.UUID
    first_name: OptionalText
    last_name: OptionalText
    name: OptionalText
    email: OptionalText
    phone: OptionalText
    gender: OptionalText
    date_of_birth: date | None
    partial_birth_date: OptionalText
    marital_status: OptionalText
    anniversary_date: date | None
    partial_anniversary: OptionalText
    profession: OptionalText
    available_time: OptionalText
    district: OptionalText
    city: OptionalText
    customer_type: CustomerType
    lifecycle_stage: LifecycleStage
    customer_temperature: Temperature
    lifetime_value: Amount
    total_orders: int
    avg_order_value: Amount
    last_order_at: datetime | None
    days_since_last_order: int | None
    total_interactions: int
    total_calls: int
    total_emails: int
    total_whatsapp: int
    total_messages: int
    total_meetings: int
    last_contact_at: datetime | None
    total_activities: int
    products_viewed: int
    family_members_count: int
    open_drop_offs: int
    open_deals: int
    open_deal_value: Amount


class Customers360(RootModel[list[Customer360]]):
    """Customers at a glance."""


class OccasionAnswer(Answer):
    """A birthday or anniversary that comes; where only the month is known, the rest of the day is null."""

    type: str
    customer_id: uuid.UUID
    family_member_id: uuid.UUID | None
    relationship: Relationship | None
    name: str
    partner: str | None
    phone: OptionalText
    email: OptionalText
    event_type: OccasionKind
    event_date: date | None
    days_until_event: int | None
    month_only: int | None
    years: int | None


class Occasions(RootModel[list[OccasionAnswer]]):
    """Occasions, the next first."""


class DashboardAnswer(Answer):
    """The company's customers in numbers."""

    total_customers: int
    vip_customers: int
    repeat_customers: int
    new_customers: int
    inactive_customers: int
    loyal_customers: int
    hot_customers: int
    warm_customers: int
    cold_customers: int
    total_lifetime_value: Amount
    avg_lifetime_value: Amount


class AssignedAnswer(Answer):
    """How many customers have another agent now, and how many ids named nobody."""

    updated: int
    failed: int


def at_a_glance(profile: Profile, summary: CustomerSummary | None, tenant: Tenant) -> Customer360:
    """Return a customer with their numbers; who has no numbers yet has bought nothing."""
    numbers = summary or CustomerSummary(profile_id=profile.pk, lifecycle_stage=profile.lifecycle_stage)
    address: dict[str, Any] = profile.address if isinstance(profile.address, dict) else {}
    plain = (
        *("first_name", "last_name", "name", "email", "phone", "gender", "date_of_birth"),
        *("partial_birth_date", "marital_status", "anniversary_date", "partial_anniversary"),
        *("profession", "available_time", "lifecycle_stage"),
    )
    return Customer360.model_validate(
        {
            "customer_id": profile.pk,
            **{name: getattr(profile, name) for name in plain},
            "district": address.get("district"),
            "city": address.get("city"),
            **_numbers(numbers, tenant),
        }
    )


def _numbers(numbers: CustomerSummary, tenant: Tenant) -> dict[str, Any]:
    average = numbers.lifetime_value / numbers.orders if numbers.orders else numbers.lifetime_value * 0
    return {
        "customer_type": numbers.customer_type,
        "customer_temperature": numbers.temperature,
        "lifetime_value": numbers.lifetime_value,
        "total_orders": numbers.orders,
        "avg_order_value": round(average, 2),
        "last_order_at": numbers.last_order_at,
        "days_since_last_order": _days_since(numbers.last_order_at, tenant),
        "total_interactions": numbers.interactions,
        "total_calls": numbers.calls,
        "total_emails": numbers.emails,
        "total_whatsapp": numbers.whatsapps,
        "total_messages": numbers.messages,
        "total_meetings": numbers.meetings,
        "last_contact_at": numbers.last_contact_at,
        "total_activities": numbers.behaviours,
        "products_viewed": numbers.products_viewed,
        "family_members_count": numbers.family_members,
        "open_drop_offs": numbers.open_drop_offs,
        "open_deals": numbers.open_deals,
        "open_deal_value": numbers.open_deal_value,
    }


def _days_since(moment: datetime | None, tenant: Tenant) -> int | None:
    """Return whole days in the tenant's time zone."""
    if moment is None:
        return None
    zone = ZoneInfo(tenant.time_zone)
    return (timezone.localdate(timezone=zone) - timezone.localdate(moment, timezone=zone)).days
