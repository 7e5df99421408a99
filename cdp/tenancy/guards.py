"""Walls 2 and 3, derived from the models: row-level security, composite foreign keys, grants.

Everything here compares definitions (table, columns, target), never names, so renamed tables and
retargeted foreign keys are followed. Applying the guards twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cdp.tenancy import grants
from cdp.tenancy.catalog import PUBLIC, Catalog, Constraint, Key, Policy, read_catalog
from cdp.tenancy.expected import Expected, expected

# It fails loudly without a tenant: no missing_ok, no NULLIF.
WALL = "tenant_id = current_setting('app.tenant_id')::uuid"
# How PostgreSQL writes it back.
WALL_DEPARSED = "(tenant_id = (current_setting('app.tenant_id'::text))::uuid)"
WALL_POLICY, PLATFORM_POLICY = "tenant_wall", "platform_read"
# Constraints with this suffix are ours to drop; all others belong to migrations.
SUFFIX = "_twall"
LONGEST_NAME = 63
LOCK_TIMEOUT = "30s"
# Any number, the same for all who apply guards: two at once would build the same constraint twice.
GUARDS_LOCK = 0x7477616C6C


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the statements that would bring the database up to the models; empty means the walls stand."""
    with connection.cursor() as cursor:
        return list(_statements(read_catalog(cursor)))


def apply(connection: BaseDatabaseWrapper) -> list[str]:
    """Build the walls that are missing, in one transaction; return the statements that were run.

    Needs the owner's login. Of a half-migrated database it guards what is there.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GUARDS_LOCK])
        statements = list(_statements(read_catalog(cursor)))
        for statement in statements:
            cursor.execute(statement)
    return statements


def lift_force(connection: BaseDatabaseWrapper) -> None:
    """Let the owner see all rows while migrations run; ``restore_force`` puts FORCE back."""
    _switch(connection, "NO FORCE")


def restore_force(connection: BaseDatabaseWrapper) -> None:
    """Put FORCE back on every secured table, whatever else is missing (after a migration that broke off)."""
    _switch(connection, "FORCE")


def _switch(connection: BaseDatabaseWrapper, state: str) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        catalog = read_catalog(cursor)
        stale = catalog.forced if state == "NO FORCE" else catalog.secured - catalog.forced
        for table in sorted(stale & expected().tables):
            cursor.execute(f'ALTER TABLE "{table}" {state} ROW LEVEL SECURITY')


def _statements(catalog: Catalog) -> Iterator[str]:
    want = expected().present_in(catalog)
    ours = [constraint for constraint in catalog.constraints if constraint.name.endswith(SUFFIX)]
    kept = list(_kept(ours, want))
    for constraint in sorted(set(ours) - set(kept), key=lambda c: c.target is None):
        yield f'ALTER TABLE "{constraint.table}" DROP CONSTRAINT "{constraint.name}"'
    new_keys = sorted(want.keys - {key for c in kept if (key := _key(c))})
    touched = {table for key in new_keys for table in (key.table, key.target)}
    # Under FORCE the owner would validate a key against the rows it can see, which is none.
    for table in sorted(touched & catalog.forced):
        yield f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY'
    yield from _constraints(catalog, new_keys, want.targets - {c.table for c in kept if c.target is None})
    for table in sorted(want.tables):
        yield from _policies(catalog, table)
        if table not in catalog.secured:
            yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        if table not in catalog.forced or table in touched:
            yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
    yield from grants.statements(catalog, want)


def _kept(ours: list[Constraint], want: Expected) -> Iterator[Constraint]:
    """Yield those constraints of ours that are wanted, each definition once."""
    seen: set[object] = set()
    for constraint in ours:
        key = _key(constraint)
        is_unique = constraint.target is None and constraint.columns == ("tenant_id", "id")
        is_wanted = key in want.keys if key else is_unique and constraint.table in want.targets
        if is_wanted and constraint.is_sound and (key or constraint.table) not in seen:
            seen.add(key or constraint.table)
            yield constraint


def _key(constraint: Constraint) -> Key | None:
    if constraint.target is None or constraint.target_columns != ("tenant_id", "id"):
        return None
    tenant, column = constraint.columns
    return Key(constraint.table, column, constraint.target) if tenant == "tenant_id" else None


def _constraints(catalog: Catalog, keys: list[Key], uniques: Iterable[str]) -> Iterator[str]:
    taken = set(catalog.names)
    for table in sorted(uniques):
        yield f'ALTER TABLE "{table}" ADD CONSTRAINT "{_free_name(table, taken)}" UNIQUE (tenant_id, id)'
    for key in keys:
        name = _free_name(f"{key.table}_{key.column}", taken)
        yield (
            f'ALTER TABLE "{key.table}" ADD CONSTRAINT "{name}" FOREIGN KEY (tenant_id, "{key.column}")'
            f' REFERENCES "{key.target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED'
        )


def _free_name(stem: str, taken: set[str]) -> str:
    """Return a name nobody has: a renamed table keeps the names of its constraints."""
    number = 1
    while True:
        ending = SUFFIX if number == 1 else f"_{number}{SUFFIX}"
        name = stem[: LONGEST_NAME - len(ending)] + ending
        if name not in taken:
            taken.add(name)
            return name
        number += 1


def _policies(catalog: Catalog, table: str) -> Iterator[str]:
    platform = settings.DATABASE_PLATFORM_ROLE
    wanted = {
        WALL_POLICY: Policy("PERMISSIVE", (PUBLIC,), "ALL", WALL_DEPARSED, WALL_DEPARSED),
        PLATFORM_POLICY: Policy("PERMISSIVE", (platform,), "SELECT", "true", None),
    }
    found = catalog.policies.get(table, {})
    for name in sorted(found):
        # One more permissive policy, whatever its name, would be a door in the wall.
        if wanted.get(name) != found[name]:
            yield f'DROP POLICY "{name}" ON "{table}"'
    if found.get(WALL_POLICY) != wanted[WALL_POLICY]:
        yield f'CREATE POLICY {WALL_POLICY} ON "{table}" TO PUBLIC USING ({WALL}) WITH CHECK ({WALL})'
    if found.get(PLATFORM_POLICY) != wanted[PLATFORM_POLICY]:
        yield f'CREATE POLICY {PLATFORM_POLICY} ON "{table}" FOR SELECT TO "{platform}" USING (true)'
