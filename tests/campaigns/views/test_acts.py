"""What people do on the pages of campaigns besides filling in forms."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.addresses import PLACE_OF
from campaigns.models import (
    AssetPermission,
    AssetTemplate,
    Budget,
    BudgetSpend,
    CampaignProfileUsage,
    TargetProfile,
    TargetSegment,
)
from cdp.models import Tenant
from profiles.models import Segment
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, change, make, use
from tests.factories.profiles import ProfileFactory
from tests.world import World

PLACE = "/admin/marketing"
KINDS = [TARGET, BRAND, BUDGET, CONTAINER, CAMPAIGN]


@pytest.fixture
def alice(world: World) -> Client:
    return world.browser(world.alice)


def text_of(client: Client, path: str, **query: Any) -> str:
    response = client.get(f"{PLACE}/{path}", query)
    assert response.status_code == 200, path
    return response.content.decode()


def post(client: Client, path: str, **data: Any) -> list[str]:
    """Send a form; return what people are told."""
    response = client.post(f"{PLACE}/{path}", data)
    assert response.status_code == 302, response.content.decode()[:2000]
    # Those of this request alone: nobody has looked at the ones before.
    storage: Any = get_messages(response.wsgi_request)
    return [str(message) for message in storage._queued_messages]


@pytest.mark.conforms("R129", "R133")
def test_versions_are_compared_and_brought_back(world: World, acme: Tenant, alice: Client) -> None:
    target = make(world, TARGET, name="First", interests=["golf"])
    change(world, target, name="Second", interests=["golf", "chess"])
    page = text_of(alice, f"targets/{target.pk}/history")
    assert "<del>golf</del>" in page
    assert "<ins>golf, chess</ins>" in page
    assert "These two say the same" in text_of(alice, f"targets/{target.pk}/history", first=2, second=2)
    path = f"targets/{target.pk}/bring-back"
    assert "at version 2" in post(alice, path, number=1, version=1)[0]
    assert "this is version 3" in post(alice, path, number=1, version=2)[0]
    target.refresh_from_db()
    assert (target.name, target.version, target.interests) == ("First", 3, ["golf"])
    assert post(alice, path, number=99, version=3) == ["There is no such version."]


@pytest.mark.conforms("R133")
def test_an_asset_becomes_a_template_and_a_template_an_asset(
    world: World, acme: Tenant, alice: Client
) -> None:
    budget = make(world, BUDGET, name="Monthly", amount="500")
    post(alice, f"budgets/{budget.pk}/template", name="Channel", is_public="on")
    template = AssetTemplate.objects.get()
    bob = world.browser(world.bob)
    assert "Channel" in text_of(bob, "templates", kind="BUDGET")
    assert "Channel" not in text_of(bob, "templates", kind="CAMPAIGN")
    post(alice, f"templates/{template.pk}/use", name="Summer")
    made = Budget.objects.get(name="Summer")
    assert str(made.amount) == "500.00"
    told = post(alice, f"templates/{template.pk}/change", name="x" * 300)
    assert "255" in told[0]
    post(alice, f"templates/{template.pk}/change", name="Mine", description="Ours alone")
    assert "Mine" not in text_of(bob, "templates")
    post(alice, f"templates/{template.pk}/remove")
    assert not AssetTemplate.objects.exists()


@pytest.mark.conforms("B136")
def test_a_target_is_compared_and_followed_by_a_segment(world: World, acme: Tenant, alice: Client) -> None:
    for gender in ("female", "female", "male"):
        ProfileFactory(gender=gender, date_of_birth="1990-01-01")
    women = make(world, TARGET, name="Women", demographics={"gender": "female"})
    young = make(world, TARGET, name="Young", demographics={"ageRange": {"min": 18}})
    page = text_of(alice, f"targets/{women.pk}", other=str(young.pk))
    assert "67 %" in page
    post(alice, f"targets/{women.pk}/follow", name="Women")
    assert Segment.objects.get().name == "Women"
    assert "2 customers are in it" in text_of(alice, f"targets/{women.pk}")
    assert post(alice, f"targets/{women.pk}/follow", name="Again")[0]
    post(alice, f"targets/{women.pk}/unfollow")
    assert not TargetSegment.objects.exists()
    assert Segment.objects.exists()


@pytest.mark.conforms("R128")
def test_a_campaign_takes_a_container_with_exceptions_and_lets_go(
    world: World, acme: Tenant, alice: Client
) -> None:
    campaign, box = make(world, CAMPAIGN), make(world, CONTAINER, budgetId=str(make(world, BUDGET).pk))
    other = make(world, TARGET, name="Others")
    path = f"plans/{campaign.pk}"
    post(alice, f"{path}/use", container=box.pk, customer_profile=other.pk)
    assert CampaignProfileUsage.objects.get(is_active=True).usage_type == "HYBRID"
    page = text_of(alice, path)
    assert all(text in page for text in ("Others", "The campaign's own", "From the container", "Missing"))
    told = post(alice, f"{path}/use", container=str(campaign.pk))
    assert told == ["Something you chose is not there any more: choose again."]
    assert "Name a container" in post(alice, f"{path}/use")[0]
    post(alice, f"{path}/end")
    assert not CampaignProfileUsage.objects.filter(is_active=True).exists()
    assert "Used before" in text_of(alice, path)


def test_a_spend_names_its_day_and_campaign(world: World, acme: Tenant, alice: Client) -> None:
    budget, campaign = make(world, BUDGET, startsOn="2026-01-01", period="LIFETIME"), make(world, CAMPAIGN)
    use(world, campaign, budgetId=budget.pk)
    said = {"amount": "5", "key": "a", "day": "2026-01-05", "campaign": str(campaign.pk)}
    post(alice, f"budgets/{budget.pk}/spend", **said)
    line = BudgetSpend.objects.get()
    assert (str(line.spent_on), line.campaign) == ("2026-01-05", campaign)
    assert "2026-03-10" in post(alice, f"budgets/{budget.pk}/spend", **said | {"day": "soon", "key": "b"})[0]
    assert "5 Jan 2026" in text_of(alice, f"plans/{campaign.pk}")


def test_one_asset_is_shared_and_no_longer(world: World, acme: Tenant, alice: Client) -> None:
    target, bob = make(world, TARGET), world.browser(world.bob)
    path = f"targets/{target.pk}/share"
    assert bob.get(f"{PLACE}/{path}").status_code == 302
    post(alice, path, user=world.bob.pk, level="EDIT")
    assert f"{target.pk}/edit" in text_of(bob, f"targets/{target.pk}")
    assert alice.post(f"{PLACE}/{path}", {"user": str(world.charlie.pk), "level": "EDIT"}).status_code == 400
    post(alice, path, revoke=str(world.bob.pk))
    assert not AssetPermission.objects.exists()


def test_many_are_binned_and_one_is_deleted_for_good(world: World, acme: Tenant, alice: Client) -> None:
    first, second = make(world, TARGET), make(world, TARGET)
    ids = [str(first.pk), str(second.pk), str(world.acme.pk)]
    told = post(alice, "targets/many", verb="delete", ids=ids)
    assert told == ["2 rows changed.", "Some rows were not there any more."]
    assert post(alice, "targets/many", verb="delete") == ["Choose some rows of the list first."]
    post(alice, "targets/many", verb="restore", ids=[str(first.pk)])
    assert "It is gone" in post(alice, f"targets/{second.pk}/purge")[0]
    assert "delete it first" in post(alice, f"targets/{first.pk}/purge")[0]
    bob = world.browser(world.bob)
    assert post(bob, "targets/many", verb="delete", ids=[str(first.pk)])[0].startswith("Your role")
    assert list(TargetProfile.objects.kept()) == [first]


@pytest.mark.parametrize("kind", KINDS)
def test_empty_lists_say_what_they_are_for_and_filters_narrow(
    world: World, acme: Tenant, alice: Client, kind: Any
) -> None:
    place = PLACE_OF[kind]
    assert "Nothing here yet" in text_of(alice, place)
    assert "The bin is empty" in text_of(alice, place, bin=1)
    assert "Nothing here matches" in text_of(alice, place, q="nowhere")
    if kind == BUDGET:
        make(world, kind, name="Paused one", status="PAUSED")
        assert "Paused one" in text_of(alice, place, status="PAUSED")
        assert "Paused one" not in text_of(alice, place, status="ACTIVE")
        assert "Paused one" in text_of(alice, place, status="nonsense")


def test_somebody_new_is_told_what_to_do_first(world: World, acme: Tenant, alice: Client) -> None:
    assert "Plan your first campaign" in text_of(alice, "plans")
    make(world, BRAND)
    page = text_of(alice, "plans")
    assert "What is left to do" in page
    assert page.count("check_circle") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_pages_cost_the_same_however_much_there_is(
    world: World, acme: Tenant, alice: Client, kind: Any
) -> None:
    asset = make(world, kind)
    counts = []
    for number in (1, 2, 8):
        for more in range(number):
            make(world, kind)
            change(world, asset, metadata={"notes": f"{number} {more}"})
        with CaptureQueriesContext(connection) as captured:
            for path in (
                PLACE_OF[kind],
                f"{PLACE_OF[kind]}/{asset.pk}",
                f"{PLACE_OF[kind]}/{asset.pk}/history",
            ):
                text_of(alice, path)
        counts.append(len(captured))
    # The first of all looks some things up that are kept.
    assert counts[1] == counts[2]


@pytest.mark.parametrize("kind", KINDS)
def test_saving_a_form_unchanged_changes_nothing(
    world: World, acme: Tenant, alice: Client, kind: Any
) -> None:
    full: dict[Any, dict[str, Any]] = {
        TARGET: {
            "demographics": {
                "ageRange": {"min": 20},
                "incomeRange": {"max": 5},
                "location": {"states": ["Gauteng"], "radius": {"latitude": 1.5, "longitude": 2, "radius": 3}},
            },
            "persona": {"name": "Ploy", "motivations": ["One, two", "Three"]},
            "behavior": {"devicePreferences": ["mobile"]},
        },
        BRAND: {
            "fullStyleGuide": {
                "colorPalette": {"primary": [{"name": "Temple teal", "hex": "#0F6B66", "usage": "Buttons"}]},
                "logoGuidelines": {"usageRules": ["On white, or on Rice"], "minimumSize": {"width": 9}},
                "voiceGuidelines": {"maxReadingGrade": 8},
            }
        },
        BUDGET: {"alerts": [{"threshold": n, "emails": ["a@example.com"]} for n in (50, 80, 100)]},
    }
    asset = make(world, kind, **full.get(kind, {}))
    if kind == BRAND:
        change(world, asset, detailLevel="full")
        asset.refresh_from_db()
    path = f"{PLACE_OF[kind]}/{asset.pk}/edit"
    form = alice.get(f"{PLACE}/{path}").context["form"]
    data = {name: form[name].value() for name in form.fields}
    post(alice, path, **{name: value for name, value in data.items() if value not in (None, False)})
    before = asset.version
    asset.refresh_from_db()
    assert asset.version == before
