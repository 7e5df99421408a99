"""What PostgreSQL's catalog says about row security, constraints and grants of the public schema."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

PUBLIC = "public"


class Key(NamedTuple):
    """A composite foreign key: (tenant_id, column) of table points to (tenant_id, id) of target."""

    table: str
    column: str
    target: str


class Policy(NamedTuple):
    """A row security policy as PostgreSQL writes it back."""

    permissive: str
    roles: tuple[str, ...]
    command: str
    using: str | None
    check: str | None


class Constraint(NamedTuple):
    """A unique or foreign key constraint; ``is_sound`` when it is checked, at the end of the transaction."""

    table: str
    name: str
    columns: tuple[str, ...]
    target: str | None
    target_columns: tuple[str, ...]
    is_sound: bool


@dataclass(frozen=True)
class Catalog:
    """The walls as they stand. Relations are those of the owner of the tables: r, p, v, m or S by name."""

    server: int
    kinds: dict[str, str]
    columns: frozenset[tuple[str, str]]
    secured: frozenset[str]
    forced: frozenset[str]
    policies: dict[str, dict[str, Policy]]
    constraints: tuple[Constraint, ...]
    names: frozenset[str]
    grants: dict[tuple[str, str], frozenset[str]]
    creators: frozenset[str]

    @property
    def tables(self) -> frozenset[str]:
        """Return the names of the tables."""
        return frozenset(name for name, kind in self.kinds.items() if kind in "rp")


_RELATIONS = """
    SELECT c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
       AND c.relowner = (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.django_migrations'))
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_COLUMNS = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND a.attnum > 0 AND NOT a.attisdropped
"""
_POLICIES = """
    SELECT tablename, policyname, permissive, roles::text[], cmd, qual, with_check
      FROM pg_policies WHERE schemaname = 'public'
"""
_CONSTRAINTS = """
    SELECT t.relname, c.conname, f.relname, c.convalidated AND (c.contype = 'u' OR c.condeferred),
           (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY AS k(num, n)
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num),
           (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY AS k(num, n)
              JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num)
      FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      LEFT JOIN pg_class f ON f.oid = c.confrelid
     WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('u', 'f') AND c.conparentid = 0
     ORDER BY t.relname, c.conname
"""
_NAMES = """
    SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
     UNION SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
_GRANTS = """
    SELECT c.relname, coalesce(r.rolname::text, 'public'), array_agg(g.privilege_type)
      FROM pg_class c, aclexplode(c.relacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
     WHERE c.relnamespace = 'public'::regnamespace AND g.grantee <> c.relowner
     GROUP BY 1, 2
"""
_CREATORS = """
    SELECT coalesce(r.rolname::text, 'public') FROM pg_namespace n, aclexplode(n.nspacl) g
      LEFT JOIN pg_roles r ON r.oid = g.grantee
     WHERE n.nspname = 'public' AND g.privilege_type = 'CREATE' AND g.grantee <> n.nspowner
"""


def read_catalog(cursor: Any) -> Catalog:
    """Read the state of the public schema; any role may."""

    def rows(query: str) -> list[Any]:
        cursor.execute(query)
        found: list[Any] = cursor.fetchall()
        return found

    relations = rows(_RELATIONS)
    policies: dict[str, dict[str, Policy]] = defaultdict(dict)
    for table, name, permissive, roles, command, using, check in rows(_POLICIES):
        policies[table][name] = Policy(permissive, tuple(roles), command, using, check)
    return Catalog(
        server=int(rows("SHOW server_version_num")[0][0]),
        kinds={name: kind for name, kind, _, _ in relations},
        columns=frozenset((table, column) for table, column in rows(_COLUMNS)),
        secured=frozenset(name for name, _, is_secured, _ in relations if is_secured),
        forced=frozenset(name for name, _, _, is_forced in relations if is_forced),
        policies=dict(policies),
        constraints=tuple(
            Constraint(table, name, tuple(columns), target, tuple(target_columns or ()), is_sound)
            for table, name, target, is_sound, columns, target_columns in rows(_CONSTRAINTS)
        ),
        names=frozenset(name for (name,) in rows(_NAMES)),
        grants={(name, role): frozenset(granted) for name, role, granted in rows(_GRANTS)},
        creators=frozenset(role for (role,) in rows(_CREATORS)),
    )
