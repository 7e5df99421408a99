"""The admin of campaigns: people work in it, through the verbs; ledgers are read."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.kinds import MODELS
from campaigns.models import (
    AssetMetric,
    AssetPermission,
    AssetTemplate,
    AssetVersion,
    Budget,
    BudgetAlertDelivery,
    BudgetPeriod,
    BudgetSpend,
    Campaign,
    CampaignProfileUsage,
    TargetProfile,
    TargetSegment,
)
from campaigns.operations.templates import TemplateRecord, save_as_template
from cdp.models import AuditEntry, Tenant
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, change, make, spend
from tests.rows import make_row
from tests.world import World

KINDS = [TARGET, BRAND, BUDGET, CONTAINER, CAMPAIGN]
READ_ONLY: tuple[Any, ...] = (AssetMetric, AssetVersion, BudgetAlertDelivery, BudgetPeriod, BudgetSpend)


@pytest.fixture
def alice(world: World) -> Client:
    return world.browser(world.alice)


def address(model: Any, row: Any = None, act: str = "change") -> str:
    base = f"/admin/campaigns/{model._meta.model_name}/"
    return f"{base}{row.pk}/{act}/" if row else base


def filled(client: Client, path: str, **said: Any) -> dict[str, Any]:
    """Return the form of a page as a browser would send it, with ``said`` typed into it."""
    form = client.get(path).context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in data.items() if value not in (None, False)}
    return {**shown, **said}


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.conforms("R155")
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_found_changed_and_binned(
    world: World, acme: Tenant, alice: Client, kind: Any
) -> None:
    model, name = MODELS[kind], "brand_name" if kind == BRAND else "name"
    extra = {"amount": "100", "currency": "THB", "starts_on": "2026-01-01"} if kind == BUDGET else {}
    data = filled(alice, f"{address(model)}add/", **{name: "First", **extra})
    assert alice.post(f"{address(model)}add/", data).status_code == 302
    asset = model.objects.get()
    assert (str(asset), asset.version) == ("First", 1)
    data = filled(alice, address(model, asset), **{name: "Second"})
    assert alice.post(address(model, asset), data).status_code == 302
    asset.refresh_from_db()
    assert (str(asset), asset.version) == ("Second", 2)
    assert AuditEntry.objects.filter(object_id=asset.pk).count() == 2
    assert "Second" in alice.get(address(model), {"q": "econ"}).content.decode()
    assert alice.get(address(model, asset, "history")).status_code == 200
    assert alice.post(address(model, asset, "delete"), {"post": "yes"}).status_code == 302
    asset.refresh_from_db()
    assert asset.is_deleted
    assert ">Second<" not in alice.get(address(model)).content.decode()
    assert "Second" in alice.get(address(model), {"bin": "only"}).content.decode()


def test_a_change_somebody_else_made_meanwhile_is_not_overwritten(
    world: World, acme: Tenant, alice: Client
) -> None:
    target = make(world, TARGET, name="First")
    data = filled(alice, address(TargetProfile, target), name="Mine")
    change(world, target, name="Theirs")
    response = alice.post(address(TargetProfile, target), data)
    assert "at version 2" in response.content.decode()
    target.refresh_from_db()
    assert target.name == "Theirs"


def test_what_is_wrong_is_said_at_its_field(world: World, acme: Tenant, alice: Client) -> None:
    path = f"{address(TargetProfile)}add/"
    wrong = '{"ageRange": {"min": 50, "max": 20}}'
    response = alice.post(path, filled(alice, path, name="Typed", demographics=wrong))
    assert "lowest age is above the highest" in response.content.decode()
    assert not TargetProfile.objects.exists()


def act(client: Client, model: Any, name: str, *rows: Any, place: str = "") -> Any:
    data = {"action": name, "_selected_action": [str(row.pk) for row in rows], "index": "0"}
    return client.post(f"{address(model)}?bin={place}" if place else address(model), data)


def test_many_are_paused_binned_restored_and_deleted_at_once(
    world: World, acme: Tenant, alice: Client
) -> None:
    first, second = make(world, BUDGET), make(world, BUDGET)
    spend(world, second, "5", "a")
    act(alice, Budget, "pause", first, second)
    assert set(Budget.objects.values_list("status", flat=True)) == {"PAUSED"}
    act(alice, Budget, "put_into_bin", first, second)
    assert not Budget.objects.kept().exists()
    response = act(alice, Budget, "delete_for_good", first, second, place="only")
    assert any("ledger keeps" in text for text in told(response))
    assert list(Budget.objects.values_list("pk", flat=True)) == [second.pk]
    act(alice, Budget, "take_out_of_bin", second, place="only")
    assert Budget.objects.kept().get() == second


def test_usages_are_made_changed_and_ended(world: World, acme: Tenant, alice: Client) -> None:
    campaign, budget, other = make(world, CAMPAIGN), make(world, BUDGET), make(world, BUDGET)
    path = f"{address(CampaignProfileUsage)}add/"
    said = {"campaign": str(campaign.pk), "budget": str(budget.pk)}
    assert alice.post(path, filled(alice, path, **said)).status_code == 302
    usage = CampaignProfileUsage.objects.get()
    assert usage.usage_type == "INDIVIDUAL"
    data = filled(alice, address(CampaignProfileUsage, usage), budget=str(other.pk))
    assert alice.post(address(CampaignProfileUsage, usage), data).status_code == 302
    usage.refresh_from_db()
    assert usage.budget == other
    alice.post(address(CampaignProfileUsage, usage, "delete"), {"post": "yes"})
    usage.refresh_from_db()
    assert not usage.is_active
    response = alice.post(path, filled(alice, path, budget=str(budget.pk)))
    assert response.status_code == 200
    assert Campaign.objects.get().usages.count() == 1


def test_sharing_templates_and_segments_go_through_their_verbs(
    world: World, acme: Tenant, alice: Client
) -> None:
    target = make(world, TARGET)
    path = f"{address(AssetPermission)}add/"
    said = {"profile_type": TARGET.value, "profile_id": str(target.pk), "user": str(world.bob.pk)}
    assert alice.post(path, filled(alice, path, **said, permission_level="EDIT")).status_code == 302
    grant = AssetPermission.objects.get()
    alice.post(address(AssetPermission, grant, "delete"), {"post": "yes"})
    assert not AssetPermission.objects.exists()
    record = TemplateRecord.parse({"templateName": "Mine", "isPublic": True}, tenant=acme)
    template = save_as_template(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk, record=record)
    alice.post(
        address(AssetTemplate, template),
        filled(alice, address(AssetTemplate, template), template_name="Ours"),
    )
    assert AssetTemplate.objects.get().template_name == "Ours"
    path = f"{address(TargetSegment)}add/"
    assert alice.post(path, {"target": str(target.pk)}).status_code == 302
    alice.post(address(TargetSegment, TargetSegment.objects.get(), "delete"), {"post": "yes"})
    assert not TargetSegment.objects.exists()


def test_a_grant_opens_one_asset_to_who_may_only_read(world: World, acme: Tenant, alice: Client) -> None:
    mine, other = make(world, TARGET, name="Mine"), make(world, TARGET, name="Other")
    path = f"{address(AssetPermission)}add/"
    said = {"profile_type": TARGET.value, "profile_id": str(mine.pk), "user": str(world.bob.pk)}
    alice.post(path, filled(alice, path, **said, permission_level="EDIT"))
    bob = world.browser(world.bob)
    data = filled(bob, address(TargetProfile, mine), name="Bob's")
    assert bob.post(address(TargetProfile, mine), data).status_code == 302
    assert bob.post(address(TargetProfile, other), {**data, "name": "Bob's"}).status_code == 403
    assert bob.get(f"{address(TargetProfile)}add/").status_code == 403
    assert set(TargetProfile.objects.values_list("name", flat=True)) == {"Bob's", "Other"}


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_ledgers_and_histories_are_read_only(world: World, acme: Tenant, alice: Client, model: Any) -> None:
    row = make_row(model)
    assert alice.get(address(model)).status_code == 200
    assert alice.get(address(model, row)).status_code == 200
    assert alice.post(address(model, row), {}).status_code == 403
    assert alice.get(f"{address(model)}add/").status_code == 403
    assert alice.post(address(model, row, "delete"), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_costs_the_same_however_long_it_is(
    world: World, acme: Tenant, alice: Client, kind: Any
) -> None:
    counts = []
    for number in (1, 2, 12):
        for _ in range(number):
            make(world, kind)
        with CaptureQueriesContext(connection) as captured:
            assert alice.get(address(MODELS[kind])).status_code == 200
        counts.append(len(captured))
    # The first of all looks some things up that are kept.
    assert counts[1] == counts[2]


@pytest.mark.parametrize("kind", [BRAND, BUDGET])
def test_forms_say_what_fields_of_json_are_for(alice: Client, kind: Any) -> None:
    page = alice.get(f"{address(MODELS[kind])}add/").content.decode()
    assert "The forms under Marketing ask for the same field by field." in page
