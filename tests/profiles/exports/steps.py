"""Ordering, making and reading exports in tests."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

from django.http import FileResponse
from django.test import Client

from cdp.models import Membership
from cdp.tenancy.context import tenant_context
from profiles.exports.choices import FileKind
from profiles.exports.models import ExportRun
from profiles.exports.operations.order import order_export
from profiles.exports.operations.run import run_export
from tests.world import World


def member(world: World, user: Any = None) -> Membership:
    """Return the membership of a person of acme; alice unless given."""
    return Membership.objects.select_related("user", "tenant").get(
        tenant=world.acme, user=user or world.alice
    )


def order(world: World, filters: str = "", kind: FileKind = FileKind.CSV) -> ExportRun:
    """Order the customer list of acme for alice."""
    with tenant_context(world.acme):
        return order_export(member=member(world), list_name="customers", filters=filters, kind=kind)


def make(world: World, run: ExportRun, *, page_rows: int = 2) -> ExportRun:
    """Do a worker's work."""
    with tenant_context(world.acme):
        return run_export(tenant=world.acme, run_id=run.pk, page_rows=page_rows)


def fetch(browser: Client, run_id: uuid.UUID) -> bytes:
    """Download the file."""
    answer: Any = browser.get(f"/admin/exports/{run_id}/file")
    assert answer.status_code == 200
    assert isinstance(answer, FileResponse)
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV."""
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
