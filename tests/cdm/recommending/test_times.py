"""When to call, what was looked at, and who may be contacted, out of what the database knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cdm.models import BehaviourEvent, Interaction, Product, Recommendation
from cdm.operations.make_recommendations import make_recommendations
from cdm.operations.rules_of import rules_of
from cdm.recommendations import call_list, recommendation_of
from cdp.models import Tenant
from profiles.models import Profile
from tests.cdm.recommending.shop import load, weekly
from tests.factories.profiles import ProfileFactory

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # a Monday, 10:00 in Bangkok


def call(profile: Profile, hour: int, answered: bool, weeks: int) -> Interaction:
    """A call on a Monday, at an hour of Bangkok."""
    at = datetime(2026, 2, 23, hour - 7, 30, tzinfo=UTC) - timedelta(weeks=weeks)
    return Interaction(
        profile=profile, type="call", direction="outbound", occurred_at=at, was_answered=answered
    )


@pytest.mark.conforms("R109")
def test_the_best_time_is_stated_personal_or_the_tenants_with_its_n(acme: Tenant) -> None:
    others = [ProfileFactory() for _ in range(10)]
    evening, stated = ProfileFactory(), ProfileFactory(available_time="after 18:00")
    calls = [call(one, 10, answered=week % 4 > 0, weeks=week) for one in others for week in range(8)]
    calls += [call(one, 14, answered=week % 4 == 0, weeks=week) for one in others for week in range(8)]
    calls += [call(one, 18, answered=False, weeks=week) for one in others for week in range(4)]
    calls += [call(evening, 18, answered=True, weeks=week) for week in range(12)]
    calls += [call(evening, 10, answered=False, weeks=week) for week in range(12)]
    calls.append(Interaction(profile=evening, type="call", direction="inbound", was_answered=True))
    Interaction.objects.bulk_create(calls)
    make_recommendations(acme, now=NOW)
    times = {row.profile_id: row for row in Recommendation.objects.all()}
    assert (times[stated.pk].best_time, times[stated.pk].best_time_source) == ("after 18:00", "stated")
    own = times[evening.pk]
    assert (own.best_time, own.best_time_source, own.best_time_n) == ("18:00-20:00", "personal", 24)
    usual = times[others[0].pk]
    assert (usual.best_time, usual.best_time_source, usual.best_time_n) == ("10:00-12:00", "tenant", 224)
    rules = rules_of(acme)
    rules.closed_hours = [10, 11]
    rules.save()
    make_recommendations(acme, now=NOW)
    assert Recommendation.objects.get(profile=others[0]).best_time != "10:00-12:00"


def test_what_was_looked_at_and_never_bought_comes_first(acme: Tenant) -> None:
    load(acme, weekly(40, until=NOW.replace(tzinfo=None)))
    lamp = Product.objects.create(sku="LAMP", name="Lamp")
    tea = Product.objects.get(sku="TEA")
    buyer, newcomer = Profile.objects.get(member_id="0003"), ProfileFactory()
    for profile in (buyer, newcomer):
        for product in (lamp, lamp, tea):
            BehaviourEvent.objects.create(
                profile=profile, type="product_view", product=product, occurred_at=NOW - timedelta(days=3)
            )
    make_recommendations(acme, now=NOW)
    own, new = recommendation_of(buyer.pk), recommendation_of(newcomer.pk)
    assert own is not None
    assert new is not None
    assert (own.new_products[0].name, own.new_products[0].reason) == (
        "Lamp", "looked at 2 times in the last 30 days",
    )  # fmt: skip
    assert "TEA" not in {one.sku for one in own.new_products}
    assert [one.sku for one in new.new_products[:2]] == ["LAMP", "TEA"]
    assert own.usual_products[0].sku == "TEA"


def test_who_asked_to_be_left_alone_is_on_no_list(acme: Tenant) -> None:
    alone = ProfileFactory(contact_preferences={"doNotContact": True})
    quiet = ProfileFactory(contact_preferences={"doNotCall": True})
    nobody = ProfileFactory(phone="", email="")
    make_recommendations(acme, now=NOW)
    rows = {row.profile_id: row for row in Recommendation.objects.all()}
    assert not rows[alone.pk].is_contactable
    assert not rows[nobody.pk].is_contactable
    assert rows[alone.pk].next_action_text == "Do not contact"
    listed = {one.profile.pk for one in call_list(acme)}
    assert not listed & {alone.pk, nobody.pk}
    if not rows[quiet.pk].is_held_out:
        assert rows[quiet.pk].next_action_text == "Write a message"
