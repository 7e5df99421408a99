"""Who may call what under /cdm: every address and method there is, both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from cdp.permissions import ALL_CODES, IMPORT_RUN, PROFILE_READ, PROFILE_WRITE, SETTINGS_WRITE
from tests.architecture.addresses import Address, addresses
from tests.architecture.bodies import body_for
from tests.architecture.sides import Side, make_sides
from tests.world import World

PLACES = [place for place in addresses() if place.is_api and place.route.startswith("cdm/")]
CALLS = [(place, method) for place in PLACES for method in place.methods]
# What another code opens than reading and writing customers.
OTHERS = {
    "cdm/orders/import": IMPORT_RUN,
    "cdm/rules": SETTINGS_WRITE,
    "cdm/rules/preview": SETTINGS_WRITE,
    "cdm/rules/<id:rule_id>": SETTINGS_WRITE,
    "cdm/rules/<id:rule_id>/firings": SETTINGS_WRITE,
}


def code_of(place: Address, method: str) -> str:
    return OTHERS.get(place.route, PROFILE_READ if method == "get" else PROFILE_WRITE)


def statuses(world: World, side: Side, *, opens: bool) -> dict[str, int]:
    """Call everything with its own code alone, or with every other; return how each was answered."""
    keys: dict[frozenset[str], str] = {}
    found: dict[str, int] = {}
    for place, method in CALLS:
        code = code_of(place, method)
        codes = frozenset({code} if opens else ALL_CODES - {code})
        if codes not in keys:
            keys[codes] = world.scoped_key(*codes)
        body: Any = body_for(place.route, method, side)
        with transaction.atomic():
            response = world.api(keys[codes]).generic(
                method.upper(),
                place.filled({}, side),
                "" if body is None else json.dumps(body),
                content_type="application/json",
            )
            transaction.set_rollback(True)
        found[f"{method} {place}"] = response.status_code
    return found


@pytest.mark.conforms("R168", "R154")
def test_the_permission_and_no_other_opens_the_endpoint(world: World) -> None:
    side, _ = make_sides(world)
    assert len(CALLS) > 60
    opened = statuses(world, side, opens=True)
    shut = {call: status for call, status in opened.items() if status in {401, 403, 405} or status >= 500}
    closed = statuses(world, side, opens=False)
    leaks = {call: status for call, status in closed.items() if status != 403}
    assert (shut, leaks) == ({}, {})
