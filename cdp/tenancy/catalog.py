"""What PostgreSQL's catalog says about row security and the constraints of wall 3."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple


class ForeignKey(NamedTuple):
    """A composite foreign key: (tenant_id, column) of table points to (tenant_id, id) of target."""

    table: str
    column: str
    target: str


@dataclass(frozen=True)
class Catalog:
    """The walls as they stand: keys and uniques are those of ours, by definition, with their names."""

    secured: frozenset[str]
    forced: frozenset[str]
    policies: dict[tuple[str, str], str]
    uniques: dict[str, str]
    foreign_keys: dict[ForeignKey, list[str]]


_CONSTRAINTS = """
    SELECT c.contype, c.conname, t.relname, f.relname,
           (SELECT array_agg(a.attname::text ORDER BY k.n)
              FROM unnest(c.conkey) WITH ORDINALITY AS k(attnum, n)
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum)
      FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      LEFT JOIN pg_class f ON f.oid = c.confrelid
     WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('u', 'f')
       AND c.conparentid = 0 AND c.conname LIKE %s AND c.convalidated
"""


def read_catalog(cursor: Any, suffix: str) -> Catalog:
    """Read the state of all tables of the public schema; ``suffix`` marks the constraints that are ours."""
    cursor.execute(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    )
    tables = cursor.fetchall()
    cursor.execute("SELECT tablename, policyname, qual FROM pg_policies WHERE schemaname = 'public'")
    policies = {(table, policy): qual for table, policy, qual in cursor.fetchall()}
    uniques: dict[str, str] = {}
    keys: dict[ForeignKey, list[str]] = defaultdict(list)
    cursor.execute(_CONSTRAINTS, ["%" + suffix.replace("_", r"\_")])
    for kind, name, table, target, columns in cursor.fetchall():
        if kind == "u" and columns == ["tenant_id", "id"]:
            uniques[table] = name
        elif kind == "f" and columns[0] == "tenant_id":
            keys[ForeignKey(table, columns[1], target)].append(name)
    return Catalog(
        secured=frozenset(name for name, secured, _ in tables if secured),
        forced=frozenset(name for name, _, forced in tables if forced),
        policies=policies,
        uniques=uniques,
        foreign_keys=dict(keys),
    )
