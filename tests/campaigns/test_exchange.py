"""Assets as files, and brand kits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from campaigns import exchange
from campaigns.brand_kit import kit_of, record_from_kit
from campaigns.choices import AssetKind
from campaigns.exchange import records_from_csv, records_from_json, to_csv, to_json
from campaigns.models import BrandGuideline, Budget, TargetProfile
from campaigns.operations.create_asset import create_asset
from campaigns.operations.take_in import take_in
from campaigns.snapshots import snapshot
from cdp.errors import Invalid
from cdp.models import Tenant
from tests.campaigns.making import BRAND, BUDGET, TARGET, make
from tests.world import World

SAID: dict[str, dict[str, Any]] = {
    AssetKind.TARGET_PROFILE: {
        "demographics": {"ageRange": {"min": 18}, "shoeSize": 42},
        "interests": ["golf"],
        "description": '=cmd|"/c calc"',
    },
    AssetKind.BRAND_GUIDELINE: {"fullStyleGuide": {"colorPalette": {"primary": [{"hex": "#06C"}]}}},
    AssetKind.BUDGET: {"amount": "10.50", "startsOn": "2026-03-01", "isShared": True},
    AssetKind.CONTAINER: {"description": "a, b\nc"},
    AssetKind.CAMPAIGN: {"startsOn": "2026-03-01"},
}
KIT = {
    "name": "Acme",
    "palettes": [
        {"name": "Primary", "colors": [{"name": "Blue", "hex": "#0066cc"}, "#FFF"]},
        {"name": "Accent", "colors": [{"value": "#FF6600"}]},
    ],
    "fonts": [{"role": "body", "name": "Inter"}, {"role": "heading", "family": "Lora", "weights": [700]}],
    "logos": ["https://example.com/logo.svg", {"url": "https://example.com/dark.svg", "variant": "dark"}],
    "voice": "Calm",
    "tone": ["friendly"],
    "photoStyle": {"mood": "warm"},
}


@pytest.mark.conforms("R134")
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("kind", [*AssetKind])
def test_what_goes_out_comes_in_as_it_was(world: World, acme: Tenant, kind: AssetKind, form: str) -> None:
    asset = make(world, kind, **SAID[kind])
    if form == "csv":
        table = "".join(to_csv(kind, [asset]))
        assert "\n=" not in table
        assert ",=" not in table
        records = records_from_csv(kind, table, tenant=acme)
    else:
        records = records_from_json(kind, "".join(to_json(kind, [asset])), tenant=acme)
    [again] = take_in(tenant=acme, by=world.by, records=records)
    assert again.pk != asset.pk
    assert snapshot(again) == snapshot(asset)


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("json", "nonsense"),
        ("json", "[" * 5000),
        ("json", '{"kind": "BUDGET", "assets": []}'),
        ("json", '{"assets": 5}'),
        ("json", "[5]"),
        ("json", '[{"name": ""}]'),
        ("csv", "name,nonsense\na,b\n"),
        ("csv", "name\na,b\n"),
        ("csv", 'name,demographics\na,"{""gender"": ""x""}"\n'),
    ],
)
def test_a_file_that_is_wrong_is_refused(acme: Tenant, form: str, content: str) -> None:
    read = records_from_csv if form == "csv" else records_from_json
    with pytest.raises(Invalid):
        read(TARGET, content, tenant=acme)


def test_a_file_is_taken_in_whole_or_not_at_all(world: World, acme: Tenant) -> None:
    records = records_from_json(TARGET, '[{"name": "A"}, {"description": "nameless"}]', tenant=acme)
    with pytest.raises(Invalid):
        take_in(tenant=acme, by=world.by, records=records)
    assert not TargetProfile.objects.exists()


@pytest.mark.conforms("R134")
def test_a_design_tools_brand_kit_loads(world: World, acme: Tenant) -> None:
    brand = create_asset(tenant=acme, by=world.by, record=record_from_kit(KIT, tenant=acme))
    guide = brand.full_style_guide
    assert [color["hex"] for color in guide["colorPalette"]["primary"]] == ["#0066CC", "#FFFFFF"]
    assert guide["colorPalette"]["accent"] == [{"hex": "#FF6600"}]
    assert guide["typographyGuidelines"]["primaryFont"] == {"family": "Lora", "weights": [700]}
    assert guide["typographyGuidelines"]["secondaryFont"] == {"family": "Inter"}
    assert guide["logoGuidelines"]["logos"][1]["variant"] == "dark"
    assert guide["voiceGuidelines"] == {"brandVoice": "Calm", "primaryTone": ["friendly"]}
    assert guide["extra"] == {"photoStyle": {"mood": "warm"}}
    again = create_asset(tenant=acme, by=world.by, record=record_from_kit(kit_of(brand), tenant=acme))
    assert again.full_style_guide == guide
    assert BrandGuideline.objects.count() == 2


FULL = {
    "colorPalette": {"neutral": [{"hex": "#888888"}], "gradient": "soft"},
    "typographyGuidelines": {
        "secondaryFont": {"family": "Inter"},
        "additionalFonts": [{"family": "Sarabun", "usage": "Thai"}, {"family": "Noto Sans Bengali"}],
        "typeScale": [{"name": "H1", "size": "32px", "weight": 700}],
    },
    "logoGuidelines": {"clearSpace": "One letter", "minimumSize": {"width": 24}, "misuse": ["No shadows"]},
    "voiceGuidelines": {"bannedWords": ["cheap"], "maxReadingGrade": 8.0},
    "photoStyle": {"mood": "warm"},
}
SHORT = {
    "colors": {"primary": [{"hex": "#0066CC"}]},
    "typography": {"primaryFont": "Lora"},
    "logo": {"primaryLogoUrl": "https://example.com/logo.svg", "usageRules": ["On white"]},
    "voice": "Calm",
}


@pytest.mark.conforms("R134")
def test_a_kit_loses_nothing_of_a_brand(world: World, acme: Tenant) -> None:
    brand = make(world, BRAND, fullStyleGuide=FULL, highLevelGuidelines=SHORT, brandValues=["care"])
    again = create_asset(tenant=acme, by=world.by, record=record_from_kit(kit_of(brand), tenant=acme))
    left_out = {"metadata"}
    kept = {name: value for name, value in snapshot(brand).items() if name not in left_out}
    assert {name: value for name, value in snapshot(again).items() if name not in left_out} == kept


def test_a_brand_on_one_page_leaves_with_its_colours_and_fonts(world: World, acme: Tenant) -> None:
    kit = kit_of(make(world, BRAND, highLevelGuidelines=SHORT))
    assert kit["palettes"] == [{"name": "primary", "colors": [{"hex": "#0066CC"}]}]
    assert kit["fonts"] == [{"role": "primary", "family": "Lora"}]
    assert kit["logos"] == [{"url": "https://example.com/logo.svg"}]
    assert kit["voice"] == {"brandVoice": "Calm"}


@pytest.mark.parametrize(
    "kit",
    [
        {"name": "A", "colorPalette": 5},
        [],
        {},
        {"name": 5},
        {"name": "A", "palettes": 5},
        {"name": "A", "fonts": [5]},
        {"name": "A", "logos": [5]},
    ],
)
def test_a_kit_that_is_none_is_refused(acme: Tenant, kit: Any) -> None:
    with pytest.raises(Invalid):
        create_asset(tenant=acme, by=None, record=record_from_kit(kit, tenant=acme))  # type: ignore[arg-type]


def test_files_go_over_the_api(world: World, acme: Tenant) -> None:
    make(world, BUDGET, name="Spring")
    api = world.api()
    file = api.get("/campaigns/exchange", {"kind": "BUDGET", "format": "csv"}).json()
    made = api.post("/campaigns/exchange", {"kind": "BUDGET", **file})
    assert made.status_code == 201
    assert len(made.json()["ids"]) == 1
    assert Budget.objects.filter(name="Spring").count() == 2


def test_what_one_page_does_not_hold_is_on_the_next(
    world: World, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_ROWS", 2)
    for number in range(5):
        make(world, BUDGET, name=f"Budget {number}")
    api, page = world.api(), 1
    names: list[str] = []
    while page is not None:
        file = api.get("/campaigns/exchange", {"kind": "BUDGET", "page": str(page)}).json()
        names += [row["name"] for row in json.loads(file["content"])["assets"]]
        page = file["nextPage"]
    assert names == [f"Budget {number}" for number in (4, 3, 2, 1, 0)]


def test_what_is_kept_besides_takes_no_place_of_a_kit(world: World, acme: Tenant) -> None:
    brand = make(world, BRAND, fullStyleGuide={"extra": {"name": "Other", "logos": 5, "grid": "wide"}})
    kit = kit_of(brand)
    assert (kit["name"], kit["logos"], kit["grid"]) == (brand.brand_name, [], "wide")
    again = create_asset(tenant=acme, by=world.by, record=record_from_kit(kit, tenant=acme))
    assert again.full_style_guide == {"extra": {"grid": "wide"}}
