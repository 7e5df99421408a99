"""No tenant is slow because its customers are of another kind than most tenants'."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from cdp.models import Tenant
from profiles.identity import EXACT_IDS, Hints, find_matches
from profiles.imports.models import ImportRow, ImportRun
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.rows import make_row

ROWS = 10_000
# The first hundred are the only people; everybody else is a company, a lead and inactive.
FILL = """
INSERT INTO profiles (id, tenant_id, type, status, lifecycle_stage, name, created_at, updated_at, created_by,
    updated_by, display_name, first_name, last_name, company_name, email, phone, address, company_tax_id,
    industry, company_size, website, gender, membership_tier, attributes, metadata, primary_source,
    merged_from, version, member_id)
SELECT gen_random_uuid(), %(tenant)s,
    CASE WHEN n <= 100 THEN 'INDIVIDUAL' ELSE 'COMPANY' END,
    CASE WHEN n <= 100 THEN 'ACTIVE' ELSE 'INACTIVE' END,
    CASE WHEN n <= 100 THEN 'SUBSCRIBER' ELSE 'lead' END,
    'N' || n, now() + n * interval '1 second', now(), '',
    '', '', '', '', '', '', '', '{}', '',
    '', '', '', '', '', '{}', '{}', 'ERP',
    '[]', 1, 'M' || n
  FROM generate_series(1, %(rows)s) AS n
"""


def work_of(queryset: QuerySet[Any]) -> tuple[set[str], float]:
    """Return the indexes a query used, and how many rows any one step of it has read."""
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        (plans,) = cursor.fetchone()
    root = (json.loads(plans) if isinstance(plans, str) else plans)[0]["Plan"]
    steps, used, most = [root], set(), 0.0
    while steps:
        step = steps.pop()
        steps += step.get("Plans", [])
        used |= {step["Index Name"]} if "Index Name" in step else set()
        used |= {"everything"} if step["Node Type"] == "Seq Scan" else set()
        most = max(most, step["Actual Rows"] + step.get("Rows Removed by Filter", 0))
    return used, most


def analyze(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


@pytest.fixture
def skewed(acme: Tenant) -> Tenant:
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"tenant": acme.pk, "rows": ROWS})
    analyze("profiles")
    return acme


@pytest.mark.conforms("R178")
@pytest.mark.parametrize(
    "kind",
    [
        {"type": "INDIVIDUAL"},
        {"type": "COMPANY"},
        {"status": "ACTIVE"},
        {"status": "INACTIVE"},
        {"lifecycle_stage": "SUBSCRIBER"},
        {"lifecycle_stage": "lead"},
        {"type": "INDIVIDUAL", "lifecycle_stage": "SUBSCRIBER"},
    ],
    ids=str,
)
def test_a_page_of_any_kind_reads_little_more_than_the_page(skewed: Tenant, kind: dict[str, str]) -> None:
    page = Profile.objects.visible().filter(**kind).order_by("-created_at", "-id")[:26]
    used, most = work_of(page)
    assert "everything" not in used
    assert most <= 200


@pytest.mark.parametrize("is_merged", [False, True])
def test_an_id_is_looked_up_by_its_index_whether_or_not_its_customer_was_merged(
    skewed: Tenant, is_merged: bool
) -> None:
    if is_merged:
        survivor = ProfileFactory()
        Profile.objects.filter(member_id__startswith="M1").update(status="MERGED", merged_into=survivor)
        analyze("profiles")
    for column in EXACT_IDS.values():
        value: Any = 7 if column == "scl_member_id" else "M1"
        used, most = work_of(Profile.objects.filter(**{column: value}, merged_into__isnull=not is_merged))
        assert used == {f"lost_{column}" if is_merged else f"profiles_{column}_unique"}
        assert most <= 1


@pytest.mark.conforms("R28")
def test_an_id_a_merged_customer_kept_leads_to_the_survivor(acme: Tenant) -> None:
    survivor = ProfileFactory(member_id="M9", auth_user_id="a9")
    ProfileFactory(member_id="M1", status="MERGED", merged_into=survivor)
    # The survivor took over this one: the merged row still has it, and is not asked.
    ProfileFactory(auth_user_id="a9", status="MERGED", merged_into=ProfileFactory())
    matches = find_matches(Hints(ids={"memberId": "M1", "authUserId": "a9"}))
    assert [(match.hint, match.profile) for match in matches] == [
        ("authUserId", survivor),
        ("memberId", survivor),
    ]


@pytest.mark.parametrize("rare", ["create", "update", "unchanged", "skip", "error"])
def test_the_rare_outcome_of_an_import_is_found_at_once(acme: Tenant, rare: str) -> None:
    run: ImportRun = make_row(ImportRun)
    common = "create" if rare == "update" else "update"
    rows = [
        ImportRow(run=run, row_no=number, action=rare if number > ROWS - 3 else common)
        for number in range(1, ROWS + 1)
    ]
    ImportRow.objects.bulk_create(rows, batch_size=2_000)
    analyze("import_rows")
    page = ImportRow.objects.filter(run=run, row_no__gt=0, action=rare).order_by("row_no")[:51]
    used, most = work_of(page)
    assert (used, most) == ({"import_rows_by_action"}, 3)
