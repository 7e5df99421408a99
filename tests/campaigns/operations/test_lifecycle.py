"""Making, changing, binning, restoring and purging assets."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from campaigns.choices import AssetKind
from campaigns.errors import AssetNotFound, BudgetNotShared, NameTaken, NotDeleted, StaleAsset, StillInUse
from campaigns.models import AssetVersion, CampaignProfileUsage, ProfileContainer, TargetProfile
from campaigns.operations.create_asset import create_asset
from campaigns.operations.lifecycle import delete_asset, purge_asset, restore_asset
from campaigns.records import RECORDS
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from tests.campaigns.making import BUDGET, CONTAINER, TARGET, change, fresh, make, use
from tests.world import World

KINDS = [*AssetKind]


def act(verb: Any, world: World, asset: Any) -> Any:
    return verb(tenant=world.acme, by=world.by, kind=asset.kind, asset_id=asset.pk)


@pytest.mark.conforms("R123", "R124", "R125", "R127", "R164")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_is_at_version_one_and_remembered(world: World, acme: Tenant, kind: AssetKind) -> None:
    asset = make(world, kind, metadata={"tags": ["q1"], "source": "manual", "mood": "calm"})
    assert (asset.version, asset.created_by, asset.updated_by) == (1, str(world.by), str(world.by))
    assert asset.metadata == {"tags": ["q1"], "source": "manual", "extra": {"mood": "calm"}}
    remembered = AssetVersion.objects.get(profile_id=asset.pk)
    assert (remembered.version, remembered.data["metadata"]) == (1, asset.metadata)
    assert AuditEntry.objects.filter(object_id=asset.pk, verb=f"{kind.lower()}.create").count() == 1


def test_a_name_and_an_amount_are_required(world: World, acme: Tenant) -> None:
    with pytest.raises(Invalid) as refused:
        create_asset(tenant=acme, by=world.by, record=RECORDS[BUDGET].parse({}, tenant=acme))
    assert set(refused.value.fields) == {"name", "amount"}


@pytest.mark.conforms("R129")
def test_a_change_counts_and_a_stale_one_gets_both_versions(world: World, acme: Tenant) -> None:
    target = make(world, TARGET)
    assert change(world, target, version=1, name="Better").version == 2
    with pytest.raises(StaleAsset) as refused:
        change(world, target, version=1, name="Worse")
    members = refused.value.members
    assert (members["yourVersion"], members["currentVersion"]) == (1, 2)
    assert (members["yourBase"]["name"], members["current"]["name"]) == ("My Target profile", "Better")
    assert TargetProfile.objects.get().name == "Better"


def test_saying_the_same_again_makes_no_version(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="10.50")
    assert change(world, budget, amount="10.5", name=budget.name).version == 1
    assert AssetVersion.objects.count() == 1


@pytest.mark.conforms("R129")
@pytest.mark.parametrize("kind", KINDS)
def test_the_bin_comes_before_the_end(world: World, acme: Tenant, kind: AssetKind) -> None:
    asset = make(world, kind)
    with pytest.raises(NotDeleted):
        act(purge_asset, world, asset)
    assert act(delete_asset, world, asset).deleted_at is not None
    with pytest.raises(AssetNotFound):
        change(world, asset, metadata={"notes": "x"})
    with pytest.raises(AssetNotFound):
        act(delete_asset, world, asset)
    assert act(restore_asset, world, asset).deleted_at is None
    act(delete_asset, world, asset)
    act(purge_asset, world, asset)
    assert not type(asset).objects.filter(pk=asset.pk).exists()
    assert AssetVersion.objects.filter(profile_id=asset.pk).exists()


@pytest.mark.conforms("R127")
def test_a_part_of_a_container_cannot_be_purged_but_binned(world: World, acme: Tenant) -> None:
    target = make(world, TARGET)
    container = make(world, CONTAINER, customerProfileId=str(target.pk))
    act(delete_asset, world, target)
    container.refresh_from_db()
    assert "customer_profile" in container.missing_profiles
    with pytest.raises(StillInUse):
        act(purge_asset, world, target)
    act(restore_asset, world, target)
    container.refresh_from_db()
    assert container.missing_profiles == ["brand_guidelines", "budget"]


@pytest.mark.conforms("R127")
def test_the_default_moves_to_the_new_one(world: World, acme: Tenant) -> None:
    first = make(world, CONTAINER, isDefault=True)
    second = make(world, CONTAINER, isDefault=True)
    assert ProfileContainer.objects.get(is_default=True).pk == second.pk
    change(world, first, isDefault=True)
    assert ProfileContainer.objects.get(is_default=True).pk == first.pk
    act(delete_asset, world, first)
    change(world, second, isDefault=True)
    assert act(restore_asset, world, first).is_default is False


@pytest.mark.parametrize("kind", [TARGET, CONTAINER])
def test_losing_the_default_is_a_change_like_any_other(world: World, acme: Tenant, kind: AssetKind) -> None:
    first = make(world, kind, isDefault=True)
    make(world, kind, isDefault=True)
    assert fresh(first).version == 2
    with pytest.raises(StaleAsset):
        change(world, first, version=1, description="Of old")
    act(delete_asset, world, change(world, first, isDefault=True))
    other = make(world, kind, isDefault=True)
    assert act(restore_asset, world, first).is_default is False
    versions = AssetVersion.objects.filter(profile_id=first.pk).order_by("version")
    assert [one.data["is_default"] for one in versions] == [True, False, True, False]
    entries = AuditEntry.objects.filter(object_id=first.pk, verb=f"{kind.lower()}.update")
    assert [entry.changes["is_default"] for entry in entries.order_by("at", "pk")][-1] == [True, False]
    assert fresh(other).is_default


def test_a_campaign_in_the_bin_leaves_its_budget_to_others(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET)
    first, second = make(world, AssetKind.CAMPAIGN), make(world, AssetKind.CAMPAIGN)
    use(world, first, budgetId=budget.pk)
    with pytest.raises(BudgetNotShared):
        use(world, second, budgetId=budget.pk)
    act(delete_asset, world, first)
    assert fresh(budget).campaign_ids == []
    use(world, second, budgetId=budget.pk)
    with pytest.raises(BudgetNotShared):
        act(restore_asset, world, first)
    assert fresh(first).is_deleted
    change(world, budget, isShared=True)
    act(restore_asset, world, first)
    assert fresh(budget).campaign_ids == sorted([str(first.pk), str(second.pk)])


def test_a_container_takes_no_part_that_is_not_there(world: World, acme: Tenant) -> None:
    target = make(world, TARGET)
    act(delete_asset, world, target)
    for wrong in (target.pk, uuid.uuid4()):
        with pytest.raises(Invalid) as refused:
            make(world, CONTAINER, customerProfileId=str(wrong))
        assert set(refused.value.fields) == {"customerProfileId"}
    assert not ProfileContainer.objects.exists()


def test_a_platforms_id_belongs_to_one_campaign(world: World, acme: Tenant) -> None:
    campaign = make(world, AssetKind.CAMPAIGN, externalId="AD-1")
    with pytest.raises(NameTaken):
        make(world, AssetKind.CAMPAIGN, externalId="AD-1")
    act(delete_asset, world, campaign)
    make(world, AssetKind.CAMPAIGN, externalId="AD-1")
    with pytest.raises(NameTaken):
        act(restore_asset, world, campaign)


@pytest.mark.conforms("R128")
def test_the_history_of_use_outlives_what_was_used(world: World, acme: Tenant) -> None:
    campaign, target = make(world, AssetKind.CAMPAIGN), make(world, TARGET)
    use(world, campaign, customerProfileId=target.pk)
    for asset in (target, campaign):
        act(delete_asset, world, asset)
        act(purge_asset, world, asset)
    usage = CampaignProfileUsage.objects.get()
    assert (usage.is_active, usage.customer_profile_id, usage.campaign_id) == (False, None, None)
    assert usage.used["customer_profile"] == {"id": str(target.pk), "name": target.name, "version": 1}


@pytest.mark.conforms("R156", "R157")
def test_a_strangers_assets_are_not_there(world: World, acme: Tenant) -> None:
    target = make(world, TARGET)
    with tenant_context(world.zenith):
        assert not TargetProfile.objects.exists()
        with pytest.raises(AssetNotFound):
            delete_asset(tenant=world.zenith, by=world.by, kind=TARGET, asset_id=target.pk)
    assert TargetProfile.objects.kept().exists()
