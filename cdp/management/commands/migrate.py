"""Migrate as the owner of the tables, then rebuild the walls around tenants."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from cdp.tenancy import guards


class Command(migrate.Command):
    """Django's migrate, with the tenant guards around it."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection: Any = connections[options["database"]]
        with connection.as_owner():
            if options["plan"] or options["check_unapplied"]:
                super().handle(*args, **options)
                return
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                guards.lift_force(connection)
            try:
                super().handle(*args, **options)
            finally:
                # Also after a crash: FORCE must not stay off until the next migration.
                _rebuild(connection)


def _rebuild(connection: Any) -> None:
    tables = set(connection.introspection.table_names())
    if all(table in tables for table in guards.expected().tables):
        guards.apply(connection)
    else:
        guards.restore_force(connection)
