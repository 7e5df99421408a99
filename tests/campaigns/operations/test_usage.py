"""What a campaign uses, and what that comes to."""

from __future__ import annotations

import uuid

import pytest

from campaigns.effective import effective_parts
from campaigns.errors import AssetNotFound, BudgetNotShared
from campaigns.models import CampaignProfileUsage
from campaigns.operations.lifecycle import delete_asset, restore_asset
from campaigns.operations.use_in_campaign import end_usage
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, change, fresh, make, use
from tests.world import World


@pytest.mark.conforms("R128")
def test_a_campaign_with_a_container_has_its_parts(world: World, acme: Tenant) -> None:
    target, brand, budget = (make(world, kind) for kind in (TARGET, BRAND, BUDGET))
    container = make(
        world,
        CONTAINER,
        customerProfileId=str(target.pk),
        brandGuidelinesId=str(brand.pk),
        budgetId=str(budget.pk),
    )
    campaign = make(world, CAMPAIGN)
    assert use(world, campaign, containerId=container.pk).usage_type == "CONTAINER"
    parts = effective_parts(campaign)
    assert (parts.target, parts.brand, parts.budget, parts.is_complete) == (target, brand, budget, True)
    assert set(parts.sources.values()) == {"container"}
    assert fresh(budget).campaign_ids == [str(campaign.pk)]


@pytest.mark.conforms("R128")
def test_an_exception_goes_before_the_container(world: World, acme: Tenant) -> None:
    ours, other = make(world, BUDGET), make(world, BUDGET)
    container, campaign = make(world, CONTAINER, budgetId=str(ours.pk)), make(world, CAMPAIGN)
    use(world, campaign, containerId=container.pk)
    usage = use(world, campaign, containerId=container.pk, budgetId=other.pk)
    parts = effective_parts(campaign)
    assert (usage.usage_type, usage.version, parts.budget) == ("HYBRID", 2, other)
    assert (parts.sources, parts.missing) == (
        {"budget": "individual"},
        ["customer_profile", "brand_guidelines"],
    )
    assert (fresh(ours).campaign_ids, fresh(other).campaign_ids) == ([], [str(campaign.pk)])


@pytest.mark.conforms("R128")
def test_another_usage_takes_the_place_of_the_first(world: World, acme: Tenant) -> None:
    campaign, container, target = make(world, CAMPAIGN), make(world, CONTAINER), make(world, TARGET)
    first = use(world, campaign, containerId=container.pk)
    second = use(world, campaign, customerProfileId=target.pk, usageType="INDIVIDUAL")
    assert (second.pk, second.usage_type, second.container_id) == (first.pk, "INDIVIDUAL", None)
    assert CampaignProfileUsage.objects.get().used["customer_profile"]["name"] == target.name
    entry = AuditEntry.objects.filter(verb="campaign.use").latest("at")
    assert entry.changes["usage_type"] == ["CONTAINER", "INDIVIDUAL"]


def test_the_same_usage_again_changes_nothing(world: World, acme: Tenant) -> None:
    campaign, container = make(world, CAMPAIGN), make(world, CONTAINER)
    use(world, campaign, containerId=container.pk)
    assert use(world, campaign, containerId=container.pk).version == 1


def test_what_lies_in_the_bin_is_missing_and_comes_back(world: World, acme: Tenant) -> None:
    target, campaign = make(world, TARGET), make(world, CAMPAIGN)
    use(world, campaign, customerProfileId=target.pk)
    named = {"tenant": acme, "by": world.by, "kind": TARGET, "asset_id": target.pk}
    delete_asset(**named)
    assert effective_parts(campaign).target is None
    restore_asset(**named)
    assert effective_parts(campaign).target == target


def test_a_budget_that_is_not_shared_serves_one_campaign(world: World, acme: Tenant) -> None:
    budget, first, second = make(world, BUDGET), make(world, CAMPAIGN), make(world, CAMPAIGN)
    use(world, first, budgetId=budget.pk)
    with pytest.raises(BudgetNotShared):
        use(world, second, budgetId=budget.pk)
    assert effective_parts(second).usage is None
    change(world, budget, isShared=True)
    use(world, second, budgetId=budget.pk)
    assert fresh(budget).campaign_ids == sorted([str(first.pk), str(second.pk)])
    with pytest.raises(BudgetNotShared):
        change(world, budget, isShared=False)


def test_a_container_with_another_budget_takes_its_campaigns_along(world: World, acme: Tenant) -> None:
    old, new, campaign = make(world, BUDGET), make(world, BUDGET), make(world, CAMPAIGN)
    container = make(world, CONTAINER, budgetId=str(old.pk))
    use(world, campaign, containerId=container.pk)
    change(world, container, budgetId=str(new.pk))
    assert (fresh(old).campaign_ids, fresh(new).campaign_ids) == ([], [str(campaign.pk)])
    end_usage(tenant=acme, by=world.by, campaign_id=campaign.pk)
    assert fresh(new).campaign_ids == []
    with pytest.raises(AssetNotFound):
        end_usage(tenant=acme, by=world.by, campaign_id=campaign.pk)


def test_a_usage_names_what_is_there_and_is_of_the_type_it_says(world: World, acme: Tenant) -> None:
    campaign, target = make(world, CAMPAIGN), make(world, TARGET)
    wrong: list[dict[str, object]] = [
        {},
        {"containerId": uuid.uuid4()},
        {"budgetId": target.pk},
        {"customerProfileId": target.pk, "usageType": "HYBRID"},
    ]
    for said in wrong:
        with pytest.raises(Invalid):
            use(world, campaign, **said)
    assert not CampaignProfileUsage.objects.exists()
