"""Columns the database computes, and rules it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Budget, Campaign, CampaignProfileUsage, ProfileContainer, TargetProfile
from cdp.models import Tenant
from tests.factories.campaigns import (
    BrandGuidelineFactory,
    BudgetFactory,
    CampaignFactory,
    ProfileContainerFactory,
    TargetProfileFactory,
)


def stored(row: Any) -> Any:
    row.refresh_from_db()
    return row


@pytest.mark.conforms("R126")
@pytest.mark.parametrize(
    ("amount", "spent", "remaining", "percentage"),
    [
        ("300", "100", "200.00", "33.33"),
        ("0", "0", "0.00", "0.00"),
        ("0", "5", "-5.00", "0.00"),
        ("100", "250", "-150.00", "250.00"),
        ("0.01", "9999999999999.99", "-9999999999999.98", "999.99"),
        ("9999999999999.99", "0.01", "9999999999999.98", "0.00"),
    ],
)
def test_what_is_left_and_its_share_are_computed(
    acme: Tenant, amount: str, spent: str, remaining: str, percentage: str
) -> None:
    budget = stored(BudgetFactory(amount=Decimal(amount), amount_spent=Decimal(spent)))
    assert (str(budget.amount_remaining), str(budget.percentage_spent)) == (remaining, percentage)


def test_ages_are_numbers_and_open_without_a_range(acme: Tenant) -> None:
    some = stored(TargetProfileFactory(demographics={"ageRange": {"min": 9, "max": 40}}))
    every = stored(TargetProfileFactory(demographics={"gender": "female"}))
    assert (some.age_min, some.age_max, every.age_min, every.age_max) == (9, 40, 0, 150)


def test_a_container_knows_what_is_missing_and_heals(acme: Tenant) -> None:
    target, brand, budget = TargetProfileFactory(), BrandGuidelineFactory(), BudgetFactory()
    container = ProfileContainerFactory(customer_profile=target, budget=budget)
    assert (stored(container).missing_profiles, container.is_complete) == (["brand_guidelines"], False)
    ProfileContainer.objects.filter(pk=container.pk).update(brand_guidelines=brand)
    assert (stored(container).missing_profiles, container.is_complete) == ([], True)
    Budget.objects.filter(pk=budget.pk).update(deleted_at="2026-01-01T00:00Z")
    TargetProfile.objects.filter(pk=target.pk).update(deleted_at="2026-01-01T00:00Z")
    assert stored(container).missing_profiles == ["customer_profile", "budget"]
    Budget.objects.filter(pk=budget.pk).update(deleted_at=None)
    TargetProfile.objects.filter(pk=target.pk).update(deleted_at=None)
    assert stored(container).is_complete


@pytest.mark.conforms("R131a")
@pytest.mark.parametrize(
    ("make", "values"),
    [
        (BudgetFactory, {"amount": Decimal("-0.01")}),
        (BudgetFactory, {"amount_spent": Decimal(-1)}),
        (BudgetFactory, {"period": "HOURLY"}),
        (BudgetFactory, {"status": "GONE"}),
        (BudgetFactory, {"type": "OTHER"}),
        (BudgetFactory, {"delivery_method": "SLOW"}),
        (BudgetFactory, {"period": "CUSTOM"}),
        (BudgetFactory, {"ends_on": date(2025, 1, 1)}),
        (BudgetFactory, {"campaign_ids": ["a", "b"]}),
        (BudgetFactory, {"name": ""}),
        (BudgetFactory, {"version": 0}),
        (BrandGuidelineFactory, {"detail_level": "some"}),
        (TargetProfileFactory, {"demographics": {"ageRange": {"min": 60, "max": 20}}}),
        (TargetProfileFactory, {"name": ""}),
        (ProfileContainerFactory, {"status": "GONE"}),
        (CampaignFactory, {"status": "GONE"}),
        (CampaignFactory, {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}),
    ],
)
def test_the_database_refuses_what_cannot_be(acme: Tenant, make: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


def test_one_default_and_one_active_usage_are_rules_of_the_database(acme: Tenant) -> None:
    ProfileContainerFactory(is_default=True)
    with pytest.raises(IntegrityError, match="containers_one_default"), transaction.atomic():
        ProfileContainerFactory(is_default=True)
    ProfileContainerFactory(is_default=True, deleted_at="2026-01-01T00:00Z")
    campaign, container = CampaignFactory(), ProfileContainerFactory()
    use(campaign, container=container, usage_type="CONTAINER")
    with pytest.raises(IntegrityError, match="usages_one_active"), transaction.atomic():
        use(campaign, container=container, usage_type="CONTAINER")


def use(campaign: Campaign, **values: Any) -> CampaignProfileUsage:
    usage: CampaignProfileUsage = CampaignProfileUsage.objects.create(campaign=campaign, **values)
    return usage


@pytest.mark.parametrize(
    ("kind", "has_container", "has_part"),
    [
        ("CONTAINER", False, False),
        ("CONTAINER", True, True),
        ("INDIVIDUAL", True, True),
        ("INDIVIDUAL", False, False),
        ("HYBRID", True, False),
        ("HYBRID", False, True),
    ],
)
def test_a_usage_is_what_its_type_says(acme: Tenant, kind: str, has_container: bool, has_part: bool) -> None:
    container = ProfileContainerFactory() if has_container else None
    budget = BudgetFactory() if has_part else None
    with pytest.raises(IntegrityError, match="usages_match_their_type"), transaction.atomic():
        use(CampaignFactory(), container=container, budget=budget, usage_type=kind)
