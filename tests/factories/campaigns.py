"""Factories of campaigns and what they are planned with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from campaigns.models import BrandGuideline, Budget, Campaign, ProfileContainer, TargetProfile


class _TargetProfile(DjangoModelFactory[TargetProfile]):
    class Meta:
        model = TargetProfile

    name = factory.Sequence(lambda n: f"Golfers {n}")


class _BrandGuideline(DjangoModelFactory[BrandGuideline]):
    class Meta:
        model = BrandGuideline

    brand_name = factory.Sequence(lambda n: f"Brand {n}")


class _Budget(DjangoModelFactory[Budget]):
    class Meta:
        model = Budget

    name = factory.Sequence(lambda n: f"Budget {n}")
    amount = Decimal("1000.00")
    currency = "THB"
    period = "LIFETIME"
    starts_on = date(2026, 1, 1)
    ends_on = None
    period_starts_on = factory.SelfAttribute("starts_on")
    period_ends_on = factory.SelfAttribute("ends_on")


class _Campaign(DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Campaign {n}")


class _ProfileContainer(DjangoModelFactory[ProfileContainer]):
    class Meta:
        model = ProfileContainer

    name = factory.Sequence(lambda n: f"Container {n}")


# Typed as functions: type checkers do not see that calling a factory class makes a row.
TargetProfileFactory: Callable[..., TargetProfile] = _TargetProfile.create
BrandGuidelineFactory: Callable[..., BrandGuideline] = _BrandGuideline.create
BudgetFactory: Callable[..., Budget] = _Budget.create
CampaignFactory: Callable[..., Campaign] = _Campaign.create
ProfileContainerFactory: Callable[..., ProfileContainer] = _ProfileContainer.create
