"""Importing a file."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.chunks import ChunkWriter
from profiles.imports.operations import run
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from tests.profiles.imports.steps import import_file
from tests.world import World, make_world

SEED = """email,firstName,lastName,phone,company,companyTaxId,industry
john@erp.com,John,Doe,+66123456789,Acme Corp,123456789,Technology
jane@erp.com,Jane,Smith,+66987654321,XYZ Corp,987654321,Finance
"""


@pytest.mark.django_db(transaction=True)
def test_only_the_end_of_an_import_waits_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks and what is known of them are lost together, if at all; the end makes all of them durable."""
    seen: list[str] = []

    def noting(act: Any) -> Any:
        def noted(*args: Any, **options: Any) -> Any:
            with connection.cursor() as cursor:
                cursor.execute("SHOW synchronous_commit")
                seen.append(cursor.fetchone()[0])
            return act(*args, **options)

        return noted

    monkeypatch.setattr(ChunkWriter, "_tell_conflicts", noting(ChunkWriter._tell_conflicts))
    monkeypatch.setattr(run, "_end", noting(run._end))
    world = make_world()
    with tenant_context(world.acme), connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        assert import_file(world, SEED).state == "done"
    assert seen == ["off", "on"]


@pytest.mark.conforms("R60")
@pytest.mark.parametrize("source", ["ERP", "CRM", "Website"])
def test_every_source_keeps_its_own_ids(world: World, acme: Tenant, source: str) -> None:
    import_file(world, "externalId,email\nX1,mali@example.com\n", source=source)
    import_file(world, "externalId,email\nX1,mali@example.com\n", source="LINE")
    known = ProfileIdentifier.objects.order_by("created_at").values_list("source", "external_id")
    assert list(known) == [(source, "X1"), ("LINE", "X1")]
    assert Profile.objects.get().primary_source == source


def test_the_seeds_file_maps_by_itself(world: World, acme: Tenant) -> None:
    run = import_file(world, SEED)
    assert (run.state, run.counts) == (
        "done", {"created": 2, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0}
    )  # fmt: skip
    john = Profile.objects.get(email="john@erp.com")
    assert (john.name, john.phone, john.company_name) == ("John Doe", "+66123456789", "Acme Corp")
    assert (john.company_tax_id, john.industry, john.primary_source) == ("123456789", "Technology", "ERP")
    assert (john.version, john.created_by, john.type) == (1, run.reference, "INDIVIDUAL")
    assert john.search_text
    points = ContactPoint.objects.filter(profile=john).values_list("kind", "value", "source")
    assert sorted(points) == [("email", "john@erp.com", "ERP"), ("phone", "+66123456789", "ERP")]
