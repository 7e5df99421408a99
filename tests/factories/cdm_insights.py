"""Factories of recommendations and what belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cdm.choices import CallListName, RunState, WrongReason
from cdm.models import (
    AutomationRule,
    CallListing,
    InsightFit,
    Recommendation,
    RecommendationFeedback,
    RuleFiring,
)
from tests.factories.profiles import ProfileFactory


class _InsightFit(DjangoModelFactory[InsightFit]):
    class Meta:
        model = InsightFit

    state = RunState.DONE
    cutoff_on = factory.LazyFunction(date.today)
    counts = factory.LazyFunction(lambda: {"customers": 100, "ordered": 80})


class _Recommendation(DjangoModelFactory[Recommendation]):
    """A warm customer of the middle, with reasons that sum to the score."""

    class Meta:
        model = Recommendation

    profile = factory.LazyFunction(ProfileFactory)
    fit = factory.SubFactory(_InsightFit)
    computed_at = factory.LazyFunction(timezone.now)
    priority = 6
    temperature = "warm"
    chance = 0.4
    total_points = 12
    likelihood_points = 9
    room = 24.0
    reasons = factory.LazyFunction(
        lambda: [
            {"name": "orders", "label": "Orders so far", "points": 9, "text": "7 orders so far", "value": 7},
            {"name": "other", "label": "Everything else", "points": 3, "text": "", "value": None},
        ]
    )
    offer_reason = "in their rhythm: last order 0.5 x their usual gap ago"
    best_time_source = "unknown"
    best_time_reason = "no best time known yet"
    next_action = "call"
    next_action_text = "Call this week"
    next_action_reason = "medium chance of buying soon"


class _CallListing(DjangoModelFactory[CallListing]):
    class Meta:
        model = CallListing

    profile = factory.LazyFunction(ProfileFactory)
    list_name = CallListName.MOST_VALUABLE
    listed_on = factory.LazyFunction(date.today)
    rank = factory.Sequence(lambda n: n + 1)
    is_held_out = False
    chance = 0.4


class _RecommendationFeedback(DjangoModelFactory[RecommendationFeedback]):
    class Meta:
        model = RecommendationFeedback

    profile = factory.LazyFunction(ProfileFactory)
    reason = WrongReason.NOT_INTERESTED


class _AutomationRule(DjangoModelFactory[AutomationRule]):
    class Meta:
        model = AutomationRule

    name = factory.Sequence(lambda n: f"Rule {n}")
    is_active = True
    conditions = factory.LazyFunction(lambda: {"all": [{"field": "orders", "operator": "gte", "value": 1}]})
    actions = factory.LazyFunction(lambda: {"boost": 10})


class _RuleFiring(DjangoModelFactory[RuleFiring]):
    class Meta:
        model = RuleFiring

    rule = factory.SubFactory(_AutomationRule)
    profile = factory.LazyFunction(ProfileFactory)
    fired_at = factory.LazyFunction(timezone.now)


# Typed as functions: type checkers do not see that calling a factory class makes a row.
InsightFitFactory: Callable[..., InsightFit] = _InsightFit.create
RecommendationFactory: Callable[..., Recommendation] = _Recommendation.create
CallListingFactory: Callable[..., CallListing] = _CallListing.create
RecommendationFeedbackFactory: Callable[..., RecommendationFeedback] = _RecommendationFeedback.create
AutomationRuleFactory: Callable[..., AutomationRule] = _AutomationRule.create
RuleFiringFactory: Callable[..., RuleFiring] = _RuleFiring.create
