"""Assets leave as files and come back, and brand kits load."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.test import Client

from campaigns import exchange
from campaigns.addresses import PLACE_OF
from campaigns.kinds import MODELS
from campaigns.models import BrandGuideline
from cdp.models import Tenant
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, make
from tests.world import World

PLACE = "/admin/marketing"
KINDS = [TARGET, BRAND, BUDGET, CONTAINER, CAMPAIGN]


@pytest.fixture
def alice(world: World) -> Client:
    return world.browser(world.alice)


def text_of(client: Client, path: str) -> str:
    return client.get(f"{PLACE}/{path}").content.decode()


def post(client: Client, path: str, **data: Any) -> None:
    response = client.post(f"{PLACE}/{path}", data)
    assert response.status_code == 302, response.content.decode()[:2000]


@pytest.mark.conforms("R134")
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_downloaded_loads_again(
    world: World, acme: Tenant, alice: Client, kind: Any, form: str
) -> None:
    make(world, kind)
    place = PLACE_OF[kind]
    response: Any = alice.get(f"{PLACE}/{place}/export", {"format": form})
    file = b"".join(response.streaming_content) if response.streaming else response.content
    assert f'filename="{place}.{form}"' in response["Content-Disposition"]
    post(alice, f"{place}/import", file=named(file, f"{place}.{form}"))
    assert MODELS[kind].objects.count() == 2


def test_a_download_holds_all_there_is(
    world: World, acme: Tenant, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_ROWS", 2)
    for number in range(5):
        make(world, BUDGET, name=f"Budget {number}")
    response: Any = alice.get(f"{PLACE}/budgets/export")
    content = json.loads(b"".join(response.streaming_content))
    assert [row["name"] for row in content["assets"]] == [f"Budget {number}" for number in (4, 3, 2, 1, 0)]


def named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.conforms("R134")
def test_a_brand_kit_loads_and_leaves_again(world: World, acme: Tenant, alice: Client) -> None:
    kit = {
        "name": "Kit",
        "palettes": [{"name": "Primary", "colors": ["#0F6B66", {"value": "#F2A516", "name": "Sun"}]}],
        "fonts": [{"role": "heading", "name": "Charm"}],
        "voice": "Warm",
    }
    post(alice, "brands/import", file=named(json.dumps(kit).encode(), "kit.json"))
    brand = BrandGuideline.objects.get()
    page = text_of(alice, f"brands/{brand.pk}")
    assert all(text in page for text in ("#0F6B66", "Sun", "Charm", "Warm"))
    again = json.loads(alice.get(f"{PLACE}/brands/{brand.pk}/kit").content)
    assert again["name"] == "Kit"


@pytest.mark.parametrize(
    ("content", "name", "complaint"),
    [
        (b"", "a.json", "empty"),
        (b"\xff\xfe", "a.csv", "UTF-8"),
        (b"{", "a.json", "not JSON"),
        (b"name,amount\nA,1\nB,-1\n", "a.csv", "Row 2 is not valid"),
        (b'[{"name": "A", "amount": "1"}, {"name": "B"}]', "a.json", "required"),
    ],
)
def test_a_bad_file_makes_nothing_and_says_why(
    world: World, acme: Tenant, alice: Client, content: bytes, name: str, complaint: str
) -> None:
    response = alice.post(f"{PLACE}/budgets/import", {"file": named(content, name)})
    assert response.status_code == 400
    assert complaint in response.content.decode()
    assert not MODELS[BUDGET].objects.exists()
