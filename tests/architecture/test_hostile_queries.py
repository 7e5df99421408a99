"""No address fails because of what stands behind its question mark."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.architecture.addresses import Address, addresses
from tests.architecture.bodies import operation
from tests.architecture.sides import make_sides
from tests.world import World

# A walk asks everything and looks at little: what it passes is not thereby tested, and tracing it is slow.
pytestmark = pytest.mark.no_cover
# What lists and forms of pages and admin ask for; the API's own names come from its document.
ASKED = ("q", "search", "p", "page", "o", "all", "e", "after", "before", "status", "type", "sort")
REFERRED = ("tag", "segment", "profile", "other", "first", "second", "kind", "message", "bin")
ODD = ("a\x00b", "9" * 40, "-1", "\ud83d")
# The walk is long: its parts may go side by side.
PARTS = 4
ODDER = ("\x00", "1e999", "%", "' OR 1=1 --", "𝕏" * 3000, "[]", "{}")


def names_of(place: Address) -> list[str]:
    parameters = operation(place.route, "get").get("parameters", [])
    return (
        [item["name"] for item in parameters if item["in"] == "query"]
        if place.is_api
        else [*ASKED, *REFERRED]
    )


def values_for(place: Address) -> tuple[str, ...]:
    """Return what is asked of the place: pages take their time, and those of the admin are all alike."""
    if place.is_api:
        return (*ODD, *ODDER)
    return ODD if place.admin_model is None else (ODD[zlib.crc32(place.route.encode()) % len(ODD)],)


def questions(place: Address) -> Iterator[str]:
    """Yield queries in which all parameters are hostile in the same way."""
    for value in values_for(place):
        encoded = "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "surrogatepass"))
        yield "&".join(f"{name}={encoded}" for name in names_of(place))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("is_api", [True, False], ids=["api", "pages"])
def test_no_question_makes_an_address_fail(world: World, is_api: bool, part: int) -> None:
    ours, _ = make_sides(world)
    client: Client = world.api() if is_api else world.browser(world.alice)
    client.raise_request_exception = False
    failed: list[str] = []
    for place in addresses()[part::PARTS]:
        if place.is_api is not is_api or "get" not in place.methods or "logout" in place.route:
            continue
        path = place.filled({}, ours)
        for question in dict.fromkeys(questions(place)):
            with transaction.atomic():
                if client.get(f"{path}?{question}").status_code == 500:
                    failed.append(f"{path}?{question[:80]}")
                transaction.set_rollback(True)
    assert failed == []
