"""Every address there is, walked by one tenant with the ids of another: nothing is shown, nothing changes.

The walk is derived from the URLs, the admin's registry and the OpenAPI document, so what is added is walked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from rest_framework.test import APIClient

from tests.architecture.addresses import WORDS, Address, addresses
from tests.architecture.bodies import body_for, query_for
from tests.architecture.sides import MARKER, SEARCH, Side, make_sides, state_of
from tests.world import World

# A walk asks everything and looks at little: what it passes is not thereby tested, and tracing it is slow.
pytestmark = pytest.mark.no_cover
ALL = addresses()
REFUSED = {302, 400, 403, 404, 405, 409, 410, 415, 501}
# Their blanks hold no tenant's rows, so there is nothing to refuse.
NOT_A_TENANTS = {"password_reset_confirm", "view_on_site"}
# What anybody may open.
PUBLIC = {
    "healthz",
    "readyz",
    "login",
    "logout",
    "jsi18n",
    "openapi",
    "api-docs",
    "set_language",
    "admin_password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
}
Sides = tuple[Side, Side]


@pytest.fixture
def sides(world: World) -> Sides:
    return make_sides(world)


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{content.decode(errors='replace')}"


def faults(what: str, response: HttpResponseBase, *, refused: bool) -> Iterator[str]:
    """Yield what is wrong with an answer to a request that named a stranger's rows."""
    text = text_of(response)
    if MARKER.lower() in text.lower():
        at = text.lower().index(MARKER.lower())
        yield f"{what} shows {text[max(0, at - 60) : at + 60]!r}"
    if response.status_code >= 500 and response.status_code != 501:
        yield f"{what} fails with {response.status_code}"
    if refused and response.status_code not in REFUSED:
        yield f"{what} is answered with {response.status_code}"


def walk(sides: Sides, places: list[Address], visit: Callable[[Address], Iterator[str]]) -> list[str]:
    """Visit each place in a transaction that is rolled back; return what went wrong."""
    before = state_of(sides[1])
    found: list[str] = []
    for place in places:
        with transaction.atomic():
            found += visit(place)
            if state_of(sides[1]) != before:
                found.append(f"{place} changed something of the stranger's")
            transaction.set_rollback(True)
    return found


def mixtures(place: Address, sides: Sides) -> list[str]:
    """Return the place's paths with a stranger in all blanks, and in each one beside our own rows."""
    ours, theirs = sides
    paths = [place.filled({}, theirs)]
    if len(place.blanks) > 1:
        paths += [place.filled({blank: theirs}, ours) for blank in place.blanks]
    return list(dict.fromkeys(paths))


def call(client: Client, place: Address, path: str, method: str, theirs: Side) -> Any:
    if place.is_api:
        body = body_for(place.route, method, theirs)
        return client.generic(method.upper(), path, _json(body), content_type="application/json")
    return getattr(client, method)(path, _form(theirs) if method == "post" else None)


