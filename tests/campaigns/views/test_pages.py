"""The pages of campaigns, as people use them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from campaigns.addresses import PLACE_OF, address_of
from campaigns.models import BrandGuideline, Budget, Campaign, ProfileContainer, TargetProfile
from campaigns.operations.deliver_alerts import deliver_alerts
from campaigns.views import sizes
from cdp.models import Tenant
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, make
from tests.factories.profiles import ProfileFactory
from tests.world import World

PLACE = "/admin/marketing"


@pytest.fixture
def alice(world: World) -> Client:
    return world.browser(world.alice)


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def post(client: Client, path: str, **data: Any) -> str:
    response = client.post(f"{PLACE}/{path}", data)
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def test_a_card_without_its_part_says_what_it_is_for_and_how_to_get_one(
    world: World, acme: Tenant, alice: Client
) -> None:
    container = make(world, CONTAINER, name="Spring")
    page = text_of(alice, f"{PLACE}/containers/{container.pk}")
    assert "It says how much may be spent, and warns before it is used up." in page
    assert f'href="{PLACE}/containers/{container.pk}/edit">Choose one' in page
    assert f'href="{PLACE}/budgets/new">Make one' in page


@pytest.mark.conforms("R135", "B136")
def test_a_campaign_is_planned_from_brand_to_alert(world: World, acme: Tenant, alice: Client) -> None:
    ProfileFactory(gender="female")
    brand = post(alice, "brands/new", brand_name="Acme", primary_colors="#06c, #FFFFFF", primary_font="Inter")
    page = text_of(alice, brand)
    assert 'fill="#0066CC"' in page
    assert 'font-family="Inter"' in page
    money = {"period": "MONTHLY", "delivery_method": "STANDARD", "status": "ACTIVE", "type": "CAMPAIGN"}
    alert = {"threshold": "50", "emails": "boss@example.com"}
    budget = post(alice, "budgets/new", name="Spring", amount="100", **money, **alert)
    target = post(alice, "targets/new", name="Women", gender="female")
    assert "100.0 %" in text_of(alice, target)
    ids = {name: path.rpartition("/")[2] for name, path in (("t", target), ("b", brand), ("m", budget))}
    parts = {"customer_profile_id": ids["t"], "brand_guidelines_id": ids["b"], "budget_id": ids["m"]}
    container = post(alice, "containers/new", name="House", status="ACTIVE", is_default="on", **parts)
    assert ProfileContainer.objects.get().is_complete
    campaign = post(alice, "plans/new", name="Summer", status="ACTIVE")
    post(alice, f"plans/{campaign.rpartition('/')[2]}/use", container=container.rpartition("/")[2])
    assert all(name in text_of(alice, campaign) for name in ("Women", "Acme", "Spring", "From the container"))
    assert "polyline" in text_of(alice, budget)
    post(alice, f"budgets/{ids['m']}/spend", amount="60.50", key="form 1")
    post(alice, f"budgets/{ids['m']}/spend", amount="60.50", key="form 1")
    assert Budget.objects.get().amount_spent == Decimal("60.50")
    assert deliver_alerts(tenant=acme) == 1
    assert mail.outbox[0].to == ["boss@example.com"]
    assert "boss@example.com" in text_of(alice, budget)


@pytest.mark.parametrize("kind", [TARGET, BRAND, BUDGET, CONTAINER, CAMPAIGN])
def test_every_kind_is_listed_edited_and_binned(world: World, acme: Tenant, alice: Client, kind: Any) -> None:
    asset = make(world, kind, metadata={"notes": "kept"})
    place = PLACE_OF[kind]
    one = f"{place}/{asset.pk}"
    assert str(asset) in text_of(alice, f"{PLACE}/{place}?q={str(asset)[:4]}")
    assert "Nothing here" in text_of(alice, f"{PLACE}/{place}?q=nowhere")
    form = alice.get(f"{PLACE}/{one}/edit").context["form"]
    said = {name: value for name, value in form.initial.items() if value not in (None, False)}
    name = "brand_name" if kind == BRAND else "name"
    post(alice, f"{one}/edit", **{**said, name: "Renamed"})
    asset.refresh_from_db()
    assert (str(asset), asset.version, asset.metadata) == ("Renamed", 2, {"notes": "kept"})
    stale = alice.post(f"{PLACE}/{one}/edit", {**said, name: "Again"})
    assert (stale.status_code, "at version 2" in stale.content.decode()) == (409, True)
    post(alice, f"{one}/delete")
    assert "In the bin" in text_of(alice, f"{PLACE}/{one}")
    assert "Renamed" in text_of(alice, f"{PLACE}/{place}?bin=1")
    post(alice, f"{one}/restore")
    asset.refresh_from_db()
    assert asset.deleted_at is None


def test_who_only_reads_changes_nothing(world: World, acme: Tenant) -> None:
    target, campaign, budget = make(world, TARGET), make(world, CAMPAIGN), make(world, BUDGET)
    bob = world.browser(world.bob)
    assert f"{target.pk}/edit" not in text_of(bob, f"{PLACE}/targets/{target.pk}")
    assert bob.get(f"{PLACE}/targets/new").status_code == 403
    assert bob.post(f"{PLACE}/budgets/{budget.pk}/spend", {"amount": "5", "key": "a"}).status_code == 403
    for path in (f"targets/{target.pk}/edit", f"targets/{target.pk}/delete", f"plans/{campaign.pk}/use"):
        assert bob.post(f"{PLACE}/{path}", {"name": "Bobs"}).status_code == 302
    assert list(TargetProfile.objects.kept().values_list("name", "version")) == [("My Target profile", 1)]


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(
    world: World, acme: Tenant, alice: Client
) -> None:
    response = alice.post(f"{PLACE}/targets/new", {"name": "Typed", "age_min": "50", "age_max": "20"})
    assert response.status_code == 400
    assert "lowest age is above the highest" in response.content.decode()
    assert 'value="Typed"' in response.content.decode()
    response = alice.post(f"{PLACE}/brands/new", {"brand_name": "Typed", "primary_colors": "blue"})
    assert "Use a colour such as" in response.content.decode()
    assert not TargetProfile.objects.exists()
    assert not BrandGuideline.objects.exists()


def test_a_message_is_checked_on_the_brands_page(world: World, acme: Tenant, alice: Client) -> None:
    brand = make(world, BRAND, fullStyleGuide={"voiceGuidelines": {"bannedWords": ["cheap"]}})
    assert "does not use" in text_of(alice, f"{PLACE}/brands/{brand.pk}?message=So+cheap")
    assert "On brand" in text_of(alice, f"{PLACE}/brands/{brand.pk}?message=So+good")


def test_what_is_typed_is_shown_as_text(world: World, acme: Tenant, alice: Client) -> None:
    evil = '"><script>alert(1)</script>'
    palette = {"primary": [{"name": evil, "hex": "#06C"}]}
    fonts = {"primaryFont": {"family": evil}}
    guide = {"colorPalette": palette, "typographyGuidelines": fonts}
    brand = make(world, BRAND, brandName=evil, fullStyleGuide=guide)
    assert "<script>alert" not in text_of(alice, f"{PLACE}/brands/{brand.pk}")
    assert "<script>alert" not in text_of(alice, f"{PLACE}/brands?q={evil}")


def test_an_unknown_kind_is_no_page(world: World, acme: Tenant, alice: Client) -> None:
    assert alice.get(f"{PLACE}/nonsense").status_code == 404
    assert alice.get(f"{PLACE}/targets/{world.acme.pk}").status_code == 404
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("shown_as", ["full", "card"])
def test_where_counting_takes_long_the_page_comes_first(
    world: World, acme: Tenant, alice: Client, monkeypatch: pytest.MonkeyPatch, shown_as: str
) -> None:
    ProfileFactory()
    monkeypatch.setattr(sizes, "MOST_AT_ONCE", 0)
    target = make(world, TARGET)
    asset = target if shown_as == "full" else make(world, CONTAINER, customerProfileId=str(target.pk))
    address = address_of(asset.kind, asset.pk)
    counted = "counted now" if shown_as == "full" else "reaches 1 customer"
    page = alice.get(address).content.decode()
    assert counted not in page
    fetched = f"{address_of(TARGET, target.pk, 'size')}?as={shown_as}"
    assert f'hx-get="{fetched}"' in page
    assert counted in alice.get(fetched).content.decode()
    assert counted in alice.get(address, {"size": "now"}).content.decode()
