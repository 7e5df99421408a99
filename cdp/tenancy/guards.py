"""Walls 2 and 3, derived from the models: row-level security, composite foreign keys, grants.

Everything here compares definitions (table, columns, target), never names, so renamed tables and
retargeted foreign keys are followed. Applying the guards twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cdp.tenancy.catalog import Catalog, ForeignKey, read_catalog
from cdp.tenancy.models import TenantForeignKey, TenantModel

WALL = "tenant_id = current_setting('app.tenant_id')::uuid"
# How PostgreSQL writes the two policies back.
WALL_DEPARSED = "(tenant_id = (current_setting('app.tenant_id'::text))::uuid)"
PLATFORM_DEPARSED = "true"
POLICY = "tenant_wall"
PLATFORM_POLICY = "platform_read"
# Constraints with this suffix are ours to drop; all others belong to migrations.
SUFFIX = "_twall"
LOCK_TIMEOUT = "30s"


@dataclass(frozen=True)
class Expected:
    """What the models ask of the database."""

    tables: frozenset[str]
    targets: frozenset[str]
    foreign_keys: frozenset[ForeignKey]
    append_only: frozenset[str]


def tenant_models() -> list[type[TenantModel]]:
    """Return every concrete tenant model, in a stable order."""
    found = [m for m in apps.get_models(include_auto_created=True) if issubclass(m, TenantModel)]
    return sorted(found, key=lambda model: model._meta.db_table)


def expected() -> Expected:
    """Read the models."""
    models = tenant_models()
    keys = {
        ForeignKey(model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
    }
    return Expected(
        tables=frozenset(m._meta.db_table for m in models),
        targets=frozenset(key.target for key in keys),
        foreign_keys=frozenset(keys),
        append_only=frozenset(m._meta.db_table for m in models if m.append_only),
    )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the statements that would bring the database up to the models; empty means the walls stand."""
    with connection.cursor() as cursor:
        catalog = read_catalog(cursor, SUFFIX)
    return [*_drops(catalog), *_adds(catalog)]


def lift_force(connection: BaseDatabaseWrapper) -> None:
    """Let the owner see all rows while migrations run; ``apply`` puts FORCE back."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        for table in sorted(read_catalog(cursor, SUFFIX).forced & expected().tables):
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')


def restore_force(connection: BaseDatabaseWrapper) -> None:
    """Put FORCE back on every secured table, whatever else is missing (after a migration that broke off)."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        catalog = read_catalog(cursor, SUFFIX)
        for table in sorted((catalog.secured - catalog.forced) & expected().tables):
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def apply(connection: BaseDatabaseWrapper) -> list[str]:
    """Build the walls that are missing, in one transaction; return the statements that were run."""
    statements = missing(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        for statement in statements:
            cursor.execute(statement)
        for statement in _grants(connection):
            cursor.execute(statement)
    return statements


def _drops(catalog: Catalog) -> Iterator[str]:
    want = expected()
    for key, names in catalog.foreign_keys.items():
        for name in names[1 if key in want.foreign_keys else 0 :]:
            yield f'ALTER TABLE "{key.table}" DROP CONSTRAINT "{name}"'
    for table, name in catalog.uniques.items():
        if table not in want.targets:
            yield f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"'


def _adds(catalog: Catalog) -> Iterator[str]:
    want = expected()
    for table in sorted(want.targets - catalog.uniques.keys()):
        yield f'ALTER TABLE "{table}" ADD CONSTRAINT "{table[:50]}{SUFFIX}" UNIQUE (tenant_id, id)'
    new_keys = sorted(want.foreign_keys - catalog.foreign_keys.keys())
    touched = {key.table for key in new_keys} | {key.target for key in new_keys}
    # Under FORCE the owner would validate a key against the rows it can see, which is none.
    for table in sorted(touched & catalog.forced):
        yield f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY'
    for key in new_keys:
        yield (
            f'ALTER TABLE "{key.table}" ADD CONSTRAINT "{_key_name(key)}" '
            f'FOREIGN KEY (tenant_id, "{key.column}") REFERENCES "{key.target}" (tenant_id, id) '
            "DEFERRABLE INITIALLY DEFERRED NOT VALID"
        )
        yield f'ALTER TABLE "{key.table}" VALIDATE CONSTRAINT "{_key_name(key)}"'
    yield from _security(catalog, touched)


def _security(catalog: Catalog, touched: set[str]) -> Iterator[str]:
    for table in sorted(expected().tables):
        yield from _drop_changed_policy(catalog, table, POLICY, WALL_DEPARSED)
        if catalog.policies.get((table, POLICY)) != WALL_DEPARSED:
            yield f'CREATE POLICY {POLICY} ON "{table}" TO PUBLIC USING ({WALL}) WITH CHECK ({WALL})'
        yield from _drop_changed_policy(catalog, table, PLATFORM_POLICY, PLATFORM_DEPARSED)
        if catalog.policies.get((table, PLATFORM_POLICY)) != PLATFORM_DEPARSED:
            role = settings.DATABASE_PLATFORM_ROLE
            yield f'CREATE POLICY {PLATFORM_POLICY} ON "{table}" FOR SELECT TO {role} USING (true)'
        if table not in catalog.secured:
            yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        if table not in catalog.forced or table in touched:
            yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'


def _drop_changed_policy(catalog: Catalog, table: str, policy: str, deparsed: str) -> Iterator[str]:
    if catalog.policies.get((table, policy), deparsed) != deparsed:
        yield f'DROP POLICY {policy} ON "{table}"'


def _key_name(key: ForeignKey) -> str:
    return f"{key.table[:28]}_{key.column[:24]}{SUFFIX}"


def _grants(connection: BaseDatabaseWrapper) -> Iterator[str]:
    role, platform = settings.DATABASE_RUNTIME_ROLE, settings.DATABASE_PLATFORM_ROLE
    # ANALYZE after a bulk load needs MAINTAIN, which came with PostgreSQL 17.
    maintain = ", MAINTAIN" if connection.pg_version >= 170000 else ""  # type: ignore[attr-defined]
    yield f"GRANT USAGE ON SCHEMA public TO {role}, {platform}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE{maintain} ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {platform}"
    for table in sorted(expected().append_only):
        yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}'
