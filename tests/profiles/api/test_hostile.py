"""Input that means harm: always a problem that says what to change, never a fault, never a trace."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import LazySettings
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.profiles.api.endpoints import CALLS, PENDING, READS, Call, make_ids
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

WITH_BODY = [call for call in CALLS if call.body and call not in PENDING]
each_body = pytest.mark.parametrize("call", WITH_BODY, ids=lambda call: f"{call.method} {call.path}")
DEEP = b'{"attributes":' * 40 + b"1" + b"}" * 40
BODIES = {
    "nothing": b"",
    "half": b'{"firstName": "Ma',
    "two": b"{}{}",
    "list": b"[]",
    "list of objects": b'[{"firstName": "Mali"}]',
    "text": b'"Mali"',
    "number": b"1",
    "null": b"null",
    "NaN": b'{"sclMemberId": NaN}',
    "Infinity": b'{"sclMemberId": Infinity}',
    "infinite float": b'{"attributes": {"a": 1e999}}',
    "5000 digits": b'{"sclMemberId": ' + b"9" * 5000 + b"}",
    "null character": b'{"firstName": "a\\u0000b"}',
    "null character in a name": b'{"first\\u0000Name": "a"}',
    "half a pair": b'{"firstName": "\\ud83d"}',
    "not UTF-8": b'{"firstName": "\xff"}',
    "UTF-16": '{"firstName": "Mali"}'.encode("utf-16"),
    "deep": DEEP,
    "too deep for the parser": b"[" * 100_000 + b"]" * 100_000,
    "control characters": b'{"firstName": "a\x07b"}',
}


@pytest.mark.conforms("R170")
@each_body
def test_a_broken_body_is_refused(api: APIClient, acme: Tenant, call: Call) -> None:
    path = call.path.format(**make_ids())
    send = getattr(api, call.method)
    with nothing_written():
        for name, body in BODIES.items():
            response = send(path, body, content_type="application/json")
            assert problem(response, 400), name


@each_body
def test_a_body_of_another_type_is_refused(api: APIClient, acme: Tenant, call: Call) -> None:
    path = call.path.format(**make_ids())
    with nothing_written():
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "json", ""):
            problem(api.generic(call.method.upper(), path, "firstName=Mali", content_type=kind), 415)


@each_body
def test_an_oversized_body_is_refused(
    api: APIClient, acme: Tenant, settings: LazySettings, call: Call
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    ids = make_ids()
    body = json.dumps({**call.body, "padding": "x" * 1000}) if call.body else ""
    with nothing_written():
        path = call.path.format(**ids)
        problem(getattr(api, call.method)(path, body, content_type="application/json"), 413)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("delete", "/profiles"),
        ("patch", "/profiles"),
        ("post", "/profiles/statistics"),
        ("get", "/profiles/bulk"),
        ("get", "/profiles/merge"),
        ("post", "/profiles/{profile}"),
        ("get", "/profiles/{profile}/identifiers"),
        ("put", "/api/v1/customers/{profile}"),
        ("delete", "/api/v1/customers/{profile}"),
        ("options", "/profiles"),
        ("trace", "/profiles"),
    ],
)
def test_a_method_that_is_not_there_is_named_so(api: APIClient, acme: Tenant, method: str, path: str) -> None:
    path = path.format(**make_ids())
    with nothing_written():
        response = getattr(api, method)(path)
        problem(response, 405)
    assert response["Allow"]
    problem(getattr(APIClient(), method)(path), 401)


@pytest.mark.parametrize("call", READS, ids=lambda call: call.path)
def test_an_unknown_query_parameter_is_refused(api: APIClient, acme: Tenant, call: Call) -> None:
    path = call.path.format(**make_ids())
    joint = "&" if "?" in path else "?"
    for parameter in ("nonsense", "tenant_id", "email__contains", "id[]"):
        assert parameter in problem(api.get(f"{path}{joint}{parameter}=1"), 400)["errors"]


@pytest.mark.parametrize("call", READS, ids=lambda call: call.path)
def test_unstorable_text_in_a_query_is_refused(api: APIClient, acme: Tenant, call: Call) -> None:
    path = call.path.format(**make_ids())
    joint = "&" if "?" in path else "?"
    for text in ("a%00b=1", "search=%00", "search%00=1"):
        problem(api.get(f"{path}{joint}{text}"), 400)


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Bearer cdp_\x00"},
        {"Authorization": "Bearer ก".encode().decode("latin-1")},
        {"Authorization": "Basic YTpi"},
        {"X-API-Key": "nonsense"},
        {"X-API-Key": ""},
        {"X-API-Key": "x" * 100_000},
    ],
)
def test_a_bad_key_is_no_way_in(world: World, acme: Tenant, headers: dict[str, str]) -> None:
    problem(APIClient().get("/profiles", headers=headers), 401)


@pytest.mark.conforms("R153", "R158")
@pytest.mark.parametrize(
    "tenant", ["zenith", "nonsense", "\x00", "ก".encode().decode("latin-1"), "*", "acme,zenith", ""]
)
def test_a_bad_tenant_header_is_refused(world: World, acme: Tenant, tenant: str) -> None:
    problem(world.api().get("/profiles", headers={"x-tenant-id": tenant}), 403)


@pytest.mark.conforms("R153")
def test_the_callers_own_tenant_may_be_named(world: World, acme: Tenant) -> None:
    for tenant in (str(acme.pk), acme.slug):
        assert world.api().get("/profiles", headers={"x-tenant-id": tenant}).status_code == 200


def test_answers_are_json_whatever_is_asked_for(api: APIClient, acme: Tenant) -> None:
    for accept in ("text/html", "application/xml", "nonsense", ""):
        response = api.get("/profiles", headers={"Accept": accept})
        assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_an_unknown_address_of_the_api_is_a_problem(world: World) -> None:
    for path in ("/profiles/nobody", "/api/v1/nothing", "/profiles/external/ERP", "/profiles/"):
        problem(world.api().get(path), 404)


def test_a_person_without_the_form_token_changes_nothing(world: World) -> None:
    client: Any = APIClient(enforce_csrf_checks=True)
    client.force_login(world.alice, backend="django.contrib.auth.backends.ModelBackend")
    with tenant_context(world.acme), nothing_written():
        problem(client.post("/profiles", {"firstName": "Mali"}), 403)
