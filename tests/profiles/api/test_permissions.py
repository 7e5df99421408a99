"""Who may call what: every endpoint, both ways."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver
from rest_framework.test import APIClient

from cdp.api.views import ApiMixin
from cdp.models import Tenant
from cdp.permissions import ALL_CODES
from profiles.api import urls
from tests.profiles.api.endpoints import CALLS, PENDING, Call, make_ids
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

each_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")


@pytest.mark.conforms("R154", "R168")
@each_call
def test_the_permission_opens_the_endpoint(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids()
    response = call.send(world.api(world.scoped_key(call.code)), ids)
    assert response.status_code == call.status, response.content


@pytest.mark.conforms("R154")
@each_call
def test_without_the_permission_nothing_happens(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids()
    client = world.api(world.scoped_key(*(ALL_CODES - {call.code})))
    with nothing_written():
        problem(call.send(client, ids), 403)


@pytest.mark.conforms("R154")
@each_call
def test_nobody_gets_in_without_saying_who_they_are(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids()
    with nothing_written():
        response = call.send(APIClient(), ids)
        problem(response, 401)
        assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.conforms("R158", "R153")
@each_call
def test_a_tenant_that_is_not_the_callers_is_refused(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids()
    client = world.api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {world.key}", HTTP_X_TENANT_ID=str(world.zenith.pk))
    with nothing_written():
        problem(call.send(client, ids), 403)


@pytest.mark.conforms("R168")
@pytest.mark.parametrize("call", PENDING, ids=lambda call: call.path)
def test_what_is_not_installed_says_so(api: APIClient, acme: Tenant, call: Call) -> None:
    ids = make_ids()
    with nothing_written():
        assert problem(call.send(api, ids), 501)["type"] == "/problems/not-implemented"
        if "{profile}" in call.path:
            problem(call.send(api, {**ids, "profile": "018f3c1e-0000-7000-8000-000000000001"}), 404)


@pytest.mark.conforms("R168")
def test_every_endpoint_has_a_call_in_the_table() -> None:
    declared = {
        (method, re.sub(r"<[^>]+>", "*", str(pattern.pattern)))
        for pattern in urls.urlpatterns
        for method in _methods(pattern)
    }
    called = {(call.method, re.sub(r"\{[^}]+\}", "*", _bare(call.path))) for call in CALLS}
    assert declared == called


@pytest.mark.conforms("R168")
def test_fixed_routes_win_over_ids() -> None:
    for path in ("statistics", "bulk", "merge", "sync", "detect-duplicates"):
        assert get_resolver().resolve(f"/profiles/{path}").url_name != "profile-detail"


def _bare(path: str) -> str:
    return path.partition("?")[0].lstrip("/").replace("external/ERP/ERP001", "external/*/*")


def _methods(pattern: URLPattern) -> list[str]:
    view: Any = pattern.callback
    actions = getattr(view, "actions", None)
    names = actions or [name.lower() for name in view.view_class().allowed_methods]
    assert issubclass(getattr(view, "cls", ApiMixin), ApiMixin)
    return [name for name in names if name not in {"head", "options"}]
