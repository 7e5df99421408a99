"""Versions, templates, permissions, figures."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest

from campaigns.choices import AssetKind, PermissionLevel
from campaigns.errors import AssetNotFound, NameTaken, StaleAsset
from campaigns.figures import analytics_of
from campaigns.history import differences, versions_of
from campaigns.models import AssetPermission, AssetTemplate, AssetVersion
from campaigns.operations import sharing
from campaigns.operations.lifecycle import delete_asset, purge_asset
from campaigns.operations.record_metric import MetricRecord, record_metric
from campaigns.operations.restore_version import restore_version
from campaigns.operations.templates import (
    TemplateRecord,
    create_from_template,
    delete_template,
    save_as_template,
    update_template,
    visible_templates,
)
from campaigns.summary import ActiveMoney, account_standing, account_summary
from cdp.actors import Actor
from cdp.errors import Forbidden, Invalid
from cdp.models import Tenant
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, change, make, spend, use
from tests.world import World

ADULTS = {"ageRange": {"min": 18, "max": 99}}


@pytest.mark.conforms("R129", "R133")
def test_an_earlier_version_comes_back_as_a_new_one(world: World, acme: Tenant) -> None:
    target = make(world, TARGET, demographics=ADULTS, interests=["golf"])
    change(world, target, demographics={"ageRange": {"min": 30}}, name="Older", isDefault=True)
    found = {d.path: (d.before, d.after) for d in differences(TARGET, target.pk, 1, 2)}
    assert found["demographics.ageRange.min"] == (18, 30)
    assert found["demographics.ageRange.max"] == (99, None)
    assert "interests" not in found
    named = {"tenant": acme, "by": world.by, "kind": TARGET, "asset_id": target.pk}
    with pytest.raises(StaleAsset):
        restore_version(**named, number=1, version=1)
    restored = restore_version(**named, number=1, version=2)
    assert (restored.version, restored.demographics, restored.is_default) == (3, ADULTS, True)
    assert [version.version for version in versions_of(TARGET, target.pk)] == [3, 2, 1]
    with pytest.raises(AssetNotFound):
        restore_version(**named, number=9)


@pytest.mark.parametrize("kind", [*AssetKind])
def test_every_kind_can_be_brought_back(world: World, acme: Tenant, kind: AssetKind) -> None:
    asset = make(world, kind, metadata={"notes": "first", "mood": "calm"})
    first = AssetVersion.objects.get(profile_id=asset.pk).data
    change(world, asset, metadata={"notes": "second"})
    restore_version(tenant=acme, by=world.by, kind=kind, asset_id=asset.pk, number=1)
    assert AssetVersion.objects.get(profile_id=asset.pk, version=3).data == first


def test_bringing_a_version_back_leaves_what_was_spent(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET)
    change(world, budget, amount="200")
    spend(world, budget, "30", "a")
    restored = restore_version(tenant=acme, by=world.by, kind=BUDGET, asset_id=budget.pk, number=1)
    assert (restored.amount, restored.amount_spent) == (Decimal(100), Decimal(30))


def test_a_part_that_is_gone_does_not_come_back_with_its_container(world: World, acme: Tenant) -> None:
    target = make(world, TARGET)
    container = make(world, CONTAINER, customerProfileId=str(target.pk))
    change(world, container, customerProfileId=None)
    delete_asset(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk)
    purge_asset(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk)
    with pytest.raises(Invalid):
        restore_version(tenant=acme, by=world.by, kind=CONTAINER, asset_id=container.pk, number=1)


@pytest.mark.conforms("R133")
def test_a_template_is_its_makers_until_it_is_public(world: World, acme: Tenant) -> None:
    brand, bob = make(world, BRAND, brandName="Acme", brandValues=["calm"]), world.bob.actor
    record = TemplateRecord.parse({"templateName": "House"}, tenant=acme)
    named: dict[str, Any] = {"tenant": acme, "by": world.by}
    template = save_as_template(**named, kind=BRAND, asset_id=brand.pk, record=record)
    with pytest.raises(NameTaken):
        save_as_template(**named, kind=BRAND, asset_id=brand.pk, record=record)
    assert not visible_templates(bob).exists()
    with pytest.raises(AssetNotFound):
        create_from_template(tenant=acme, by=bob, template_id=template.pk, changes={})
    publish = TemplateRecord.parse({"isPublic": True}, tenant=acme)
    update_template(**named, template_id=template.pk, record=publish)
    made = create_from_template(tenant=acme, by=bob, template_id=template.pk, changes={"brandName": "Bobs"})
    assert (made.brand_name, made.brand_values, made.version) == ("Bobs", ["calm"], 1)
    assert AssetTemplate.objects.get().used_count == 1
    with pytest.raises(Forbidden):
        delete_template(tenant=acme, by=bob, template_id=template.pk)
    delete_template(**named, template_id=template.pk)
    assert not AssetTemplate.objects.exists()


def test_a_public_template_of_somebody_who_left_is_removed_by_whoever_may_delete(
    world: World, acme: Tenant
) -> None:
    brand, bob = make(world, BRAND), world.bob.actor
    named: dict[str, Any] = {"tenant": acme, "by": bob, "kind": BRAND, "asset_id": brand.pk}
    own = save_as_template(**named, record=TemplateRecord.parse({"templateName": "Bob's"}, tenant=acme))
    said = {"templateName": "House", "isPublic": True}
    public = save_as_template(**named, record=TemplateRecord.parse(said, tenant=acme))
    api = world.api()
    assert api.delete(f"/campaigns/templates/{own.pk}").status_code == 404
    assert api.delete(f"/campaigns/templates/{public.pk}").status_code == 204
    assert AssetTemplate.objects.get() == own


@pytest.mark.conforms("R133")
def test_a_grant_adds_to_a_role(world: World, acme: Tenant) -> None:
    target, bob = make(world, TARGET), world.bob
    asked = {"actor": bob.actor, "codes": {CAMPAIGN_READ}, "kind": TARGET, "asset_id": target.pk}
    with pytest.raises(Forbidden):
        sharing.require_level(PermissionLevel.EDIT, **asked)
    named = {"tenant": acme, "by": world.by, "kind": TARGET, "asset_id": target.pk, "user_id": bob.pk}
    sharing.grant_permission(**named, level=PermissionLevel.VIEW)
    sharing.grant_permission(**named, level=PermissionLevel.EDIT)
    sharing.require_level(PermissionLevel.EDIT, **asked)
    assert sharing.level_of(**{**asked, "codes": {CAMPAIGN_WRITE}}) == PermissionLevel.EDIT
    assert sharing.level_of(**{**asked, "asset_id": uuid.uuid4(), "codes": set()}) is None
    sharing.revoke_permission(**named)
    with pytest.raises(Forbidden):
        sharing.require_level(PermissionLevel.EDIT, **asked)
    with pytest.raises(AssetNotFound):
        sharing.revoke_permission(**named)


def test_a_stranger_is_granted_nothing(world: World, acme: Tenant) -> None:
    target = make(world, TARGET)
    named = {"tenant": acme, "by": world.by, "kind": TARGET, "asset_id": target.pk}
    with pytest.raises(Invalid):
        sharing.grant_permission(**named, user_id=world.charlie.pk, level=PermissionLevel.VIEW)
    assert not AssetPermission.objects.exists()


@pytest.mark.conforms("R133")
def test_figures_are_kept_and_the_newest_shown(world: World, acme: Tenant) -> None:
    target, campaign = make(world, TARGET), make(world, CAMPAIGN)
    use(world, campaign, customerProfileId=target.pk)
    for value in ("1.5", "2.25"):
        record = MetricRecord.parse({"metricName": "reach", "metricValue": value}, tenant=acme)
        record_metric(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk, record=record)
    found = analytics_of(TARGET, target.pk)
    assert [(figure.name, figure.value) for figure in found.figures] == [("reach", Decimal("2.25"))]
    assert (found.active_usages, found.usages, found.containers, found.versions) == (1, 1, 0, 1)


@pytest.mark.conforms("R131")
def test_an_account_is_new_until_it_has_something(world: World, acme: Tenant) -> None:
    assert account_standing().is_first_time_user
    target, budget = make(world, TARGET), make(world, BUDGET, amount="150.50")
    make(world, BUDGET, amount="1000", status="PAUSED")
    for amount in ("30", "40"):
        make(world, BUDGET, amount=amount, currency="USD")
    container, campaign = make(world, CONTAINER, budgetId=str(budget.pk)), make(world, CAMPAIGN)
    use(world, campaign, containerId=container.pk)
    standing, summary = account_standing(), account_summary(acme)
    assert not standing.is_first_time_user
    assert (standing.has_customer_profile, standing.has_brand_guidelines, standing.budgets_count) == (
        True,
        False,
        4,
    )
    assert vars(summary) == {
        "total_profiles": 1,
        "total_guidelines": 0,
        "total_budgets": 4,
        "total_containers": 1,
        "total_active_budget": Decimal("150.50"),
        "total_campaign_usage": 1,
        "currency": "THB",
        "other_active_budgets": [ActiveMoney("USD", Decimal(70))],
    }
    delete_asset(tenant=acme, by=Actor.system("test"), kind=TARGET, asset_id=target.pk)
    assert account_summary(acme).total_profiles == 0
