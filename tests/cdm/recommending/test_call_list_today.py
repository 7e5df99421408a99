"""Whom the lists still name when something has happened since the night that made them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cdm.choices import CallListName
from cdm.recommendations import call_list, recommendation_of
from cdm.recommending.situations import today_of
from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.models import Profile
from tests.factories.cdm_insights import RecommendationFactory
from tests.factories.cdm_orders import CustomerSummaryFactory
from tests.world import World
from unify.operations.merge import merge


def listed(tenant: Tenant, name: str) -> set[object]:
    return {one.profile.pk for one in call_list(tenant, name)}


def seen_by_sql() -> set[object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT customer_id FROM ai_call_recommendations")
        return {pk for (pk,) in cursor.fetchall()}


@pytest.mark.parametrize("name", CallListName.values)
@pytest.mark.conforms("R108")
def test_who_was_merged_into_somebody_else_is_called_once(acme: Tenant, world: World, name: str) -> None:
    winner, loser = RecommendationFactory(), RecommendationFactory()
    merge(tenant=acme, by=world.by, winner_id=winner.profile_id, loser_ids=[loser.profile_id])
    assert listed(acme, name) == {winner.profile_id}


@pytest.mark.parametrize(
    "change",
    [
        {"contact_preferences": {"doNotContact": True}},
        {"status": ProfileStatus.INACTIVE},
        {"status": ProfileStatus.DELETED},
    ],
)
def test_who_asked_today_to_be_left_alone_is_called_no_more_today(
    acme: Tenant, change: dict[str, object]
) -> None:
    kept, said_no, gone = (RecommendationFactory() for _ in range(3))
    Profile.objects.filter(pk=said_no.profile_id).update(contact_preferences={"doNotContact": False})
    Profile.objects.filter(pk=gone.profile_id).update(**change)
    for name in CallListName.values:
        assert listed(acme, name) == {kept.profile_id, said_no.profile_id}
    assert seen_by_sql() == {kept.profile_id, said_no.profile_id}


def test_who_ordered_on_the_day_of_the_numbers_before_they_were_made_is_not_called(acme: Tenant) -> None:
    now = timezone.now()
    ordered, silent = RecommendationFactory(computed_at=now), RecommendationFactory(computed_at=now)
    fits = {ordered.fit_id, silent.fit_id}
    type(ordered.fit).objects.filter(pk__in=fits).update(cutoff_on=today_of(acme))
    CustomerSummaryFactory(profile=ordered.profile, last_order_at=now)
    CustomerSummaryFactory(profile=silent.profile, last_order_at=now - timedelta(days=2))
    for name in CallListName.values:
        assert listed(acme, name) == {silent.profile_id}
    said = recommendation_of(ordered.profile_id)
    assert said is not None
    assert said.next_action_text == "Give it a rest"


@pytest.mark.conforms("R107")
def test_a_program_that_asks_by_sql_leaves_the_same_people_in_peace(acme: Tenant) -> None:
    now = timezone.now()
    kept, ordered, talked, long_ago = (RecommendationFactory() for _ in range(4))
    CustomerSummaryFactory(profile=ordered.profile, last_order_at=now + timedelta(days=1))
    CustomerSummaryFactory(profile=talked.profile, last_contact_at=now - timedelta(days=1))
    before = {"last_order_at": now - timedelta(days=5000), "last_contact_at": now - timedelta(days=60)}
    CustomerSummaryFactory(profile=long_ago.profile, **before)
    assert seen_by_sql() == {kept.profile_id, long_ago.profile_id} == listed(acme, CallListName.MOST_VALUABLE)
