"""Making recommendations out of what the database knows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from cdm.choices import RunState
from cdm.models import CallListing, CustomerSummary, InsightFit, Recommendation
from cdm.operations.make_recommendations import BY, make_recommendations
from cdm.recommendations import call_list, recommendation_of
from cdm.recommending.errors import RunAtWork
from cdm.recommending.runs import HEARTBEAT_TIMEOUT, begin, create_run
from cdm.recommending.schedule import is_due, start_nightly
from cdm.recommending.situations import days_to_occasion
from cdm.recommending.writing import write
from cdm.summaries.rebuild import rebuild
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.locking import _key
from profiles.models import Profile
from tests.cdm.recommending.shop import load, weekly
from tests.factories.cdm_insights import AutomationRuleFactory, InsightFitFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def shop(acme: Tenant) -> Tenant:
    load(acme, weekly(120, until=NOW.replace(tzinfo=None)))
    return acme


@pytest.mark.conforms("R107")
def test_every_active_customer_gets_one_with_reasons_that_sum_to_the_score(shop: Tenant) -> None:
    newcomer = ProfileFactory()
    gone = ProfileFactory(status="INACTIVE")
    fit = make_recommendations(shop, now=NOW)
    assert (fit.state, fit.error) == (RunState.DONE, "")
    assert fit.counts["customers"] == 121
    assert fit.counts["ordered"] == 120
    found = list(Recommendation.objects.all())
    assert {one.profile_id for one in found} == set(
        Profile.objects.exclude(pk=gone.pk).values_list("pk", flat=True)
    )
    for one in found:
        assert sum(reason["points"] for reason in one.reasons) == one.total_points
        assert all(reason["text"] for reason in one.reasons if reason["name"] != "other")
    own = recommendation_of(newcomer.pk)
    assert own is not None
    assert [reason.name for reason in own.reasons] == ["no_orders"]
    assert own.offer_reason == "has not ordered yet"
    assert own.best_time_reason == "no best time known yet"
    assert own.value_low is None


def test_the_list_is_best_first_without_the_comparison_group_and_those_who_rest(shop: Tenant) -> None:
    make_recommendations(shop, now=NOW)
    everybody = Recommendation.objects.order_by("-total_points", "id")
    held = {one.profile_id for one in everybody if one.is_held_out}
    assert 10 <= len(held) <= 40
    found = call_list(shop, limit=200)
    assert [one.profile.pk for one in found] == [
        one.profile_id for one in everybody if one.profile_id not in held
    ]
    assert sum(reason.points for reason in found[0].reasons) == found[0].total_points
    assert found[0].usual_products[0].reason.startswith("bought on ")
    first = found[0].profile
    CustomerSummary.objects.update_or_create(profile=first, defaults={"last_contact_at": timezone.now()})
    assert first.pk not in {one.profile.pk for one in call_list(shop, limit=200)}
    own = recommendation_of(first.pk)
    assert own is not None
    assert (own.next_action_text, own.next_action_reason) == ("Give it a rest", "contacted today")


def test_points_of_a_rule_lift_the_priority_in_the_same_night(shop: Tenant) -> None:
    orders = {"all": [{"field": "orders", "operator": "gte", "value": 1}]}
    AutomationRuleFactory(name="All buyers", conditions=orders, actions={"boost": 20})
    rebuild(shop)
    fit = make_recommendations(shop, now=NOW)
    found = Recommendation.objects.filter(boost=20)
    assert len(found) == 120
    for one in found:
        assert one.priority == 1 + sum(least <= one.total_points for least in fit.card["deciles"])
    assert max(one.priority or 0 for one in found) == 10


def test_a_second_night_replaces_the_first_and_forgets_who_is_gone(shop: Tenant) -> None:
    first = make_recommendations(shop, now=NOW)
    listed = CallListing.objects.count()
    assert listed > 100
    gone = Profile.objects.get(member_id="0001")
    Profile.objects.filter(pk=gone.pk).update(status="INACTIVE")
    second = make_recommendations(shop, now=NOW)
    assert first.pk != second.pk
    assert Recommendation.objects.filter(fit=second).count() == Recommendation.objects.count() == 119
    assert CallListing.objects.count() == listed, "a day is listed once"


def test_nothing_is_shown_of_another_company(world: World, shop: Tenant) -> None:
    make_recommendations(shop, now=NOW)
    with tenant_context(world.zenith):
        assert call_list(world.zenith) == []
        fit = make_recommendations(world.zenith, now=NOW)
        assert (fit.state, fit.counts["customers"]) == (RunState.DONE, 0)


def test_an_unexpected_error_leaves_last_nights_and_says_so(
    shop: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_recommendations(shop, now=NOW)
    before = set(Recommendation.objects.values_list("pk", "fit_id"))

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cdm.operations.make_recommendations.keep", broken)
    with pytest.raises(ZeroDivisionError):
        make_recommendations(shop, now=NOW)
    assert set(Recommendation.objects.values_list("pk", "fit_id")) == before
    failed = InsightFit.objects.latest("created_at")
    assert failed.state == RunState.FAILED
    assert "still there" in failed.error


def test_a_run_that_was_given_to_another_worker_writes_nothing(
    shop: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit = create_run(tenant=shop, by=BY)

    def overtaken(*_arguments: object) -> None:
        InsightFit.objects.filter(pk=fit.pk).update(attempts=7)

    monkeypatch.setattr("cdm.operations.make_recommendations.Times", overtaken)
    make_recommendations(shop, fit_id=fit.pk, now=NOW)
    assert not Recommendation.objects.exists()
    assert InsightFit.objects.get().state == RunState.RUNNING


def test_the_lock_of_rules_is_held_before_any_row_is_written(
    shop: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: set[int] = set()

    def watched(*arguments: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks"
                " WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
            )
            held.update(key for (key,) in cursor.fetchall())
        return write(*arguments)

    monkeypatch.setattr("cdm.operations.make_recommendations.write", watched)
    make_recommendations(shop, now=NOW)
    assert {_key(shop.pk, "automation_rules"), _key(shop.pk, "call_listings")} <= held


def test_only_one_is_made_at_a_time(shop: Tenant) -> None:
    create_run(tenant=shop, by=BY)
    with pytest.raises(RunAtWork):
        create_run(tenant=shop, by=BY)
    assert InsightFit.objects.count() == 1


def test_a_run_at_work_is_not_begun_again_and_a_silent_one_is(shop: Tenant) -> None:
    fit = create_run(tenant=shop, by=BY)
    assert begin(fit.pk, NOW.date()) is not None
    assert begin(fit.pk, NOW.date()) is None, "the queue delivered it twice"
    with time_machine.travel(datetime.now(UTC) + HEARTBEAT_TIMEOUT * 2):
        start_nightly()
        assert InsightFit.objects.get().pk == fit.pk, "it is taken up again instead"
    fit.refresh_from_db()
    assert fit.state == RunState.WAITING
    again = begin(fit.pk, NOW.date())
    assert again is not None
    assert again.attempts == 2


def test_the_night_comes_once_at_the_tenants_own_time(shop: Tenant) -> None:
    before = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)  # 03:00 in Bangkok
    assert not is_due(shop, before)
    assert is_due(shop, before + timedelta(minutes=45))
    InsightFitFactory(created_at=before + timedelta(minutes=31))
    InsightFit.objects.update(created_at=before + timedelta(minutes=31))
    assert not is_due(shop, before + timedelta(hours=3))
    assert is_due(shop, before + timedelta(hours=25))


@pytest.mark.parametrize(
    ("born", "partial", "days"),
    [
        (date(1990, 3, 2), "", 0),
        (date(1990, 3, 1), "", 364),
        (None, "--03-09", 7),
        (None, "--03", None),
        (date(1992, 2, 29), "", 363),
        (None, "", None),
    ],
)
def test_an_occasion_is_so_many_days_away(
    acme: Tenant, born: date | None, partial: str, days: int | None
) -> None:
    profile = Profile(date_of_birth=born, partial_birth_date=partial)
    assert days_to_occasion(profile, date(2026, 3, 2)) == days
