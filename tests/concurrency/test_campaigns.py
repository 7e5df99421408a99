"""Defaults, spend and usages, however many change them at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

import pytest
from django.db.models import Sum

from campaigns.budgeting.periods import local_today
from campaigns.errors import BudgetNotShared
from campaigns.models import (
    AssetVersion,
    Budget,
    BudgetAlertDelivery,
    BudgetSpend,
    CampaignProfileUsage,
    ProfileContainer,
)
from campaigns.operations.lifecycle import delete_asset, restore_asset
from campaigns.operations.record_spend import report_daily_spend
from campaigns.spending import DailyTotal
from cdp.errors import DomainError
from cdp.tenancy.context import tenant_context
from tests.campaigns.making import BUDGET, CAMPAIGN, CONTAINER, TARGET, change, make, spend, use
from tests.concurrency.parallel import at_once
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
SPENDS = 100
T = TypeVar("T")


@pytest.fixture
def committed() -> World:
    """The world, visible to every connection."""
    return make_world()


def in_acme(world: World, act: Callable[[], T]) -> Callable[[], T]:
    def run() -> T:
        with tenant_context(world.acme):
            return act()

    return run


@pytest.mark.conforms("R125", "R126")
def test_a_hundred_spends_at_once_add_up_and_alert_once(committed: World) -> None:
    alert = {"threshold": 50, "emails": ["boss@example.com"]}
    with tenant_context(committed.acme):
        budget = make(committed, BUDGET, amount="100.00", alerts=[alert])
    keys = [f"key {number}" for number in range(SPENDS)]
    at_once([in_acme(committed, partial(spend, committed, budget, "0.77", key)) for key in keys])
    with tenant_context(committed.acme):
        stored = Budget.objects.get()
        assert (stored.amount_spent, stored.amount_remaining) == (Decimal("77.00"), Decimal("23.00"))
        assert BudgetSpend.objects.count() == SPENDS
        assert BudgetAlertDelivery.objects.count() == 1


def test_one_key_at_once_spends_once(committed: World) -> None:
    with tenant_context(committed.acme):
        budget = make(committed, BUDGET)
    made = at_once([in_acme(committed, lambda: spend(committed, budget, "5", "one").pk)] * 25)
    assert len(set(made)) == 1
    with tenant_context(committed.acme):
        assert Budget.objects.get().amount_spent == Decimal(5)


def test_figures_and_spends_of_a_campaign_do_not_wait_for_each_other(committed: World) -> None:
    with tenant_context(committed.acme):
        budget, campaign = make(committed, BUDGET, amount="1000"), make(committed, CAMPAIGN)
        use(committed, campaign, budgetId=budget.pk)
    today = local_today(committed.acme).isoformat()

    def say(number: int) -> None:
        spend(committed, budget, "1", f"key {number}", campaignId=str(campaign.pk))

    def report(number: int) -> None:
        said = {"campaignId": str(campaign.pk), "day": today, "total": str(100 + number)}
        record = DailyTotal.parse(said, tenant=committed.acme)
        report_daily_spend(tenant=committed.acme, by=committed.by, report=record)

    at_once([in_acme(committed, partial(act, number)) for number in range(20) for act in (say, report)])
    with tenant_context(committed.acme):
        figures = BudgetSpend.objects.filter(source="ads").aggregate(total=Sum("amount"))["total"]
        assert 100 <= figures < 120
        assert Budget.objects.get().amount_spent == figures + 20


@pytest.mark.conforms("R127")
def test_the_default_is_one_however_many_want_it(committed: World) -> None:
    with tenant_context(committed.acme):
        containers = [make(committed, CONTAINER, name=f"C{n}") for n in range(10)]
    at_once(
        [in_acme(committed, lambda c=c: change(committed, c, isDefault=True).pk) for c in containers * 3]  # type: ignore[misc]
    )
    with tenant_context(committed.acme):
        assert ProfileContainer.objects.filter(is_default=True).count() == 1


@pytest.mark.conforms("R128")
def test_a_campaign_has_one_active_usage_however_many_set_it(committed: World) -> None:
    with tenant_context(committed.acme):
        campaign = make(committed, CAMPAIGN)
        budgets = [make(committed, BUDGET, name=f"B{n}") for n in range(5)]
    calls = [in_acme(committed, lambda b=b: use(committed, campaign, budgetId=b.pk).pk) for b in budgets * 5]  # type: ignore[misc]
    assert len(set(at_once(calls))) == 1
    with tenant_context(committed.acme):
        usage = CampaignProfileUsage.objects.get(is_active=True)
        holders = Budget.objects.filter(campaign_ids__contains=[str(campaign.pk)])
        assert [budget.pk for budget in holders] == [usage.budget_id]


def test_two_campaigns_never_share_a_budget_that_is_not_shared(committed: World) -> None:
    with tenant_context(committed.acme):
        budget = make(committed, BUDGET)
        campaigns = [make(committed, CAMPAIGN, name=f"C{n}") for n in range(10)]

    def take(campaign: Any) -> bool:
        try:
            use(committed, campaign, budgetId=budget.pk)
        except BudgetNotShared:
            return False
        return True

    taken = at_once([in_acme(committed, lambda c=c: take(c)) for c in campaigns])  # type: ignore[misc]
    assert taken.count(True) == 1
    with tenant_context(committed.acme):
        assert len(Budget.objects.get().campaign_ids) == 1


def test_a_container_is_never_wrong_about_what_is_missing(committed: World) -> None:
    """Parts go into the bin and come back while containers take them up; who comes late is told so."""
    with tenant_context(committed.acme):
        target = make(committed, TARGET)
        container = make(committed, CONTAINER)
    named = {"tenant": committed.acme, "by": committed.by, "kind": TARGET, "asset_id": target.pk}

    def bin_and_back() -> None:
        with suppress(DomainError):
            delete_asset(**named)
        with suppress(DomainError):
            restore_asset(**named)

    def take_up() -> None:
        with suppress(DomainError):
            change(committed, container, customerProfileId=str(target.pk))
        with suppress(DomainError):
            change(committed, container, customerProfileId=None)

    at_once([in_acme(committed, act) for act in (bin_and_back, take_up) * 10])
    with tenant_context(committed.acme):
        stored, part = ProfileContainer.objects.get(), type(target).objects.get()
        is_there = stored.customer_profile_id is not None and part.deleted_at is None
        assert ("customer_profile" in stored.missing_profiles) is not is_there


def test_versions_have_no_gaps_and_no_twins(committed: World) -> None:
    with tenant_context(committed.acme):
        target = make(committed, TARGET)
    at_once([in_acme(committed, lambda n=n: change(committed, target, name=f"N{n}").pk) for n in range(30)])  # type: ignore[misc]
    with tenant_context(committed.acme):
        versions = AssetVersion.objects.filter(profile_id=target.pk).order_by("version")
        assert list(versions.values_list("version", flat=True)) == list(range(1, 32))
