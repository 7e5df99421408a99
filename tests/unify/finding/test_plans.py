"""The index of keys is used, under row security, in a table with many keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from cdp.models import Tenant
from profiles.models import Profile
from tests.unify.finding.people import somchai
from unify.finding import indexed, lookup
from unify.matching.key_hashes import KIND_NUMBERS
from unify.models import MatchRecord
from unify.records.policy import INDEXED_KINDS, is_indexed
from unify.records.refresh import refresh

ROWS = 20_000
PEOPLE = """
INSERT INTO profiles (id, tenant_id, type, status, lifecycle_stage, name, created_at, updated_at, created_by,
    updated_by, display_name, first_name, last_name, company_name, email, phone, address, company_tax_id,
    industry, company_size, website, gender, membership_tier, attributes, metadata, primary_source,
    merged_from, version)
SELECT gen_random_uuid(), %(tenant)s, 'INDIVIDUAL', 'ACTIVE', 'SUBSCRIBER', 'N' || n, now(), now(), '',
    '', '', '', '', '', '', '', '{}', '', '', '', '', '', '', '{}', '{}', 'ERP', '[]', 1
  FROM generate_series(1, %(rows)s) AS n
"""
KEYS = """
INSERT INTO match_keys (tenant_id, profile_id, key)
SELECT tenant_id, id, (1::bigint << 58) + row_number() OVER () + extra
  FROM profiles, generate_series(0, 1) AS extra WHERE tenant_id = %(tenant)s
"""


@pytest.fixture
def crowd(acme: Tenant) -> Profile:
    """Many customers with keys, and one to look for."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"tenant": acme.pk, "rows": ROWS})
        cursor.execute(KEYS, {"tenant": acme.pk})
        profile = somchai()
        somchai(phone="")
        Profile.objects.filter(name__startswith="N").update(status="INACTIVE")
        refresh(acme, list(Profile.objects.active().values_list("pk", flat=True)))
        for table in ("profiles", "match_keys", "match_records"):
            cursor.execute(f"ANALYZE {table}")
    return profile


def steps_on(table: str, statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of the plan that read a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
        (plans,) = cursor.fetchone()
    root = (json.loads(plans) if isinstance(plans, str) else plans)[0]["Plan"]
    steps, found = [root], []
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        if step.get("Relation Name") == table or step.get("Index Name", "").startswith(table):
            found.append(step)
    return found


def read(steps: list[dict[str, Any]]) -> float:
    """Return how many rows the steps have read."""
    rows: float = sum(
        step["Actual Rows"] * step["Actual Loops"] + step.get("Rows Removed by Filter", 0) for step in steps
    )
    return rows


def test_a_request_reads_the_keys_it_asks_for(acme: Tenant, crowd: Profile) -> None:
    keys = [key for key in MatchRecord.objects.get(profile=crowd).keys if is_indexed(key)]
    steps = steps_on("match_keys", lookup._HOLDERS, {"tenant": acme.pk, "keys": keys, "limit": 51})
    assert {step["Node Type"] for step in steps} <= {"Index Only Scan", "Index Scan"}
    assert 0 < read(steps) <= 2 * len(keys)


def test_a_run_over_what_changed_reads_the_keys_of_what_changed(acme: Tenant, crowd: Profile) -> None:
    kinds = [KIND_NUMBERS[kind] for kind in INDEXED_KINDS]
    values = {"tenant": acme.pk, "ids": [crowd.pk], "kinds": kinds, "cap": 100}
    steps = steps_on("match_keys", indexed._PAIRS, values)
    assert {step["Node Type"] for step in steps} <= {"Index Only Scan", "Index Scan"}
    keys = MatchRecord.objects.get(profile=crowd).keys
    assert 0 < read(steps) <= 2 * len(keys)
