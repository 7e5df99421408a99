"""The OpenAPI document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from tests.world import World

OPEN_TO_ALL = {"/api-json", "/api/docs"}


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    response = Client().get("/api-json")
    assert response.status_code == 200
    body: dict[str, Any] = response.json()
    return body


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, described)
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    ]


@pytest.mark.conforms("R169")
def test_every_operation_is_described_with_its_answers_and_problems(document: dict[str, Any]) -> None:
    problem = {"$ref": "#/components/schemas/Problem"}
    for path, method, described in operations(document):
        name = f"{method} {path}"
        assert described["summary"], name
        assert described["description"], name
        assert {"apiKey": []} in described["security"], name
        assert {"400", "401", "403"} <= set(described["responses"]), name
        for status, response in described["responses"].items():
            if int(status) >= 400:
                assert response["content"]["application/problem+json"]["schema"] == problem, name
            elif "application/json" in response.get("content", {}):
                assert "$ref" in response["content"]["application/json"]["schema"], name


@pytest.mark.conforms("R169")
def test_bodies_are_described_with_an_example_and_refuse_what_is_unknown(document: dict[str, Any]) -> None:
    bodies = [one for one in operations(document) if "requestBody" in one[2]]
    assert len(bodies) >= 18
    for path, method, described in bodies:
        content = described["requestBody"]["content"]
        if "application/json" not in content:
            continue
        reference = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
        schema = document["components"]["schemas"][reference]
        assert content["application/json"]["examples"], f"{method} {path}"
        assert schema["additionalProperties"] is False, f"{method} {path}"


@pytest.mark.conforms("R169", "R19")
def test_enumerations_and_limits_of_a_list_are_described(document: dict[str, Any]) -> None:
    parameters = {one["name"]: one["schema"] for one in document["paths"]["/profiles"]["get"]["parameters"]}
    assert parameters["status"]["enum"] == ["ACTIVE", "INACTIVE", "MERGED", "DELETED"]
    assert parameters["type"]["enum"] == ["INDIVIDUAL", "COMPANY"]
    assert (parameters["limit"]["minimum"], parameters["limit"]["maximum"]) == (1, 100)
    assert parameters["segmentId"]["format"] == "uuid"
    assert "createdAt" in parameters["sortBy"]["enum"]


@pytest.mark.conforms("R172")
def test_versions_are_described(document: dict[str, Any]) -> None:
    change = document["paths"]["/profiles/{profile_id}"]["put"]
    assert "If-Match" in {one["name"] for one in change["parameters"]}
    assert "412" in change["responses"]
    assert "ETag" in change["responses"]["200"]["headers"]


@pytest.mark.conforms("R169")
def test_the_committed_document_is_the_one_that_is_served(document: dict[str, Any]) -> None:
    committed = Path(settings.BASE_DIR, "docs/openapi.yaml").read_text()
    assert yaml.load(committed, yaml.CSafeLoader) == document


def test_every_component_is_used(document: dict[str, Any]) -> None:
    text = str(document)
    unused = [
        name for name in document["components"]["schemas"] if f"#/components/schemas/{name}'" not in text
    ]
    assert unused == []


@pytest.mark.conforms("R169")
def test_the_document_can_be_read_by_people_without_logging_in(world: World) -> None:
    page = Client().get("/api/docs")
    assert page.status_code == 200
    assert b"swagger-ui" in page.content


def test_an_unknown_key_does_not_get_in_by_reading_the_document(world: World) -> None:
    assert APIClient().get("/profiles").status_code == 401
