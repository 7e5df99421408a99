"""Type, stage and temperature of a customer by written rules: docs/lifecycle.md."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from cdm.insights.errors import InsightsError

SUBSCRIBER, LEAD, PROSPECT = "SUBSCRIBER", "lead", "prospect"
FIRST_BUYER, REPEAT_BUYER, LOYAL, STAGE_VIP, STAGE_INACTIVE = (
    "first_buyer", "repeat_buyer", "loyal", "VIP", "inactive",
)  # fmt: skip
NEW, REPEAT, VIP, INACTIVE = "new", "repeat", "vip", "inactive"
HOT, WARM, COLD = "hot", "warm", "cold"


class BadThresholds(InsightsError, ValueError):
    """Thresholds that contradict each other."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a tenant can set; bounds are included ("from" and "within")."""

    hot_days: int = 30
    warm_days: int = 90
    inactive_days: int = 365
    repeat_orders: int = 2
    loyal_orders: int = 5
    vip_orders: int = 10
    vip_value: Decimal | None = None  # in the tenant's currency; None: by number of orders alone

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value <= 0:
                raise BadThresholds(f"{field.name} must be more than 0.")
        if not self.hot_days < self.warm_days < self.inactive_days:
            raise BadThresholds("hot_days, warm_days and inactive_days must grow in this order.")
        if not self.repeat_orders < self.loyal_orders < self.vip_orders or self.repeat_orders == 1:
            raise BadThresholds(
                "repeat_orders (2 or more), loyal_orders and vip_orders must grow in this order."
            )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules look at. Days are whole days in the tenant's time zone; None where it never happened."""

    orders: int = 0  # without those fully returned
    value: Decimal = Decimal(0)  # of those orders
    days_since_order: int | None = None
    days_since_contact: int | None = None  # the latest interaction, in either direction
    has_answered: bool = False  # any inbound interaction, or an outbound one with a positive outcome
    has_shown_interest: bool = False  # a deal, a quotation, a cart, a drop-off or a product looked at
    stage: str = SUBSCRIBER  # what a person or a source said; it stands until the first order


@dataclass(frozen=True, slots=True)
class Verdict:
    """A value and the reason for it, fit for the timeline."""

    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    temperature: Verdict
    customer_type: Verdict
    lifecycle_stage: Verdict


def standing(facts: Facts, thresholds: Thresholds = Thresholds()) -> Standing:
    return Standing(
        temperature(facts, thresholds), customer_type(facts, thresholds), lifecycle_stage(facts, thresholds)
    )


def temperature(facts: Facts, thresholds: Thresholds = Thresholds()) -> Verdict:
    """By the latest order or contact: a fact about the past, unlike the chance of buying on the call list."""
    known = [days for days in (facts.days_since_order, facts.days_since_contact) if days is not None]
    if not known:
        return Verdict(COLD, "no order and no contact yet")
    days = min(known)
    what = "order" if facts.days_since_order == days else "contact"
    for value, most in ((HOT, thresholds.hot_days), (WARM, thresholds.warm_days)):
        if days <= most:
            return Verdict(value, f"last {what} within {most} days")
    return Verdict(COLD, f"last {what} more than {thresholds.warm_days} days ago")


def customer_type(facts: Facts, thresholds: Thresholds = Thresholds()) -> Verdict:
    gone = _gone(facts, thresholds)
    if gone is not None:
        return Verdict(INACTIVE, gone)
    great = _vip(facts, thresholds)
    if great is not None:
        return Verdict(VIP, great)
    if facts.orders >= thresholds.repeat_orders:
        return Verdict(REPEAT, f"{facts.orders} orders")
    return Verdict(NEW, "no order yet" if facts.orders == 0 else f"{facts.orders} order")


def lifecycle_stage(facts: Facts, thresholds: Thresholds = Thresholds()) -> Verdict:
    """SUBSCRIBER, lead, prospect, first_buyer, repeat_buyer, loyal, VIP; inactive after a long silence."""
    gone = _gone(facts, thresholds)
    if gone is not None:
        return Verdict(STAGE_INACTIVE, gone)
    great = _vip(facts, thresholds)
    if great is not None:
        return Verdict(STAGE_VIP, great)
    if facts.orders == 0:
        return _before_buying(facts)
    for stage, least in ((LOYAL, thresholds.loyal_orders), (REPEAT_BUYER, thresholds.repeat_orders)):
        if facts.orders >= least:
            return Verdict(stage, f"{facts.orders} orders")
    return Verdict(FIRST_BUYER, f"{facts.orders} order")


def _before_buying(facts: Facts) -> Verdict:
    found = Verdict(SUBSCRIBER, "known, but nothing heard yet")
    if facts.has_shown_interest:
        found = Verdict(PROSPECT, "looked at products, or has a deal or quotation")
    elif facts.has_answered:
        found = Verdict(LEAD, "has answered or written")
    early = (SUBSCRIBER, LEAD, PROSPECT)
    if facts.stage not in early or early.index(facts.stage) > early.index(found.value):
        return Verdict(facts.stage, "said by a person or a source")
    return found


def _gone(facts: Facts, thresholds: Thresholds) -> str | None:
    days = facts.days_since_order
    if facts.orders and days is not None and days > thresholds.inactive_days:
        return f"last order more than {thresholds.inactive_days} days ago"
    return None


def _vip(facts: Facts, thresholds: Thresholds) -> str | None:
    if facts.orders >= thresholds.vip_orders:
        return f"{facts.orders} orders"
    if thresholds.vip_value is not None and facts.orders and facts.value >= thresholds.vip_value:
        return f"orders worth {facts.value}"
    return None
