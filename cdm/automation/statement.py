"""Conditions as one statement over all customers: fields and operators are ours, values are parameters."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cdm.automation.fields import BY_KEY, Field, Kind, Table
from cdm.automation.rules import Condition, Conditions
from cdm.recommending.situations import today_of
from cdp.models import Tenant

CHANGE_DAYS = 7
_COMPARE = {"gte": ">=", "lte": "<=", "eq": "=", "ne": "<>"}
_JOINS = {
    Table.SUMMARY: "JOIN customer_summaries AS s ON s.tenant_id = %(tenant)s AND s.profile_id = p.id",
    Table.RECOMMENDATION: "JOIN recommendations AS r ON r.tenant_id = %(tenant)s AND r.profile_id = p.id",
}


@dataclass(slots=True)
class Matching:
    """A statement that finds customers, and its parameters."""

    tenant: Tenant
    values: dict[str, Any]
    tests: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def select(self) -> str:
        """The ids of active customers of whom every condition holds."""
        joins = " ".join(_JOINS[table] for table in self.tables if table in _JOINS)
        tests = " AND ".join(["p.tenant_id = %(tenant)s", "p.status = 'ACTIVE'", *self.tests])
        return f"SELECT p.id FROM profiles AS p {joins} WHERE {tests}"  # noqa: S608 - our own words

    def keep(self, value: Any) -> str:
        """Make ``value`` a parameter; return its place in the statement."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"


def matching(
    tenant: Tenant,
    conditions: Conditions,
    *,
    among: Collection[uuid.UUID] | None = None,
    today: date | None = None,
) -> Matching:
    """Return the statement for customers of whom all conditions hold, of everybody or of some."""
    found = Matching(
        tenant, {"tenant": tenant.pk, "zone": tenant.time_zone, "today": today or today_of(tenant)}
    )
    if among is not None:
        found.tests.append(f"p.id = ANY({found.keep(list(among))}::uuid[])")
    for condition in conditions.all:
        asked = BY_KEY[condition.field]
        if asked.table not in found.tables:
            found.tables.append(asked.table)
        found.tests.append(_TESTS[asked.kind](found, asked, condition))
    return found


def _number(found: Matching, asked: Field, condition: Condition) -> str:
    return f"{asked.table}.{asked.column} {_COMPARE[condition.operator]} {found.keep(condition.number)}"


def _days_since(found: Matching, asked: Field, condition: Condition) -> str:
    column = f"{asked.table}.{asked.column}"
    if condition.operator == "never":
        return f"{column} IS NULL"
    # At least so many days ago: on that day or before, in the tenant's time zone.
    bound = f"(%(today)s::date - {found.keep(int(condition.number))}::int)"
    if condition.operator == "gte":
        return f"{column} < ({bound} + 1)::timestamp AT TIME ZONE %(zone)s"
    return f"{column} >= {bound}::timestamp AT TIME ZONE %(zone)s"


def _choice(found: Matching, asked: Field, condition: Condition) -> str:
    return f"{asked.table}.{asked.column} {_COMPARE[condition.operator]} {found.keep(condition.text)}"


def _text(found: Matching, asked: Field, condition: Condition) -> str:
    column = f"lower({asked.table}.{asked.column})"
    if condition.operator == "contains":
        return f"strpos({column}, lower({found.keep(condition.text)})) > 0"
    return f"{column} {_COMPARE[condition.operator]} lower({found.keep(condition.text)})"


def _days_until(found: Matching, asked: Field, condition: Condition) -> str:
    partial = "partial_birth_date" if asked.column == "date_of_birth" else "partial_anniversary"
    # The days that count as "within": 29 February is kept on the 28th in years that have none.
    days = f"generate_series(0, {found.keep(int(condition.number))}::int)"
    day = "(%(today)s::date + d.n)"
    leap = f"to_char({day}, 'MM-DD') = '02-28' AND to_char({day} + 1, 'MM-DD') = '03-01'"
    written = f"coalesce(to_char(p.{asked.column}, 'MM-DD'), substr(p.{partial}, 3))"
    among = (
        f"SELECT to_char({day}, 'MM-DD') FROM {days} AS d(n)"  # noqa: S608 - our own columns
        f" UNION ALL SELECT '02-29' FROM {days} AS d(n) WHERE {leap}"
    )
    return f"(p.{asked.column} IS NOT NULL OR length(p.{partial}) = 7) AND {written} IN ({among})"


def _label(table: str, column: str) -> Any:
    def test(found: Matching, asked: Field, condition: Condition) -> str:
        not_ = "NOT " if condition.operator == "has_not" else ""
        return (  # our own tables and columns
            f"{not_}EXISTS (SELECT FROM {table} AS t WHERE t.tenant_id = %(tenant)s"
            f" AND t.profile_id = p.id AND t.{column} = {found.keep(condition.text)}::uuid)"
        )

    return test


def _stage_change(found: Matching, asked: Field, condition: Condition) -> str:
    since = f"(%(today)s::date - {CHANGE_DAYS})::timestamp AT TIME ZONE %(zone)s"
    return (
        "EXISTS (SELECT FROM customer_events AS e WHERE e.tenant_id = %(tenant)s AND e.profile_id = p.id"
        f" AND e.type = 'lifecycle_changed' AND e.timestamp >= {since}"
        f" AND e.payload ->> 'to' = {found.keep(condition.text)})"
    )


_STAGES = "ARRAY['product_view', 'add_to_cart', 'checkout_initiated', 'payment_failed']"


def _drop_off(found: Matching, asked: Field, condition: Condition) -> str:
    """An open drop-off at a stage, or at that stage or later."""
    stage = f"array_position({_STAGES}, d.stage::text)"
    wanted = f"array_position({_STAGES}, {found.keep(condition.text)})"
    return (
        "EXISTS (SELECT FROM customer_dropoff_tracking AS d WHERE d.tenant_id = %(tenant)s"
        f" AND d.profile_id = p.id AND d.recovered_at IS NULL"
        f" AND {stage} {_COMPARE[condition.operator]} {wanted})"
    )


_TESTS: dict[Kind, Any] = {
    Kind.NUMBER: _number,
    Kind.DAYS_SINCE: _days_since,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.DAYS_UNTIL: _days_until,
    Kind.TAG: _label("profile_tags", "tag_id"),
    Kind.SEGMENT: _label("segment_memberships", "segment_id"),
    Kind.STAGE_CHANGE: _stage_change,
    Kind.DROP_OFF: _drop_off,
}
