"""What every refusal of the API has in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cdp.models import AuditEntry
from cdp.tenancy.models import TenantModel
from profiles.models import (
    ContactPoint,
    CustomerEvent,
    Profile,
    ProfileIdentifier,
    ProfileTag,
    Segment,
    SegmentMembership,
    Tag,
)

_TABLES: tuple[type[TenantModel], ...] = (
    Profile,
    ContactPoint,
    ProfileIdentifier,
    CustomerEvent,
    Tag,
    ProfileTag,
    Segment,
    SegmentMembership,
    AuditEntry,
)


def problem(response: Any, status: int) -> dict[str, Any]:
    """Return the problem document of a refusal, checked for what all of them carry."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["type"].startswith("/problems/")
    assert body["requestId"] == response["X-Request-ID"]
    return body


@contextmanager
def nothing_written() -> Iterator[None]:
    """Assert that the block leaves every row of the active tenant as it was."""
    before = _everything()
    yield
    assert _everything() == before


def _everything() -> list[list[Any]]:
    return [list(model.objects.order_by("pk").values()) for model in _TABLES]
