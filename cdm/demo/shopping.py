"""What customers looked at, and where they turned back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cdm.choices import BehaviourType, DropOffStage
from cdm.demo.customers import Customer
from cdm.demo.story import Story
from cdm.models import Product
from cdm.operations.record_behaviour import record_behaviour
from cdm.operations.record_drop_off import record_drop_off
from cdm.operations.recover_drop_off import recover_drop_off
from cdm.records.behaviour import BehaviourRecord, DropOffRecord

SESSIONS, STEPS, DAYS = 120, 5, 90
TURNED_BACK, TURNED_BACK_DAYS = 45, 60
# What needs no parcel stops nobody at the price of delivery.
NOT_SENT = ("Courses", "Walks", "Workshops", "Gift cards")
KINDS = (
    *(BehaviourType.PRODUCT_VIEW,) * 6,
    BehaviourType.ADD_TO_CART,
    BehaviourType.WISHLIST,
    BehaviourType.SEARCH,
)


def shop(story: Story) -> None:
    """Record visits: a few steps within minutes, and none before the customer was there."""
    products = [product.sku for product in _products()]
    visitors = story.people[:80]
    records = []
    for session in range(SESSIONS):
        customer = visitors[session % len(visitors)]
        at = story.between(story.since(customer, DAYS), story.now - timedelta(minutes=30))
        device = story.random.choice(["phone", "phone", "desktop", "tablet"])
        for step in range(STEPS):
            kind = story.random.choice(KINDS) if step else BehaviourType.PRODUCT_VIEW
            said: dict[str, Any] = {
                "behavior_type": kind,
                "session_id": f"session-{session}",
                "device_type": device,
                "occurred_at": (at + timedelta(minutes=step * 4)).isoformat(),
            }
            is_search = kind == BehaviourType.SEARCH
            choice = story.random.choice(story.words.searches if is_search else products)
            said["query" if is_search else "product_id"] = choice
            records.append((customer.id, BehaviourRecord.parse(said, tenant=story.tenant)))
    record_behaviour(tenant=story.tenant, by=story.actors[0], records=records)


def turn_back(story: Story) -> None:
    """Record carts that were left, worth what was in them, for reasons of the place they were left at."""
    stages = [*DropOffStage.values, DropOffStage.ADD_TO_CART, DropOffStage.CHECKOUT_INITIATED]
    products = list(_products().exclude(category__name__in=NOT_SENT))
    for number in range(TURNED_BACK):
        customer = story.random.choice(story.people)
        said = _turned_back(story, customer, stages[number % len(stages)], story.random.choice(products))
        if number % 3 == 0:
            said["reason"] = ""
        record = DropOffRecord.parse(said, tenant=story.tenant)
        row = record_drop_off(**story.verb(customer), record=record)
        if number % 4 == 1:
            at = min(row.occurred_at + timedelta(days=1), story.now)
            recover_drop_off(tenant=story.tenant, by=story.agent_of(customer), drop_off_id=row.pk, at=at)


def _turned_back(story: Story, customer: Customer, stage: str, product: Product) -> dict[str, Any]:
    since = story.since(customer, TURNED_BACK_DAYS)
    pieces = 1 if stage == DropOffStage.PRODUCT_VIEW else story.random.choice([1, 1, 2, 3])
    return {
        "stage": stage,
        "product_id": product.sku,
        "cart_value": str((product.price or 0) * pieces),
        "reason": story.random.choice(story.words.reasons[stage]),
        "occurred_at": story.between(since, story.now - timedelta(minutes=30)).isoformat(),
    }


def _products() -> Any:
    return Product.objects.order_by("sku")
