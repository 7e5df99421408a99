"""Everything a tenant has, for telling whether it is as it was."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from cdp.tenancy.expected import tenant_models

# What a merge and its undoing leave behind by design.
CHANGED_ANYWAY = {"profiles": {"version", "updated_at"}}
# Summaries and tallies are made again; the rules of the working day appear when they are first asked for.
LEFT_OUT = {
    "audit_entries",
    "customer_summaries",
    "profile_tallies",
    "summary_tallies",
    "working_rules",
}
Dump = dict[str, dict[str, Any]]


def dump(
    *,
    without: Collection[uuid.UUID] = (),
    apart: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Dump:
    """Return every row by table and id, ``without`` some rows, ``apart`` from some columns.

    ``only`` names tables to look at: there are many.
    """
    ignored = {str(pk) for pk in without}
    tables = {
        model._meta.db_table
        for model in tenant_models()
        if model._meta.app_label != "unify"
        and model._meta.db_table not in LEFT_OUT
        and (only is None or model._meta.db_table in only)
    }
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t WHERE tenant_id = %s", [require_tenant_id()])
            rows = [json.loads(row[0]) for row in cursor.fetchall()]
            hidden = CHANGED_ANYWAY.get(table, set()) | (set(apart) if table == "profiles" else set())
            found[table] = {
                row.get("id", json.dumps(row, sort_keys=True)): {
                    name: value for name, value in row.items() if name not in hidden
                }
                for row in rows
                if row.get("id") not in ignored
            }
        cursor.execute(
            "SELECT status, type, lifecycle_stage, sum(delta) FROM profile_tallies WHERE tenant_id = %s"
            " GROUP BY 1, 2, 3 HAVING sum(delta) <> 0",
            [require_tenant_id()],
        )
        found["tallies"] = {str(row[:3]): row[3] for row in cursor.fetchall()}
    return found


def changes(before: Dump, after: Dump) -> list[str]:
    """Return what differs, in words."""
    found = []
    for table in before.keys() | after.keys():
        old, new = before.get(table, {}), after.get(table, {})
        for key in old.keys() | new.keys():
            if old.get(key) != new.get(key):
                found.append(f"{table} {key}: {_difference(old.get(key), new.get(key))}")
    return sorted(found)


def _difference(one: Any, other: Any) -> str:
    """Tell the columns that differ, of a row that is there both times."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return f"{one} -> {other}"
    names = [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]
    return "; ".join(f"{name}: {one.get(name)} -> {other.get(name)}" for name in sorted(names))
