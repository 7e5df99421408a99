"""One customer with something in every panel: what page tests and journeys look at."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from cdm.models import RuleFiring
from cdm.operations.refresh_summaries import refresh_summaries
from cdp.models import Membership, Tenant
from profiles.models import Profile
from tests.factories.cdm_insights import AutomationRuleFactory, InsightFitFactory, RecommendationFactory
from tests.factories.cdm_orders import OrderFactory, ProductFactory
from tests.factories.cdm_people import (
    ActivityTaskFactory,
    BehaviourEventFactory,
    BillingFactory,
    DealFactory,
    DropOffFactory,
    FamilyMemberFactory,
    InteractionFactory,
    OwnershipFactory,
    QuotationFactory,
)
from tests.factories.profiles import ProfileFactory

LONG_NAME = "คุณหญิงประภาพรรณวดี ศรีสุวรรณภูมิวัฒนานุกูลกิจการไพศาล"


def tell(tenant: Tenant, member: Membership, *, orders: int = 7, **said: object) -> Profile:
    """Make a customer of the active tenant with a past of orders, calls and visits."""
    person = ProfileFactory(
        **{"name": "Somchai Jaidee", "first_name": "Somchai", "last_name": "Jaidee", **said}
    )
    OwnershipFactory(profile=person, owner=member)
    _trade(person, orders)
    _talk(person, member)
    _family(person)
    _business(person, member)
    refresh_summaries(tenant=tenant, profile_ids=[person.pk])
    _recommend(person)
    return person


def _trade(person: Profile, orders: int) -> None:
    now = timezone.now()
    cup, pot = ProductFactory(name="Celadon tea cup"), ProductFactory(name="ชุดกาน้ำชาเบญจรงค์ลายดอกพิกุลทอง")
    for number in range(orders):
        when = now - timedelta(days=10 + 41 * number)
        OrderFactory(profile=person, ordered_at=when, total=Decimal(1200 + 350 * number))
    OrderFactory(profile=person, kind="RETURN", ordered_at=now - timedelta(days=5), total=Decimal("-250.50"))
    for number in range(9):
        product = cup if number % 3 else pot
        when = now - timedelta(days=number)
        BehaviourEventFactory(profile=person, product=product, product_ref="", occurred_at=when)
    BehaviourEventFactory(profile=person, type="search", query="green tea", product_ref="")
    BehaviourEventFactory(profile=person, type="add_to_cart", product=cup)
    DropOffFactory(profile=person, product=pot, reason="High shipping cost")
    DropOffFactory(
        profile=person,
        stage="payment_failed",
        cart_value=Decimal("1899.50"),
        recovered_at=now,
        occurred_at=now,
    )


def _talk(person: Profile, member: Membership) -> None:
    now = timezone.now()
    InteractionFactory(
        profile=person,
        agent=member,
        outcome="Interested",
        description="Wants two more sets for the office.\nCall after the holidays.",
        duration_seconds=200,
        occurred_at=now - timedelta(days=9),
    )
    InteractionFactory(
        profile=person,
        type="line",
        direction="inbound",
        subject="Where is my order?",
        occurred_at=now - timedelta(days=12),
    )
    InteractionFactory(
        profile=person, type="email", subject="Your quotation", occurred_at=now - timedelta(days=20)
    )


def _family(person: Profile) -> None:
    FamilyMemberFactory(
        profile=person,
        name="Malee Jaidee",
        date_of_birth=date(1992, 5, 15),
        partial_anniversary="--12-20",
        phone="+66812345679",
    )
    FamilyMemberFactory(profile=person, name="ด.ญ. แก้ว ใจดี", relationship="child", partial_birth_date="--03")


def _business(person: Profile, member: Membership) -> None:
    now, today = timezone.now(), timezone.localdate()
    DealFactory(
        profile=person, title="Tea for the office", owner=member, expected_on=today + timedelta(days=12)
    )
    ActivityTaskFactory(
        profile=person, title="Send the samples", owner=member, due_at=now - timedelta(days=2)
    )
    QuotationFactory(profile=person, total=Decimal(12000), status="sent", issued_on=today)
    BillingFactory(profile=person, amount=Decimal("4200.75"), due_on=today - timedelta(days=3))


def _recommend(person: Profile) -> None:
    RecommendationFactory(
        profile=person,
        fit=InsightFitFactory(),
        priority=9,
        temperature="hot",
        chance=0.73,
        total_points=17,
        reasons=[
            {"name": "orders", "label": "Orders so far", "points": 12, "text": "7 orders so far", "value": 7},
            {"name": "silence", "label": "Days since", "points": 8, "text": "10 days", "value": 10},
            {"name": "gap", "label": "Usual gap", "points": -4, "text": "41 days", "value": 41},
            {"name": "other", "label": "Everything else", "points": 1, "text": "", "value": None},
        ],
        best_time="10:00-12:00",
        best_time_source="tenant",
        best_time_n=412,
        best_time_reason="",
        value_low=Decimal(4200),
        value_high=Decimal(9800),
        expected_orders=4.2,
    )
    rule = AutomationRuleFactory()
    RuleFiring.objects.create(rule=rule, profile=person, fired_at=timezone.now())
