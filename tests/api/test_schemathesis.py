"""Requests made up from the OpenAPI document, in its spirit and against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import yaml
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cdp.tenancy.context import tenant_context
from tests.campaigns.calls import make_ids as make_campaign_ids
from tests.profiles.api.endpoints import make_ids
from tests.unify.api.endpoints import MAKERS
from tests.world import World

# A walk asks everything and looks at little: what it passes is not thereby tested, and tracing it is slow.
pytestmark = pytest.mark.no_cover
EXAMPLES = 8  # per operation, way of generating and kind of ids


def no_fault(ctx: Any, response: schemathesis.Response, case: Any) -> None:
    """501 is an answer of ours where the document says so; every other 5xx is a fault."""
    assert response.status_code < 500 or response.status_code == 501, response.text


CHECKS: list[Any] = [
    no_fault,
    status_code_conformance,
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
]
# The committed document; another check holds it equal to the code.
DOCUMENT = yaml.load(Path(django_settings.BASE_DIR, "docs/openapi.yaml").read_text(), yaml.CSafeLoader)
OPERATIONS = [(path, method.upper()) for path, methods in DOCUMENT["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def schema() -> schemathesis.BaseSchema:
    loaded = schemathesis.openapi.from_dict(DOCUMENT)
    loaded.app = get_wsgi_application()
    return loaded


@pytest.fixture(autouse=True)
def _kept_connection() -> Iterator[None]:
    """Keep the test's transaction open between requests, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


# Blanks of addresses of duplicates -> what makes a row for them.
OF_DUPLICATES = {
    "merge_id": "merge",
    "case_id": "decided",
    "bulk_id": "bulk",
    "match_run_id": "run",
    "version_id": "draft",
}


@pytest.fixture
def known(world: World, path: str) -> dict[str, str]:
    with tenant_context(world.acme):
        made = {f"{name}_id": value for name, value in {**make_ids(), **make_campaign_ids(world)}.items()}
        return made | {
            blank: MAKERS[name](world, world.acme)
            for blank, name in OF_DUPLICATES.items()
            if f"{{{blank}}}" in path
        }


@pytest.mark.conforms("R169", "R170")
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{m} {p}" for p, m in OPERATIONS])
def test_no_request_breaks_the_api(
    schema: schemathesis.BaseSchema, world: World, known: dict[str, str], path: str, method: str
) -> None:
    operation = schema[path][method]
    names = {parameter.name for parameter in operation.path_parameters}
    headers = {"Authorization": f"Bearer {world.key}"}

    def send(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    for mode in GenerationMode:
        # Made-up ids name nobody, so some of the calls are about somebody.
        for ids in ({}, {name: known[name] for name in names & known.keys()}):
            bounded(given(case=operation.as_strategy(mode, path_parameters=ids or None))(send))()


def bounded(test: Any) -> Any:
    """Make a property the same few examples on every run."""
    limits = settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return limits(test)
