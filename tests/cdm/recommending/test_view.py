"""The view for people with a SQL client, and what calling changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from cdm.models import CallListing, Order
from cdm.recommending.holdout import results
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_insights import (
    CallListingFactory,
    RecommendationFactory,
    RecommendationFeedbackFactory,
)
from tests.factories.profiles import ProfileFactory
from tests.world import World
from unify.operations.merge import merge

COLUMNS = [
    "customer_id", "customer_name", "phone", "customer_temperature", "call_priority_score", "offer_type",
    "best_call_time", "recommended_products", "next_action",
]  # fmt: skip


def read() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM ai_call_recommendations")
        return list(cursor.fetchall())


@pytest.mark.conforms("R107", "R110")
def test_the_view_shows_each_company_its_own_calls(world: World, acme: Tenant) -> None:
    row = RecommendationFactory(
        best_time="10:00-12:00",
        new_products=[
            {"product": "1", "sku": "A", "name": "Tea"},
            {"product": "2", "sku": "B", "name": "Cup"},
        ],
    )
    RecommendationFactory(is_held_out=True)
    RecommendationFactory(is_contactable=False)
    RecommendationFeedbackFactory(profile=RecommendationFactory().profile)
    profile = row.profile
    expected = (
        *(profile.pk, profile.name, profile.phone, "warm", 6, "cross-sell", "10:00-12:00", "Tea, Cup"),
        "Call this week",
    )
    assert read() == [expected]
    with tenant_context(world.zenith):
        assert read() == []
    profile.available_time = "after 18:00"
    profile.save()
    assert [call[COLUMNS.index("best_call_time")] for call in read()] == ["after 18:00"]


@pytest.mark.conforms("B115")
def test_the_difference_is_measured_by_intention_on_days_that_are_over(acme: Tenant) -> None:
    day = date(2026, 1, 10)

    def list_customer(held: bool, bought_after: int | None, on: date = day) -> None:
        profile = ProfileFactory()
        CallListingFactory(profile=profile, is_held_out=held, listed_on=on)
        CallListingFactory(profile=profile, is_held_out=held, listed_on=on + timedelta(days=1))
        if bought_after is not None:
            at = datetime(on.year, on.month, on.day, 8, tzinfo=UTC) + timedelta(days=bought_after)
            Order.objects.create(
                profile=profile, number=str(profile.pk), ordered_at=at, currency="THB", total=100
            )

    for held, after in ((False, 0), (False, 29), (False, 31), (False, None), (True, 3), (True, None)):
        list_customer(held, after)
    list_customer(False, None, on=date(2026, 2, 20))
    both, valuable, room = results(acme, 30, today=date(2026, 3, 1))
    assert (both.uplift.called, both.called_bought) == (4, 2)
    assert (both.uplift.held_out, both.held_out_bought) == (2, 1)
    assert both.still_open == 1
    assert not both.uplift.is_enough
    assert both.uplift.wording.startswith("Too few to tell")
    assert valuable.uplift.called == 4
    assert room.uplift.called == 0
    assert CallListing.objects.count() == 14


def test_who_was_merged_over_and_over_has_the_last_survivors_orders(world: World, acme: Tenant) -> None:
    day = date(2026, 1, 10)
    people = [ProfileFactory() for _ in range(3)]
    CallListingFactory(profile=people[0], is_held_out=False, listed_on=day)
    at = datetime(2026, 1, 12, 8, tzinfo=UTC)
    Order.objects.create(profile=people[2], number="1", ordered_at=at, currency="THB", total=100)
    for loser, winner in pairwise(people):
        merge(tenant=acme, by=world.by, winner_id=winner.pk, loser_ids=[loser.pk])
    both, *_ = results(acme, 30, today=date(2026, 3, 1))
    assert (both.uplift.called, both.called_bought) == (1, 1)