def _json(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def _form(theirs: Side) -> dict[str, Any]:
    """Return form data that names the stranger under every name our forms use for ids."""
    profile = theirs.pk("profiles.Profile")
    return {
        "ids": [profile],
        "act": "deactivate",
        "profile": profile,
        "tenant": str(theirs.tenant.pk),
        "tag": theirs.pk("profiles.Tag"),
        "tags": theirs.pk("profiles.Tag"),
        "segment": theirs.pk("profiles.Segment"),
        "segments": theirs.pk("profiles.Segment"),
        "name": "written",
    }


def visitor(world: World, place: Address) -> Client:
    return world.api() if place.is_api else world.browser(world.alice)


def test_every_address_can_be_filled_and_answers_for_our_own_rows(world: World, sides: Sides) -> None:
    """Without this, a walk with wrong ids would find nothing because it asked for nothing."""

    def visit(place: Address) -> Iterator[str]:
        path = place.filled({}, sides[0])
        response = visitor(world, place).get(path)
        if response.status_code in {404, 500}:
            yield f"{path} is answered with {response.status_code} to its own tenant"

    places = [place for place in ALL if place.blanks and place.name not in NOT_A_TENANTS]
    assert walk(sides, [place for place in places if not _is_for_superusers(place)], visit) == []


def _is_for_superusers(place: Address) -> bool:
    """Tell whether the page is of the platform: schedules and locked log-ins belong to nobody's tenant."""
    model = place.admin_model
    return model is not None and model.__module__.split(".")[0] in {"axes", "django_celery_beat"}


def test_an_address_with_a_strangers_id_shows_and_changes_nothing(world: World, sides: Sides) -> None:
    def visit(place: Address) -> Iterator[str]:
        client = visitor(world, place)
        for path in mixtures(place, sides):
            for method in place.methods:
                response = call(client, place, path, method, sides[1])
                yield from faults(f"{method} {path}", response, refused=not WORDS.issuperset(place.blanks))

    places = [place for place in ALL if place.blanks and place.name not in NOT_A_TENANTS]
    assert len(places) > 40
    assert walk(sides, places, visit) == []


def test_an_address_without_ids_shows_and_changes_nothing_of_a_stranger(world: World, sides: Sides) -> None:
    def visit(place: Address) -> Iterator[str]:
        path = place.filled({}, sides[1])
        client = visitor(world, place)
        query = query_for(place.route, sides[1]) if place.is_api else {"q": SEARCH, "search": SEARCH}
        for asked in ({}, query):
            yield from faults(f"get {path} {asked}", client.get(path, asked), refused=False)
        for method in set(place.methods) - {"get"}:
            response = call(client, place, path, method, sides[1])
            yield from faults(f"{method} {path}", response, refused=False)

    assert walk(sides, [place for place in ALL if not place.blanks], visit) == []


def test_naming_a_strangers_tenant_in_the_header_is_forbidden(world: World, sides: Sides) -> None:
    clients = [world.api(), world.browser(world.alice)]

    def visit(place: Address) -> Iterator[str]:
        path = place.filled({}, sides[1])
        for client, name in zip(clients, (str(world.zenith.pk), "zenith"), strict=True):
            response = client.get(path, headers={"x-tenant-id": name})
            if response.status_code not in {403, 405}:
                yield f"{path} as {name} is answered with {response.status_code}"
            yield from faults(path, response, refused=False)

    places = [place for place in ALL if place.is_api]
    assert len(places) > 20
    assert walk(sides, places, visit) == []


def test_nobody_gets_anything_without_logging_in(world: World, sides: Sides) -> None:
    def visit(place: Address) -> Iterator[str]:
        path = place.filled({}, sides[0])
        response: Any = (APIClient() if place.is_api else Client()).get(path)
        if response.status_code not in {301, 302, 401, 403, 404, 405, 410}:
            yield f"{path} is answered with {response.status_code} to anybody"
        if "acmeown" in text_of(response).lower():
            yield f"{path} shows data to anybody"

    assert walk(sides, [place for place in ALL if place.name not in PUBLIC], visit) == []


def test_the_admins_actions_suggestions_and_forms_know_no_stranger(
    world: World, sides: Sides, rf: Any
) -> None:
    browser = world.browser(world.alice)
    request = rf.get("/")
    request.user, request.membership = world.alice, sides[0].rows["cdp.Membership"]
    before = state_of(sides[1])
    found: list[str] = []
    for model_admin in admin.site._registry.values():
        with transaction.atomic():
            found += _admin_faults(browser, model_admin, request, sides[1])
            if state_of(sides[1]) != before:
                found.append(f"{model_admin} changed something of the stranger's")
            transaction.set_rollback(True)
    assert found == []


def _admin_faults(browser: Client, model_admin: Any, request: Any, theirs: Side) -> Iterator[str]:
    options = model_admin.model._meta
    base = f"/admin/{options.app_label}/{options.model_name}/"
    target = theirs.pk(options.label) if options.label in theirs.rows else "1"
    for action in model_admin.get_actions(request):
        data = {"action": action, "_selected_action": [target], "post": "yes", "index": "0"}
        yield from faults(f"{base} {action}", browser.post(base, data), refused=False)
    for name in model_admin.get_autocomplete_fields(request):
        asked = {"app_label": options.app_label, "model_name": options.model_name, "field_name": name}
        response = browser.get("/admin/autocomplete/", {**asked, "term": SEARCH})
        yield from faults(f"{base} suggestions for {name}", response, refused=False)
    yield from faults(f"{base} forged", browser.post(f"{base}add/", _forged(options, theirs)), refused=False)


def _forged(options: Any, theirs: Side) -> dict[str, str]:
    """Return a form that points to the stranger's rows wherever it can."""
    return {
        field.name: theirs.pk(field.related_model._meta.label)
        if field.related_model and field.related_model._meta.label in theirs.rows
        else "written"
        for field in options.local_fields
    }
