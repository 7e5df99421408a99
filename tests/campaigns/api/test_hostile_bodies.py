"""What no column, index or spreadsheet takes is refused by name, whichever way it comes in."""

from __future__ import annotations

import random
from itertools import islice, product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from campaigns.models import Asset, BrandGuideline, Budget, TargetProfile
from cdp.models import Tenant
from tests.campaigns.making import TARGET, make
from tests.factories.profiles import ProfileFactory
from tests.world import World

NUMBERS = ["NaN", "-Infinity", "1e400"]


def refused(response: Any, model: type[Asset], field: str) -> None:
    assert response.status_code == 400, response.content[:500]
    assert any(name.endswith(field) for name in response.json()["errors"]), response.json()
    assert not model.objects.exists()


@pytest.mark.conforms("R134")
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_json_does_not_have_is_refused_by_name(
    world: World, api: APIClient, acme: Tenant, number: str
) -> None:
    files = {
        "json": f'[{{"name": "A"}}, {{"name": "B", "metadata": {{"x": [{number}]}}}}]',
        "csv": f'name,metadata\nA,\nB,"{{""x"": {number}}}"\n',
    }
    for form, content in files.items():
        said = {"kind": "TARGET_PROFILE", "format": form, "content": content}
        refused(api.post("/campaigns/exchange", said), TargetProfile, "assets[1].metadata")
    kit = SimpleUploadedFile("kit.json", f'{{"name": "K", "grid": {number}}}'.encode())
    page = world.browser(world.alice).post("/admin/marketing/brands/import", {"file": kit})
    assert page.status_code == 400
    assert "Use a number." in page.content.decode()
    assert not BrandGuideline.objects.exists()


@pytest.mark.conforms("R134")
def test_a_row_that_lacks_its_name_and_a_column_named_twice_are_told(api: APIClient, acme: Tenant) -> None:
    said = {"kind": "TARGET_PROFILE", "content": '[{"name": "A"}, {"description": "nameless"}]'}
    refused(api.post("/campaigns/exchange", said), TargetProfile, "assets[1].name")
    said = {"kind": "TARGET_PROFILE", "format": "csv", "content": "name,description,name\nA,x,B\n"}
    refused(api.post("/campaigns/exchange", said), TargetProfile, "file")


@pytest.mark.conforms("R125")
def test_a_webhook_no_index_holds_is_refused_before_an_alert_needs_it(api: APIClient, acme: Tenant) -> None:
    letters = random.Random(1)
    path = "".join(chr(letters.randrange(0x4E00, 0x9FFF)) for _ in range(1900))
    alert = {"threshold": 50, "webhookUrl": f"https://example.com/{path}"}
    refused(
        api.post("/campaigns/budgets", {"name": "B", "amount": "10", "alerts": [alert]}), Budget, "webhookUrl"
    )


@pytest.mark.conforms("R124")
def test_a_style_guide_longer_than_can_be_searched_is_refused(api: APIClient, acme: Tenant) -> None:
    letters = random.Random(1)
    words = ["".join(letters.choices("abcdefghijklmnop", k=7)) for _ in range(200_000)]
    rules = [" ".join(words[start : start + 480]) for start in range(0, 96_000, 480)]
    guide = {"logoGuidelines": {"usageRules": rules, "misuse": list(reversed(rules))}}
    body = {"brandName": "B", "fullStyleGuide": guide}
    refused(api.post("/campaigns/brand-guidelines", body), BrandGuideline, "fullStyleGuide")


@pytest.mark.conforms("R124")
def test_a_style_guide_of_the_largest_size_is_stored_whatever_its_words(api: APIClient, acme: Tenant) -> None:
    parts = ["".join(letters) for letters in islice(product("abcdefghijklmnopqrstuvwxyz", repeat=4), 51_600)]
    words = [f"{one}-{other}" for one, other in zip(parts[::2], parts[1::2], strict=True)]
    rules = [" ".join(words[start : start + 300]) for start in range(0, len(words), 300)]
    half = len(rules) // 2
    body = {
        "brandName": "B",
        "fullStyleGuide": {"logoGuidelines": {"usageRules": rules[:half]}},
        "highLevelGuidelines": {"logo": {"usageRules": rules[half:]}},
    }
    answer = api.post("/campaigns/brand-guidelines", body)
    assert answer.status_code == 201, answer.content[:500]


@pytest.mark.conforms("B136")
def test_a_place_no_double_holds_is_nowhere(world: World, api: APIClient, acme: Tenant) -> None:
    ProfileFactory(attributes={"latitude": 10**400, "longitude": 100.5})
    ProfileFactory(attributes={"latitude": 13.75, "longitude": -(10**400)})
    ProfileFactory(
        address={"latitude": 10**400, "longitude": 1}, attributes={"latitude": 13.75, "longitude": 100.5}
    )
    circle = {"latitude": 13.75, "longitude": 100.5, "radius": 5}
    target = make(world, TARGET, demographics={"location": {"radius": circle}})
    answer = api.get(f"/campaigns/target-profiles/{target.pk}/size")
    assert (answer.status_code, answer.json()["matching"]) == (200, 1), answer.content


@pytest.mark.conforms("R130")
def test_an_age_that_is_none_is_refused_and_a_range_may_run_either_way(
    world: World, api: APIClient, acme: Tenant
) -> None:
    make(world, TARGET, demographics={"ageRange": {"min": 20, "max": 30}})
    for age in ("young", "25-", "-25", "25-30-35", "٣"):
        answer = api.get("/campaigns/target-profiles", {"age": age})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["age"]), age
    for age, number in (("25", 1), ("40-25", 1), ("31-40", 0)):
        assert api.get("/campaigns/target-profiles", {"age": age}).json()["meta"]["total"] == number, age
