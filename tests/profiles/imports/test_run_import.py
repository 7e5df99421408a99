"""Importing a file."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from tests.profiles.imports.steps import import_file
from tests.world import World

SEED = """email,firstName,lastName,phone,company,companyTaxId,industry
john@erp.com,John,Doe,+66123456789,Acme Corp,123456789,Technology
jane@erp.com,Jane,Smith,+66987654321,XYZ Corp,987654321,Finance
"""


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
