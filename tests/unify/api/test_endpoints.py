"""Who may call what, and what no caller may send: every endpoint, both ways."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.models import ApiKey, Tenant
from cdp.permissions import ALL_CODES
from cdp.tenancy.context import tenant_context
from tests.profiles.api.endpoints import Call
from tests.profiles.api.expect import nothing_written, problem
from tests.profiles.api.test_hostile import BODIES
from tests.unify.api.endpoints import CALLS, READS, make_ids
from tests.world import World
from unify.api import urls
from unify.models import Candidate, MatchSettings, Merge, ReviewCase, Verdict

each_call = pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")
WITH_BODY = [call for call in CALLS if call.body]


def state() -> list[Any]:
    models: tuple[Any, ...] = (Candidate, ReviewCase, Verdict, Merge, MatchSettings)
    return [list(model.objects.order_by("pk").values()) for model in models]


def hold(case_id: str, key: str) -> None:
    """Let the key look at the case, for the calls that need it."""
    actor = ApiKey.objects.matching(key).get().actor
    until = timezone.now() + timedelta(minutes=5)
    ReviewCase.objects.filter(pk=case_id).update(claimed_by=str(actor), claimed_until=until)


@pytest.mark.conforms("R36", "R38", "R39", "R40", "R154")
@each_call
def test_the_permission_opens_the_endpoint(world: World, acme: Tenant, call: Call) -> None:
    ids, key = make_ids(world, acme, call), world.scoped_key(call.code)
    if "{held}" in call.path:
        hold(ids["held"], key)
    response = call.send(world.api(key), ids)
    assert response.status_code == call.status, response.content


@pytest.mark.conforms("R154")
@each_call
def test_without_the_permission_nothing_happens(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids(world, acme, call)
    client, before = world.api(world.scoped_key(*(ALL_CODES - {call.code}))), state()
    with nothing_written():
        problem(call.send(client, ids), 403)
        problem(call.send(APIClient(), ids), 401)
    assert state() == before


@pytest.mark.conforms("R158")
@each_call
def test_a_stranger_finds_nothing_there(world: World, acme: Tenant, call: Call) -> None:
    """The ids are those of acme; zenith, with every scope, gets the answer it would get for made-up ones."""
    ids, before = make_ids(world, acme, call), state()
    has_ids = "{" in call.path or "$" in str(call.body)
    with tenant_context(None):
        response = call.send(world.api(world.stranger_key), ids)
    if has_ids:
        problem(response, 404)
    text = response.content.decode()
    assert not any(value in text for value in ids.values() if value not in call.path)
    assert state() == before


@pytest.mark.conforms("R170")
@pytest.mark.parametrize("call", WITH_BODY, ids=lambda call: f"{call.method} {call.path}")
def test_a_broken_body_is_refused(world: World, acme: Tenant, call: Call) -> None:
    ids = make_ids(world, acme, call)
    path, send, before = call.path.format(**ids), getattr(world.api(), call.method), state()
    for name, body in BODIES.items():
        assert problem(send(path, body, content_type="application/json"), 400), name
    problem(send(path, {**call.body, "nonsense": 1} if call.body else None), 400)
    assert state() == before


@pytest.mark.conforms("R170")
@pytest.mark.parametrize("call", READS, ids=lambda call: call.path)
def test_odd_questions_are_refused(world: World, acme: Tenant, call: Call) -> None:
    path, api = call.path.format(**make_ids(world, acme, call)), world.api()
    joint = "&" if "?" in path else "?"
    for question in ("nonsense=1", "a%00b=1", "tenant_id=1", "page=0", "limit=1e9", "profileId=x"):
        problem(api.get(f"{path}{joint}{question}"), 400)


@pytest.mark.conforms("R168")
def test_every_endpoint_has_a_call_in_the_table() -> None:
    declared = {
        (method, re.sub(r"<[^>]+>", "*", str(pattern.pattern)))
        for pattern in urls.urlpatterns
        for method in _methods(pattern.callback)
    }
    called = {
        (call.method, re.sub(r"\{[^}]+\}", "*", call.path.partition("?")[0].lstrip("/"))) for call in CALLS
    }
    assert declared == called


def _methods(callback: Any) -> list[str]:
    actions = getattr(callback, "actions", None)
    names = actions or [name.lower() for name in callback.view_class().allowed_methods]
    return [name for name in names if name not in {"head", "options"}]
