"""Databases to measure imports in: each measurement starts from a fresh copy of the same one."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from benchmarks.setting import BASE_DIR, DATA_DIR
from cdp.local import database, services

TENANT = "bench"
WORK = "bench_import_work"


class Cluster:
    """The embedded server of the benchmarks."""

    def __init__(self) -> None:
        self._environment = services.ensure_running(DATA_DIR)

    def superuser_url(self, name: str) -> str:
        """Return where the superuser reaches a database."""
        return _at(self._environment.database_superuser_url, name)

    def variables(self, name: str) -> dict[str, str]:
        """Return the environment of a process that works in a database."""
        known = self._environment.variables()
        places = {key: _at(url, name) for key, url in known.items() if key.startswith("DATABASE_")}
        return {**os.environ, **known, **places, "LOCAL": "1", "LOG_LEVEL": "ERROR"}

    def manage(self, name: str, *arguments: str) -> None:
        """Run a management command in a database."""
        command = [sys.executable, str(BASE_DIR / "manage.py"), *arguments]
        subprocess.run(command, check=True, env=self.variables(name), cwd=BASE_DIR)

    def template(self, base: int) -> str:
        """Return a migrated database whose tenant has ``base`` customers; made once and kept."""
        name = f"bench_import_{base}"
        database.prepare(self.superuser_url("postgres"), database=name)
        self.manage(name, "migrate", "--verbosity", "0")
        if not self._execute(name, "SELECT FROM tenants"):
            self._make_tenant(name)
        if base and not self._execute(name, "SELECT FROM profiles LIMIT 1"):
            self._fill(name, base)
            with psycopg.connect(self.superuser_url(name), autocommit=True) as connection:
                connection.execute("VACUUM (ANALYZE)")
        return name

    def copy_of(self, template: str) -> str:
        """Return a fresh copy of a database, in place of the last one."""
        self.drop_copy()
        with psycopg.connect(self.superuser_url("postgres"), autocommit=True) as connection:
            statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
            connection.execute(sql.SQL(statement).format(sql.Identifier(WORK), sql.Identifier(template)))
        database.prepare(self.superuser_url("postgres"), database=WORK)
        with psycopg.connect(self.superuser_url("postgres"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        return WORK

    def drop_copy(self) -> None:
        """Drop the copy."""
        with psycopg.connect(self.superuser_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(WORK)))

    def _make_tenant(self, name: str) -> None:
        with psycopg.connect(self.superuser_url(name), autocommit=True) as connection:
            connection.execute(
                "INSERT INTO tenants (id, name, slug, region, time_zone, currency, blocked_values, is_active,"
                " created_at, updated_at)"
                " VALUES (gen_random_uuid(), 'Bench', %s, 'TH', 'Asia/Bangkok', 'THB', '{}', true,"
                " now(), now())",
                [TENANT],
            )

    def _fill(self, name: str, base: int) -> None:
        statements = (BASE_DIR / "benchmarks" / "import_base.sql").read_text().replace(":base", str(base))
        with psycopg.connect(self.superuser_url(name)) as connection:
            connection.execute(statements)  # type: ignore[call-overload]

    def _execute(self, name: str, statement: str, *values: object) -> int:
        with psycopg.connect(self.superuser_url(name), autocommit=True) as connection:
            return connection.execute(statement, values).rowcount  # type: ignore[arg-type]


def _at(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


__all__ = ["TENANT", "Cluster"]
