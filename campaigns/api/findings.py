"""What is found out about targets, messages and the account, as it is answered."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from campaigns.api.answers import Cents
from campaigns.summary import Standing
from cdp.api.wire import Outgoing


class SizeAnswer(Outgoing):
    """How many of the active customers a target profile meets."""

    customers: int
    matching: int
    percentage: float


class MetCustomer(Outgoing):
    """A customer a target profile meets."""

    id: uuid.UUID
    shown_name: str


class SampleAnswer(Outgoing):
    """Some of the customers a target profile meets, the newest first."""

    data: list[MetCustomer]


class OverlapAnswer(Outgoing):
    """How many customers two target profiles meet, alone and together."""

    first: int
    second: int
    both: int
    either: int
    similarity: float


class TargetSegmentAnswer(Outgoing):
    """The segment that follows a target profile."""

    segment_id: uuid.UUID
    size: int
    refreshed_at: datetime | None


class FindingAnswer(Outgoing):
    """One thing a message does against its brand."""

    rule: str
    message: str
    excerpt: str


class LintAnswer(Outgoing):
    """A message held against its brand."""

    is_on_brand: bool
    reading_grade: float | None
    findings: list[FindingAnswer]


class ProfileCounts(Outgoing):
    """How much an account has of what campaigns are planned with."""

    customer_profiles_count: int
    brand_guidelines_count: int
    budgets_count: int


class StandingAnswer(Outgoing):
    """Whether an account is new here, and what it has; the account is the tenant."""

    account_id: uuid.UUID
    is_first_time_user: bool
    has_customer_profile: bool
    has_brand_guidelines: bool
    has_budget: bool
    profile_counts: ProfileCounts

    @classmethod
    def of(cls, standing: Standing, account_id: uuid.UUID) -> Self:
        """Return the answer for an account."""
        return cls(
            account_id=account_id,
            is_first_time_user=standing.is_first_time_user,
            has_customer_profile=standing.has_customer_profile,
            has_brand_guidelines=standing.has_brand_guidelines,
            has_budget=standing.has_budget,
            profile_counts=ProfileCounts.model_validate(standing),
        )


class ActiveMoneyAnswer(Outgoing):
    """What the active budgets of one currency come to."""

    currency: str
    amount: Cents


class SummaryAnswer(Outgoing):
    """The six numbers of an account; the money is that in `currency`, other currencies stand apart."""

    total_profiles: int
    total_guidelines: int
    total_budgets: int
    total_containers: int
    total_active_budget: Cents
    total_campaign_usage: int
    currency: str
    other_active_budgets: list[ActiveMoneyAnswer]


class BulkResult(Outgoing):
    """How many were changed, and how many were not there or not free."""

    updated: int
    failed: int
