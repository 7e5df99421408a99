"""A tenant the planner does not know, beside one it knows; and how many rows statements read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connection, transaction

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context

_PEOPLE = """
INSERT INTO profiles (id, tenant_id, type, status, lifecycle_stage, name, created_at, updated_at, created_by,
    updated_by, display_name, first_name, last_name, company_name, email, phone, address, company_tax_id,
    industry, company_size, website, gender, membership_tier, attributes, metadata, primary_source,
    merged_from, version)
SELECT gen_random_uuid(), %(tenant)s, 'INDIVIDUAL', 'ACTIVE', 'SUBSCRIBER', 'N' || n, now(), now(), '',
    '', '', '', '', '', '', '', '{}', '', '', '', '', '', '', '{}', '{}', 'ERP', '[]', 1
  FROM generate_series(1, %(rows)s) AS n
"""
_ORDERS = """
INSERT INTO orders (id, tenant_id, profile_id, customer_ref, source, number, kind, status, ordered_at,
    currency, total, returned, metadata, created_at, updated_at, created_by, updated_by)
SELECT gen_random_uuid(), tenant_id, id, '', 'ERP', name, 'SALE', 'COMPLETED', now(), 'THB', 100, 0, '{}',
    now(), now(), '', ''
  FROM profiles WHERE tenant_id = %(tenant)s
"""


def grown(tenant: Tenant, customers: int) -> None:
    """Give a tenant that many customers, each with one order."""
    with tenant_context(tenant), connection.cursor() as cursor:
        for statement in (_PEOPLE, _ORDERS):
            cursor.execute(statement, {"tenant": tenant.pk, "rows": customers})


def analyzed(*tables: str) -> None:
    """Let the planner know what is in these tables by now, within the test's transaction."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


@contextmanager
def rows_read() -> Iterator[list[int]]:
    """Collect how many rows each set-wise statement of the block has read or compared, by its own plan."""
    found: list[int] = []

    def explained(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and _SETS.match(sql) and "pg_" not in sql:
            with suppress(_Undone), transaction.atomic():
                execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params, many, context)
                (plans,) = context["cursor"].fetchone()
                root = (json.loads(plans) if isinstance(plans, str) else plans)[0]["Plan"]
                found.append(sum(map(_read, _steps(root))))
                raise _Undone
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        yield found


_SETS = re.compile(r"\s*(WITH|INSERT|UPDATE|DELETE|SELECT[^;]*\sorders)\s", re.DOTALL)


class _Undone(Exception):
    """What was explained is done again."""


def _steps(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for part in step.get("Plans", []):
        yield from _steps(part)


def _read(step: dict[str, Any]) -> int:
    dropped = sum(step.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Join Filter"))
    rows: float = (step["Actual Rows"] + dropped) * step["Actual Loops"]
    return round(rows)
