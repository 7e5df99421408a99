"""Searches, settings and models through the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from tests.cdp.queue import own_queue
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World
from unify.choices import ModelOrigin, ModelState, RunKind, RunState
from unify.finding.current import current_model, next_number
from unify.models import MatchModelVersion, MatchRun, MatchSettings


@pytest.fixture(autouse=True)
def queue() -> Iterator[None]:
    with own_queue():
        yield


def draft(tenant: Tenant, **changes: Any) -> MatchModelVersion:
    _version, model = current_model(tenant)
    number = next_number()
    file = model.model_copy(update={"version": number, **changes}).model_dump(mode="json")
    return MatchModelVersion.objects.create(number=number, origin=ModelOrigin.EDITED, model=file)


@pytest.mark.conforms("R175")
def test_a_search_is_ordered_looked_at_and_given_up(api: APIClient, acme: Tenant) -> None:
    response = api.post("/unify/runs", {"kind": "deep"})
    body = response.json()
    assert (response.status_code, body["kind"], body["state"]) == (202, "deep", "waiting")
    assert response["Location"] == f"/unify/runs/{body['id']}"
    assert api.get(response["Location"]).json() == body
    problem(api.post("/unify/runs", {}), 409)
    assert api.post(f"{response['Location']}/cancel").json()["state"] == "cancelled"
    problem(api.post(f"{response['Location']}/cancel"), 409)
    assert [one["id"] for one in api.get("/unify/runs?kind=deep").json()["data"]] == [body["id"]]
    assert api.get("/unify/runs?kind=training").json()["data"] == []
    for kind in ("training", "dry_run", "x", 1, None):
        problem(api.post("/unify/runs", {"kind": kind}), 400)


@pytest.mark.conforms("B52")
def test_settings_are_changed_as_far_as_they_are_named(api: APIClient, acme: Tenant) -> None:
    before = api.get("/unify/settings").json()
    said = {
        "mergeScore": 95,
        "needsSecondPerson": True,
        "sourceRanks": ["ERP", "POS"],
        "survivorship": {"companyName": "longest", "attributes.vip": "most_recent"},
    }
    body = api.patch("/unify/settings", said).json()
    changed = {name: body[name] for name in body if body[name] != before[name]}
    assert {name: changed[name] for name in said} == said
    assert changed.keys() - said.keys() == {"updatedAt", "updatedBy"}
    assert MatchSettings.objects.get().survivorship == {
        "company_name": "longest",
        "attributes.vip": "most_recent",
    }
    assert AuditEntry.objects.filter(verb="match_settings.change").count() == 1


@pytest.mark.conforms("B52", "R170")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mergeScore": 101}, "mergeScore"),
        ({"mergeScore": "95"}, "mergeScore"),
        ({"reviewScore": 95}, "reviewScore"),
        ({"largestCluster": 1}, "largestCluster"),
        ({"needsSecondPerson": "true"}, "needsSecondPerson"),
        ({"riskyEvents": 2**31}, "riskyEvents"),
        ({"survivorship": {"nonsense": "longest"}}, "survivorship.nonsense"),
        ({"survivorship": {"email": "nicest"}}, "survivorship.email"),
        ({"sourceRanks": ["a\x00"]}, ""),
        ({"sourceRanks": "ERP"}, "sourceRanks"),
        ({"toldAt": "2026-01-01T00:00:00Z"}, "toldAt"),
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(
    api: APIClient, acme: Tenant, wrong: dict[str, Any], field: str
) -> None:
    before = api.get("/unify/settings").json()
    with nothing_written():
        errors = problem(api.patch("/unify/settings", wrong), 400).get("errors", {})
    assert not field or field in errors, errors
    assert api.get("/unify/settings").json() == before


@pytest.mark.conforms("B51", "B52")
def test_a_version_is_compared_and_taken_into_use(api: APIClient, acme: Tenant) -> None:
    first, model = current_model(acme)
    second = draft(acme, probability_two_random_records_match=0.5)
    listed = api.get("/unify/models").json()["data"]
    assert [(one["number"], one["state"]) for one in listed] == [(2, "draft"), (1, "published")]
    shown = api.get(f"/unify/models/{second.pk}").json()
    assert (shown["untrained"], "term_frequencies" in shown["model"]) == ([], False)
    difference = api.get(f"/unify/models/{second.pk}/diff").json()
    assert (difference["before"], difference["after"], difference["priorAfter"]) == (1, 2, 0)
    assert api.post(f"/unify/models/{second.pk}/publish", {}).json()["state"] == "published"
    first.refresh_from_db()
    assert first.state == ModelState.RETIRED
    problem(api.post(f"/unify/models/{second.pk}/publish", {}), 409)
    assert model.version == 1


@pytest.mark.conforms("B51", "R175")
def test_trainings_and_trials_are_runs(api: APIClient, acme: Tenant) -> None:
    second = draft(acme)
    for path, kind in (
        ("/unify/models/train", "training"),
        (f"/unify/models/{second.pk}/dry-run", "dry_run"),
    ):
        response = api.post(path)
        assert (response.status_code, response.json()["kind"]) == (202, kind)
        assert api.get(response["Location"]).json()["id"] == response.json()["id"]
        problem(api.post(path), 409)
        MatchRun.objects.update(state=RunState.DONE)
    problem(api.post("/unify/models/calibrate"), 409)


@pytest.mark.conforms("R158")
def test_a_strangers_runs_and_models_are_not_there(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        version = draft(world.zenith)
        run = MatchRun.objects.create(kind=RunKind.DEEP)
    api = world.api()
    problem(api.get(f"/unify/runs/{run.pk}"), 404)
    problem(api.post(f"/unify/runs/{run.pk}/cancel"), 404)
    for path in ("", "/diff"):
        problem(api.get(f"/unify/models/{version.pk}{path}"), 404)
    for act, body in (("publish", {}), ("dry-run", None)):
        problem(api.post(f"/unify/models/{version.pk}/{act}", body), 404)
    own = current_model(acme)[0]
    problem(api.get(f"/unify/models/{own.pk}/diff?against={version.pk}"), 404)
