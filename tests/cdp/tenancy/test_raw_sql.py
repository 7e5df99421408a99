"""Wall 2: what the runtime role's SQL may do, whatever Django would have allowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import tenant_models
from cdp.tenancy.models import TenantModel
from profiles.models import Profile
from tests.rows import make_row
from tests.world import World

MODELS = tenant_models()
IDS = [model._meta.label for model in MODELS]


def run(statement: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else [cursor.rowcount]


def this_row(row: TenantModel) -> tuple[str, list[Any]]:
    """Return the condition that finds a row by its key, of one column or several."""
    columns = [field.column for field in row._meta.pk_fields]
    values = [getattr(row, field.attname) for field in row._meta.pk_fields]
    return " AND ".join(f'"{column}" = %s' for column in columns), values


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_tenants_sql_sees_nothing_of_another(world: World, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    with tenant_context(world.zenith):
        make_row(model, "theirs")
        assert run(f'SELECT count(*) > 0 FROM "{table}"') == [(True,)]
    with tenant_context(world.acme):
        assert run(f'SELECT count(*) FROM "{table}" WHERE tenant_id = %s', [world.zenith.pk]) == [(0,)]
        condition, values = this_row(make_row(model, "ours"))
        assert run(f'SELECT count(*) FROM "{table}" WHERE {condition}', values) == [(1,)]
        assert run(f'SELECT DISTINCT tenant_id FROM "{table}"') == [(world.acme.pk,)]


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_tenants_sql_cannot_write_into_another(world: World, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    with tenant_context(world.zenith):
        theirs, values = this_row(make_row(model, "theirs"))
    with tenant_context(world.acme):
        make_row(model, "ours")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            run(_copy_into_another_tenant(model), [world.zenith.pk])
        if not model.append_only:
            assert run(f'DELETE FROM "{table}" WHERE {theirs}', values) == [0]
            assert run(f'UPDATE "{table}" SET tenant_id = tenant_id WHERE {theirs}', values) == [0]
    with tenant_context(world.zenith):
        assert run(f'SELECT count(*) FROM "{table}" WHERE {theirs}', values) == [(1,)]


def _copy_into_another_tenant(model: type[TenantModel]) -> str:
    table = model._meta.db_table
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    copied = "".join(f', "{field.column}"' for field in fields if field.name not in {"id", "tenant"})
    if model._meta.pk.name == "id":
        return (
            f"INSERT INTO {table} (id, tenant_id{copied}) SELECT gen_random_uuid(), %s{copied} FROM {table}"
        )
    return f"INSERT INTO {table} (tenant_id{copied}) SELECT %s{copied} FROM {table}"


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE crm_owner",
        "SET SESSION AUTHORIZATION crm_owner",
        "ALTER TABLE profiles DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE profiles NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE profiles ADD COLUMN hole int",
        "ALTER TABLE contact_points DISABLE TRIGGER ALL",
        "DROP POLICY tenant_wall ON profiles",
        "CREATE POLICY hole ON profiles USING (true)",
        "TRUNCATE profiles",
        "DROP TABLE profiles",
        "CREATE TABLE hole (id int)",
        "CREATE INDEX hole ON profiles (name)",
        "GRANT crm_owner TO crm_app",
        "ALTER ROLE crm_app BYPASSRLS",
        "CREATE ROLE hole",
        "COPY profiles FROM STDIN",
        "COPY profiles FROM '/etc/passwd'",
        "COPY profiles TO PROGRAM 'cat'",
        "SET session_replication_role = replica",
        "SET row_security = off; SELECT * FROM profiles",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('cdp', 'x', now())",
        "CREATE FUNCTION hole() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_the_runtime_role_may_not(world: World, statement: str) -> None:
    with (
        tenant_context(world.acme),
        pytest.raises(DatabaseError) as raised,
        transaction.atomic(),
    ):
        run(statement)
    # "must be owner", "permission denied", "not supported with row-level security": refused, not mistyped.
    assert raised.value.__cause__ is not None
    assert getattr(raised.value.__cause__, "sqlstate", "") in {"42501", "0A000"}


def test_a_view_or_a_join_does_not_lead_around_the_wall(world: World) -> None:
    with tenant_context(world.zenith):
        make_row(Profile, "theirs")
    with tenant_context(world.acme):
        assert run("SELECT count(*) FROM tenants t JOIN profiles p ON p.tenant_id = t.id") == [(0,)]
        run("CREATE TEMP VIEW everybody AS SELECT * FROM profiles")
        assert run("SELECT count(*) FROM everybody") == [(0,)]


def test_a_ledger_can_only_be_added_to(world: World) -> None:
    with tenant_context(world.acme):
        entry = make_row(AuditEntry, "ours")
        for statement in (
            "UPDATE audit_entries SET verb = 'x'",
            "DELETE FROM audit_entries",
            "TRUNCATE audit_entries",
            "SELECT * FROM audit_entries FOR UPDATE",
            "INSERT INTO audit_entries SELECT * FROM audit_entries ON CONFLICT (id) DO UPDATE SET verb = 'x'",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                run(statement)
        assert run("SELECT id FROM audit_entries") == [(entry.pk,)]


def test_the_platform_reads_all_tenants_and_changes_nothing(world: World) -> None:
    for tenant in (world.acme, world.zenith):
        with tenant_context(tenant):
            make_row(Profile)
    with tenant_context(world.acme):
        with transaction.atomic():
            run("SET LOCAL ROLE crm_platform")
            assert run("SELECT count(DISTINCT tenant_id) FROM profiles") == [(2,)]
            for statement in (
                "UPDATE profiles SET name = 'x'",
                "DELETE FROM profiles",
                "CREATE TABLE hole ()",
            ):
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    run(statement)
            transaction.set_rollback(True)
        assert run("SELECT count(*) FROM profiles") == [(1,)]
