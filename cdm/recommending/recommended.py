"""What is recommended about a customer, as pages and the API read it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from cdm.insights.chances import orders_at_this_pace
from cdm.recommending.phrases import told
from cdm.recommending.wording import Reason
from profiles.models import Profile


@dataclass(frozen=True, slots=True)
class OfferedProduct:
    """One product for one customer, and why."""

    product_id: str
    sku: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One time somebody said that a recommendation is wrong."""

    id: uuid.UUID
    reason: str
    reason_label: str
    note: str
    said_by: str
    said_at: datetime
    quiet_until: datetime | None  # left off the lists until then


@dataclass(frozen=True, slots=True)
class CustomerRecommendation:
    """Everything that is recommended about one customer, each number with its reasons and its n."""

    profile: Profile
    computed_at: datetime
    # Who.
    temperature: str  # by the chance of an order in 60 days
    chance: float
    priority: int | None  # None: too few customers make deciles
    total_points: int
    likelihood_points: int
    room: float
    reasons: tuple[Reason, ...]  # their points sum to total_points
    customers: int  # over how many the average is taken
    is_contactable: bool
    is_held_out: bool
    # What.
    offer_type: str
    offer_label: str
    offer_reason: str
    usual_products: tuple[OfferedProduct, ...]
    new_products: tuple[OfferedProduct, ...]
    # When.
    best_time: str
    best_time_source: str
    best_time_n: int
    best_time_reason: str
    # What next, decided this moment.
    next_action: str
    next_action_text: str
    next_action_reason: str
    # Worth over the next year.
    expected_orders: float | None
    value_low: Decimal | None
    value_high: Decimal | None
    chance_active: float | None
    backtest_ratio: float | None
    notices: tuple[str, ...]
    feedback: tuple[Feedback, ...]

    @property
    def time_to_call(self) -> str:
        """When to call: what the customer says wins over what calls have taught, and at once."""
        return self.profile.available_time or self.best_time

    @property
    def time_to_call_reason(self) -> str:
        """Why then."""
        stated = self.profile.available_time
        return told(f"asked for {stated}") if stated else self.best_time_reason

    @property
    def has_worse_year(self) -> bool:
        """Tell whether the year looks worse than the chance of the next 60 days would make one think."""
        if self.chance_active is not None and self.chance_active < self.chance:
            return True
        return self.expected_orders is not None and self.expected_orders < orders_at_this_pace(self.chance)

    @property
    def recommended_products(self) -> tuple[OfferedProduct, ...]:
        """The products that go with the offer: new ones for a cross-sell, usual ones else."""
        first, second = self.usual_products, self.new_products
        if self.offer_type == "cross-sell" or not first:
            first, second = second, first
        return (first or second)[:5]
