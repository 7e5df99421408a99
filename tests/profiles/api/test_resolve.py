"""Who is this?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, ProfileIdentifier
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

PATH = "/api/v1/customers/resolve"


def by_query(api: APIClient, hints: dict[str, Any]) -> Any:
    flat: dict[str, Any] = dict(hints)
    if "create" in flat:
        flat["create"] = str(flat["create"]).lower()
    ids: dict[str, str] = flat.pop("externalIds", {})
    return api.get(f"{PATH}?{urlencode({**flat, **{f'externalIds[{k}]': v for k, v in ids.items()}})}")


def by_body(api: APIClient, hints: dict[str, Any]) -> Any:
    return api.post(PATH, hints)


both_ways = pytest.mark.parametrize("ask", [by_query, by_body])


@pytest.mark.conforms("R35", "R30")
@both_ways
@pytest.mark.parametrize(
    ("hints", "matched_by", "confidence"),
    [
        ({"authUserId": "auth0|1"}, ["authUserId"], 100),
        ({"email": " SOMCHAI@Example.com"}, ["email"], 95),
        ({"phoneNumber": "081 234 5678"}, ["phone"], 85),
        ({"phone": "+66812345678"}, ["phone"], 85),
        ({"sclMemberId": 42}, ["sclMemberId"], 100),
        ({"teetimePlayerId": "tt"}, ["teetimePlayerId"], 100),
        ({"externalIds": {"lineUserId": "U1"}}, ["externalId"], 100),
    ],
)
def test_a_known_person_is_found_by(
    api: APIClient, somchai: Profile, ask: Any, hints: dict[str, Any], matched_by: list[str], confidence: int
) -> None:
    Profile.objects.update(auth_user_id="auth0|1", scl_member_id=42, teetime_player_id="tt")
    ProfileIdentifierFactory(profile=somchai, source="LINE", external_id="U1")
    with nothing_written():
        response = ask(api, hints)
    assert response.status_code == 200, response.content
    body = response.json()
    assert body["profile"]["id"] == str(somchai.pk)
    assert (body["isNew"], body["matchedBy"], body["confidence"]) == (False, matched_by, confidence)
    assert body["conflicts"] == []


@pytest.mark.conforms("R35")
@both_ways
def test_an_unknown_person_becomes_a_customer_once(api: APIClient, acme: Tenant, ask: Any) -> None:
    hints = {"email": "new@example.com", "externalIds": {"lineUserId": "U1"}, "source": "LINE"}
    first, second = ask(api, hints).json(), ask(api, hints).json()
    assert (first["isNew"], second["isNew"]) == (True, False)
    assert first["profile"]["id"] == second["profile"]["id"]
    assert (first["profile"]["status"], first["profile"]["lifecycleStage"]) == ("ACTIVE", "SUBSCRIBER")
    assert first["matchedBy"] == []
    assert ProfileIdentifier.objects.get().external_id == "U1"


@pytest.mark.conforms("R35")
@both_ways
def test_a_mere_look_up_makes_nobody(api: APIClient, acme: Tenant, ask: Any) -> None:
    with nothing_written():
        body = ask(api, {"email": "new@example.com", "create": False}).json()
    assert body == {"profile": None, "isNew": False, "matchedBy": [], "confidence": 0, "conflicts": []}


@both_ways
def test_hints_of_two_customers_are_a_conflict(api: APIClient, somchai: Profile, ask: Any) -> None:
    other = ProfileFactory(auth_user_id="auth0|2")
    body = ask(api, {"authUserId": "auth0|2", "email": somchai.email}).json()
    assert (body["profile"]["id"], body["conflicts"]) == (str(other.pk), [str(somchai.pk)])


@both_ways
def test_a_stranger_is_nobody_here(api: APIClient, world: World, ask: Any) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
    body = ask(api, {"email": theirs.email, "create": False}).json()
    assert body["profile"] is None


@pytest.mark.conforms("R154")
@both_ways
def test_making_somebody_needs_the_permission_to_write(world: World, acme: Tenant, ask: Any) -> None:
    reader = world.api(world.scoped_key(PROFILE_READ))
    with nothing_written():
        assert PROFILE_WRITE in problem(ask(reader, {"email": "new@example.com"}), 403)["detail"]
        assert ask(reader, {"email": "new@example.com", "create": False}).status_code == 200


@pytest.mark.conforms("R170")
@both_ways
@pytest.mark.parametrize(
    ("hints", "field"),
    [
        ({"email": "x"}, "email"),
        ({"phoneNumber": "1"}, "phoneNumber"),
        ({"sclMemberId": "abc"}, "sclMemberId"),
        ({"sclMemberId": 2**63}, "sclMemberId"),
        ({"authUserId": ""}, "authUserId"),
        ({"authUserId": "x" * 256}, "authUserId"),
        ({"create": "maybe"}, "create"),
        ({"tenantId": "x"}, "tenantId"),
        ({"externalIds": {"lineUserId": ""}}, "externalIds.lineUserId"),
        ({"externalIds": {"x" * 41: "5"}}, "externalIds." + "x" * 41),
    ],
)
def test_a_bad_hint_is_refused_by_name(
    api: APIClient, acme: Tenant, ask: Any, hints: dict[str, Any], field: str
) -> None:
    with nothing_written():
        response = ask(api, {"messagingContactId": "mc", **hints})
    assert list(problem(response, 400)["errors"]) == [field]


@both_ways
@pytest.mark.parametrize("hints", [{}, {"source": "LINE"}, {"email": "null@null.com"}])
def test_hints_that_say_nothing_are_refused(
    api: APIClient, acme: Tenant, ask: Any, hints: dict[str, Any]
) -> None:
    with nothing_written():
        problem(ask(api, hints), 400)


@pytest.mark.parametrize(
    "query", ["externalIds=x", "externalIds[a]=1&externalIds=2", "a[b]=c", "[a]=1", "a[[b]]=1"]
)
def test_a_strange_query_is_refused(api: APIClient, acme: Tenant, query: str) -> None:
    with nothing_written():
        problem(api.get(f"{PATH}?{query}"), 400)


@pytest.mark.conforms("R178")
@both_ways
def test_a_known_person_costs_few_questions(api: APIClient, somchai: Profile, ask: Any) -> None:
    hints = {"email": somchai.email, "create": False}
    ask(api, hints)  # the key's last use is written once a minute
    with CaptureQueriesContext(connection) as captured:
        assert ask(api, hints).json()["profile"]["phoneNumber"] == "+66812345678"
    assert len(captured) <= 3


@both_ways
def test_what_is_linked_shows_in_the_answer(api: APIClient, somchai: Profile, ask: Any) -> None:
    body = ask(api, {"email": somchai.email, "authUserId": "auth0|9"}).json()
    assert (body["profile"]["authUserId"], body["profile"]["version"]) == ("auth0|9", 2)
