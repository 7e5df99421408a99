"""The examples of the API's description are bodies the API takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

import campaigns.api.examples  # noqa: F401 (registers them)
from cdp.api.operation import ParsedBody, examples
from cdp.models import Tenant


@pytest.mark.parametrize(("body", "example"), examples.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_an_example_is_a_body(acme: Tenant, body: type[ParsedBody], example: Mapping[str, Any]) -> None:
    assert body.parse(dict(example), tenant=acme)
