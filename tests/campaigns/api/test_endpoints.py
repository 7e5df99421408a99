"""Who may call what of campaigns, and what the answers say."""

from __future__ import annotations

from typing import Any

import pytest

from campaigns.models import Budget, TargetProfile
from cdp.models import Tenant
from cdp.permissions import ALL_CODES, CAMPAIGN_READ
from tests.campaigns.calls import LEVELLED, MADE, OWN, PLACES, SHARED, TWO_CODES, make_ids
from tests.campaigns.making import BRAND, BUDGET, TARGET, make
from tests.profiles.api.endpoints import Call
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

HEX, LOGO = "fullStyleGuide.colorPalette.primary[0].hex", "highLevelGuidelines.logo.primaryLogoUrl"


def name_of(call: Any) -> str:
    return f"{call.method} {call.path}" if isinstance(call, Call) else str(call)


@pytest.mark.conforms("R154")
@pytest.mark.parametrize("call", [*SHARED, *OWN], ids=name_of)
def test_the_permission_opens_the_endpoint_and_no_other_does(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids(world)
    others = world.api(world.scoped_key(*(ALL_CODES - {call.code})))
    with nothing_written():
        problem(call.send(others, ids), 403)
    response = call.send(world.api(world.scoped_key(call.code)), ids)
    assert response.status_code == call.status, response.content


@pytest.mark.conforms("R154")
@pytest.mark.parametrize("call", LEVELLED, ids=name_of)
def test_a_level_on_the_asset_opens_the_endpoint(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids(world)
    reader = world.api(world.scoped_key(CAMPAIGN_READ))
    with nothing_written():
        problem(call.send(reader, ids), 403)
    response = call.send(world.api(world.scoped_key(CAMPAIGN_READ, call.code)), ids)
    assert response.status_code == call.status, response.content


@pytest.mark.parametrize(("call", "second"), TWO_CODES, ids=name_of)
def test_what_shows_customers_needs_their_code_too(
    world: World, acme: Tenant, call: Call, second: str
) -> None:
    ids = make_ids(world)
    problem(call.send(world.api(world.scoped_key(call.code)), ids), 403)
    response = call.send(world.api(world.scoped_key(call.code, second)), ids)
    assert response.status_code == call.status, response.content


@pytest.mark.conforms("R129", "R172")
@pytest.mark.parametrize("kind", PLACES)
def test_an_asset_lives_and_ends_over_the_api(world: World, acme: Tenant, kind: str) -> None:
    api, place = world.api(), PLACES[kind]
    made = api.post(place, MADE[kind])
    address = made["Location"]
    assert (made.json()["version"], made["ETag"], address) == (1, '"1"', f"{place}/{made.json()['id']}")
    assert api.get(address).json() == made.json()
    changed = api.patch(address, {"metadata": {"notes": "x"}}, headers={"If-Match": '"1"'})
    assert (changed.json()["metadata"]["notes"], changed["ETag"]) == ("x", '"2"')
    stale = problem(api.patch(address, {"metadata": {}}, headers={"If-Match": '"1"'}), 409)
    assert (stale["yourVersion"], stale["currentVersion"], stale["current"]["metadata"]) == (
        1,
        2,
        {"notes": "x"},
    )
    compared = api.get(f"{address}/versions/differences", {"first": 1, "second": 2}).json()["data"]
    assert {"path": "metadata.notes", "before": None, "after": "x"} in compared
    problem(api.delete(f"{address}/permanent"), 409)
    assert api.delete(address).status_code == 204
    assert [
        api.get(place).json()["meta"]["total"],
        api.get(f"{place}?deleted=true").json()["meta"]["total"],
    ] == [0, 1]
    assert api.post(f"{address}/restore").json()["deletedAt"] is None
    assert api.delete(address).status_code == 204
    assert api.delete(f"{address}/permanent").status_code == 204
    problem(api.get(address), 404)


@pytest.mark.conforms("R123", "R131a")
@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        ("target", {"demographics": {"ageRange": {"min": 50, "max": 20}}}, "demographics.ageRange"),
        ("target", {"demographics": {"ageRange": {"min": "18"}}}, "demographics.ageRange.min"),
        ("target", {"demographics": {"gender": "x"}}, "demographics.gender"),
        ("target", {"interests": ["a\u0000b"]}, None),
        ("target", {"metadata": {"usageCount": -1}}, "metadata.usageCount"),
        ("target", {"nonsense": 1}, "nonsense"),
        (
            "brand",
            {"fullStyleGuide": {"colorPalette": {"primary": [{"hex": "blue"}]}}},
            "fullStyleGuide.colorPalette.primary[0].hex",
        ),
        (
            "brand",
            {"highLevelGuidelines": {"logo": {"primaryLogoUrl": "javascript:alert(1)"}}},
            "highLevelGuidelines.logo.primaryLogoUrl",
        ),
        ("budget", {"amount": "1e30"}, "amount"),
        ("budget", {"alerts": [{"threshold": 50}]}, "alerts[0]"),
        ("budget", {"currency": "baht"}, "currency"),
        ("budget", {"period": "CUSTOM"}, "endsOn"),
        ("budget", {"startsOn": "2026-02-01", "endsOn": "2026-01-01"}, "endsOn"),
        ("campaign", {"startsOn": "2026-02-01", "endsOn": "2026-01-01"}, "endsOn"),
        ("container", {"budgetId": "018f3c1e-0000-7000-8000-000000000001"}, "budgetId"),
    ],
)
def test_what_is_wrong_is_named(
    world: World, acme: Tenant, kind: str, body: dict[str, Any], field: str | None
) -> None:
    with nothing_written():
        found = problem(world.api().post(PLACES[kind], {**MADE[kind], **body}), 400)
    assert field is None or field in found["errors"], found


