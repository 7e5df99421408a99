"""What `prepare` promises: the roles, the marks, and that nothing happens the second time."""

from collections.abc import Iterator
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cdp.local.database import APP, LEAKPROOF, OWNER, DatabaseNotPrepared, Passwords, prepare
from cdp.local.postgres import PostgresServer

STATE = """
SELECT (SELECT array_agg(r ORDER BY r.rolname) FROM pg_roles r WHERE r.rolname LIKE 'crm%')::text,
       (SELECT array_agg(m ORDER BY m.oid) FROM pg_auth_members m)::text,
       (SELECT array_agg(d ORDER BY d.oid) FROM pg_database d WHERE d.datname IN ('crm', 'template1'))::text,
       (SELECT array_agg(p.xmin::text ORDER BY p.oid) FROM pg_proc p WHERE p.proleakproof)::text
"""
UNMARKED = """
SELECT f FROM unnest(%s::text[]) f WHERE NOT (SELECT proleakproof FROM pg_proc WHERE oid = f::regprocedure)
"""
AS_PLATFORM = "SET LOCAL ROLE crm_platform"
WRITE_AS_PLATFORM = "SET LOCAL ROLE crm_platform; UPDATE note SET text = 'changed'"


@pytest.fixture
def new_database(server: PostgresServer) -> Iterator[str]:
    """A database the owner creates and fills, as the test runner does; its name."""
    name = f"made_by_owner_{uuid4().hex[:8]}"
    with psycopg.connect(server.url(OWNER, "crm"), autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield name
    # As superuser: the owner may not end connections of other roles that are still closing.
    with psycopg.connect(server.url("postgres", "crm"), autocommit=True) as superuser:
        superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_preparing_twice_changes_nothing(server: PostgresServer) -> None:
    with psycopg.connect(server.url("postgres", "crm"), autocommit=True) as superuser:
        before = superuser.execute(STATE).fetchone()
        prepare(server.url("postgres", "postgres"))
        assert superuser.execute(STATE).fetchone() == before


def test_a_role_that_was_given_too_much_is_put_right(server: PostgresServer) -> None:
    with psycopg.connect(server.url("postgres", "crm"), autocommit=True) as superuser:
        superuser.execute("ALTER ROLE crm_app BYPASSRLS CREATEDB")
        prepare(server.url("postgres", "postgres"))
        rights = (
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = 'crm_app'"
        )
        assert superuser.execute(rights).fetchone() == (False, False, False, True)


def test_databases_the_owner_creates_inherit_the_leakproof_marks(
    server: PostgresServer, new_database: str
) -> None:
    with psycopg.connect(server.url(APP, new_database)) as app:
        assert app.execute(UNMARKED, [list(LEAKPROOF)]).fetchall() == []


def test_the_owner_may_create_the_trusted_extensions(server: PostgresServer, new_database: str) -> None:
    with psycopg.connect(server.url(OWNER, new_database)) as owner:
        owner.execute("CREATE EXTENSION pg_trgm")
        owner.execute("CREATE EXTENSION btree_gin")
        assert owner.execute("SELECT similarity('anna', 'anne') > 0.3").fetchone() == (True,)


@pytest.fixture
def walled_table(server: PostgresServer, new_database: str) -> str:
    """A table with forced row security and one row of each of two tenants; its database."""
    with psycopg.connect(server.url(OWNER, new_database)) as owner:
        owner.execute("CREATE TABLE note (tenant int, text text)")
        owner.execute("INSERT INTO note VALUES (1, 'ours'), (2, 'theirs')")
        owner.execute("CREATE POLICY wall ON note USING (tenant = current_setting('app.tenant_id')::int)")
        owner.execute("CREATE POLICY platform_read ON note FOR SELECT TO crm_platform USING (true)")
        owner.execute("ALTER TABLE note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        owner.execute("GRANT SELECT, UPDATE ON note TO crm_app")
        owner.execute("GRANT SELECT ON note TO crm_platform")
    return new_database


@pytest.mark.parametrize(
    "attempt",
    [
        "SET row_security = off; SELECT * FROM note",
        "SET ROLE crm_owner",
        "SET ROLE postgres",
        "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE note NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY wall ON note",
        "ALTER ROLE crm_app BYPASSRLS",
    ],
)
def test_the_runtime_role_cannot_step_around_row_security(
    server: PostgresServer, walled_table: str, attempt: LiteralString
) -> None:
    with psycopg.connect(server.url(APP, walled_table)) as app:
        app.execute("SELECT set_config('app.tenant_id', '1', false)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute(attempt)
        assert app.execute("SELECT text FROM note").fetchall() == [("ours",)]


def test_the_runtime_role_reads_everything_only_while_it_is_the_platform(
    server: PostgresServer, walled_table: str
) -> None:
    with psycopg.connect(server.url(APP, walled_table), autocommit=True) as app:
        app.execute("SELECT set_config('app.tenant_id', '1', false)")
        with app.transaction():
            app.execute(AS_PLATFORM)
            assert app.execute("SELECT count(*) FROM note").fetchone() == (2,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
            app.execute(WRITE_AS_PLATFORM)
        assert app.execute("SELECT count(*) FROM note").fetchone() == (1,)


def test_a_password_is_stored_only_as_a_hash(server: PostgresServer) -> None:
    prepare(server.url("postgres", "postgres"), passwords=Passwords(app="correct horse battery"))
    with psycopg.connect(server.url("postgres", "crm")) as superuser:
        row = superuser.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'crm_app'").fetchone()
    assert row is not None
    assert row[0].startswith("SCRAM-SHA-256$")
    assert "correct horse battery" not in server.log.read_text()


def test_only_a_superuser_may_prepare(server: PostgresServer) -> None:
    with pytest.raises(DatabaseNotPrepared, match="superuser"):
        prepare(make_conninfo(server.url(OWNER, "crm")))
