"""The plans of the demo companies."""

from __future__ import annotations

import re

import pytest

from campaigns.choices import AssetKind
from campaigns.demo import plan_campaigns
from campaigns.demo.making import STORIES
from campaigns.effective import effective_parts
from campaigns.kinds import MODELS
from campaigns.models import AssetTemplate, Budget, BudgetAlertDelivery, Campaign, TargetSegment
from cdp import demo
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.world import World


@pytest.mark.parametrize(("slug", "currency"), [(demo.TENANT_SLUG, "THB"), (demo.SECOND_TENANT_SLUG, "ZAR")])
def test_a_demo_company_has_something_on_every_page_and_no_more_the_second_time(
    world: World, slug: str, currency: str
) -> None:
    Tenant.objects.filter(pk=world.acme.pk).update(slug=slug, currency=currency)
    tenant = Tenant.objects.get(pk=world.acme.pk)
    people = [world.alice.actor, world.bob.actor]
    plan_campaigns(tenant, people)
    plan_campaigns(tenant, people)
    with tenant_context(tenant):
        assert {kind: MODELS[kind].objects.exists() for kind in AssetKind} == dict.fromkeys(AssetKind, True)
        assert Campaign.objects.count() == len(STORIES[slug].campaigns)
        assert set(Budget.objects.values_list("currency", flat=True)) == {currency}
        active = Campaign.objects.filter(status="ACTIVE")
        assert all(effective_parts(campaign).is_complete for campaign in active)
        assert any(not effective_parts(campaign).is_complete for campaign in Campaign.objects.all())
        assert Budget.objects.filter(amount_spent__gt=0).count() >= 2
        assert BudgetAlertDelivery.objects.exists()
        assert AssetTemplate.objects.exists()
        assert TargetSegment.objects.exists()


def test_the_stories_are_written_out_and_reach_nobody() -> None:
    text = " ".join(str(story) for story in STORIES.values())
    assert "lorem" not in text.lower()
    assert all(domain.endswith("example.com") for domain in re.findall(r"[\w.]+@([\w.-]+)", text))