@pytest.mark.conforms("R130")
@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"age": "20-30"}, True),
        ({"age": "50"}, False),
        ({"ageWithin": "20-45"}, True),
        ({"ageWithin": "30-45"}, False),
        ({"gender": "female"}, True),
        ({"country": "TH"}, True),
        ({"city": "Chiang Mai"}, False),
        ({"interest": "GOLF"}, True),
        ({"says": "location"}, True),
        ({"search": "golf"}, True),
        ({"about": "dawn"}, True),
        ({"isActive": "false"}, False),
    ],
)
def test_targets_are_listed_by_what_they_say(
    world: World, acme: Tenant, query: dict[str, str], is_found: bool
) -> None:
    demographics = {"ageRange": {"min": 25, "max": 40}, "gender": "female", "location": {"countries": ["TH"]}}
    make(world, TARGET, name="Dawn players", demographics=demographics, interests=["golf"])
    assert world.api().get(PLACES["target"], query).json()["meta"]["total"] == int(is_found)


def test_brands_are_listed_by_what_their_style_guide_contains(world: World, acme: Tenant) -> None:
    make(world, BRAND, fullStyleGuide={"voiceGuidelines": {"brandVoice": "calm", "bannedWords": ["cheap"]}})

    def listed(contains: str) -> Any:
        return world.api().get(PLACES["brand"], {"contains": contains}).json()

    assert listed('{"voiceGuidelines": {"brandVoice": "calm"}}')["meta"]["total"] == 1
    assert listed('{"voiceGuidelines": {"brandVoice": "loud"}}')["meta"]["total"] == 0
    for wrong in ("calm", "[]", r'{"a": "\u0000"}', '{"a": 1e999}', "[" * 1999):
        assert list(listed(wrong)["errors"]) == ["contains"], wrong


@pytest.mark.conforms("R131")
def test_an_account_tells_whether_it_is_new(world: World, acme: Tenant) -> None:
    def told() -> Any:
        return world.api().get("/campaigns/standing").json()

    none = {"customerProfilesCount": 0, "brandGuidelinesCount": 0, "budgetsCount": 0}
    assert told() == {
        "accountId": str(acme.pk),
        "isFirstTimeUser": True,
        "hasCustomerProfile": False,
        "hasBrandGuidelines": False,
        "hasBudget": False,
        "profileCounts": none,
    }
    make(world, BUDGET)
    assert told()["profileCounts"] == none | {"budgetsCount": 1}
    assert (told()["isFirstTimeUser"], told()["hasBudget"]) == (False, True)


def test_spend_over_the_api_is_in_text_with_its_cents(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, amount="100")
    place = f"{PLACES['budget']}/{budget.pk}"
    spent = world.api().post(f"{place}/spends", {"amount": "33.30", "idempotencyKey": "a"}).json()
    assert spent["amount"] == "33.30"
    found = world.api().get(place).json()
    assert (found["amountSpent"], found["amountRemaining"], found["percentageSpent"]) == (
        "33.30",
        "66.70",
        "33.30",
    )
    assert Budget.objects.get().version == 1


def test_many_go_into_the_bin_at_once(world: World, acme: Tenant) -> None:
    ids = [str(make(world, TARGET).pk) for _ in range(3)]
    answer = world.api().post(f"{PLACES['target']}/bulk/delete", {"ids": [*ids, str(world.acme.pk)]})
    assert answer.json() == {"updated": 3, "failed": 1}
    assert not TargetProfile.objects.kept().exists()
