"""Roles, database and leakproof marks: what only a superuser may do, once per cluster.

Everything here compares before it changes, so running it again is quick and harmless. Migrations,
which run as the owner, do the rest.
"""

from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cdp.local.errors import LocalError

OWNER, APP, PLATFORM = "crm_owner", "crm_app", "crm_platform"
DATABASE = "crm"
OLDEST_SERVER = 160000  # GRANT … WITH INHERIT FALSE, SET TRUE
SETUP_LOCK = 0x63726D  # any number, the same for everybody who sets this cluster up

ROLE_OPTIONS: dict[str, LiteralString] = {
    OWNER: "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    PLATFORM: "NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
}

# Under row security the planner may use an index only through a function it may trust not to leak
# the values it sees. These do not raise errors that depend on a row's value.
LEAKPROOF = (
    "textlike(text, text)",
    "texticlike(text, text)",
    "jsonb_contains(jsonb, jsonb)",
    "jsonb_exists(jsonb, text)",
    "jsonb_exists_any(jsonb, text[])",
    "jsonb_exists_all(jsonb, text[])",
    "arraycontains(anyarray, anyarray)",
    "arrayoverlap(anyarray, anyarray)",
    "ts_match_vq(tsvector, tsquery)",
    *(f"numeric_{name}(numeric, numeric)" for name in ("eq", "ne", "lt", "le", "gt", "ge")),
)


class DatabaseNotPrepared(LocalError):
    """The connection given cannot set the database up."""


@dataclass(frozen=True)
class Passwords:
    """Passwords for the roles that log in; None leaves a role's password as it is."""

    owner: str | None = None
    app: str | None = None


def prepare(superuser_dsn: str, *, database: str = DATABASE, passwords: Passwords | None = None) -> None:
    """Make roles, database and leakproof marks as this product needs them. Idempotent.

    Raises DatabaseNotPrepared when the connection is not a superuser's or the server is too old.
    """
    with psycopg.connect(make_conninfo(superuser_dsn, dbname="postgres"), autocommit=True) as connection:
        _refuse_unfit(connection)
        connection.execute("SELECT pg_advisory_lock(%s)", [SETUP_LOCK])
        for role, options in ROLE_OPTIONS.items():
            _make_role(connection, role, options)
        _allow_platform_reads(connection)
        _set_passwords(connection, passwords or Passwords())
        _make_database(connection, database)
    for name in ("template1", database):
        # template1 is what CREATE DATABASE copies, so every test database inherits the marks.
        with psycopg.connect(make_conninfo(superuser_dsn, dbname=name), autocommit=True) as connection:
            _mark_leakproof(connection)


def _refuse_unfit(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise DatabaseNotPrepared("PostgreSQL 16 or newer is required")
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is None or not row[0]:
        raise DatabaseNotPrepared("setting the database up needs a superuser's connection")


def _make_role(connection: psycopg.Connection, role: str, options: LiteralString) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER" if exists else "CREATE")
    connection.execute(sql.SQL("{} ROLE {} {}").format(verb, sql.Identifier(role), sql.SQL(options)))


def _allow_platform_reads(connection: psycopg.Connection) -> None:
    """The runtime role may become the reader of all tenants, but is not so by itself."""
    grant = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
    connection.execute(grant.format(sql.Identifier(PLATFORM), sql.Identifier(APP)))


def _set_passwords(connection: psycopg.Connection, passwords: Passwords) -> None:
    for role, password in ((OWNER, passwords.owner), (APP, passwords.app)):
        if password is None:
            continue
        # Hashed here, so that the password itself never reaches the server's log.
        secret = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(secret.decode())))


def _make_database(connection: psycopg.Connection, database: str) -> None:
    name = sql.Identifier(database)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
    # The owner of the database may CREATE EXTENSION where it is trusted (pg_trgm, btree_gin).
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(OWNER)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    # TEMPORARY: an import copies its rows into a temporary table first.
    statement = sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}")
    connection.execute(statement.format(name, sql.Identifier(APP)))


def _mark_leakproof(connection: psycopg.Connection) -> None:
    unmarked = connection.execute(
        "SELECT name FROM unnest(%s::text[]) AS name"
        " WHERE NOT (SELECT proleakproof FROM pg_proc WHERE oid = name::regprocedure)",
        [list(LEAKPROOF)],
    ).fetchall()
    for (function,) in unmarked:
        connection.execute(sql.SQL("ALTER FUNCTION {} LEAKPROOF").format(sql.SQL(function)))
